/**
 * Every shape of line that fifteen years of clients have written is understood. The examples come one by one, without the
 * hand around them, so each is tried at every place where it could stand, with every name that it could hold.
 */
import { describe, expect, it } from "vitest";
import { generateHands } from "../../../src/hands/generator/HandGenerator.ts";
import { ORDINARY_NAMES } from "../../../src/hands/generator/names.ts";
import { HandDraft } from "../../../src/hands/winamax/HandDraft.ts";
import { parseHeader } from "../../../src/hands/winamax/header.ts";
import { lineShapes } from "./corpus.ts";

const GAMES = ["Holdem no limit", "7stud fixed limit", "Lowball27 fixed limit"];
const TABLE = "Table: 'T' 10-max (real money) Seat #1 is the button";
const BLINDS = "*** ANTE/BLINDS ***";

/** What can have come before a line: the hand up to each of its sections, at a table where `name` sits. */
function placesFor(line: string, name: string): ReadonlyArray<ReadonlyArray<string>> {
  const number = Number(/^Seat (\d+): /.exec(line)?.[1] ?? 1);
  const seats = [TABLE, `Seat ${number}: ${name} (5)`, `Seat ${(number % 10) + 1}: x y z (5)`];
  const preflop = [...seats, BLINDS, "*** PRE-FLOP ***"];
  // A turn or river repeats the board before it.
  const board = /\[(..(?: ..)*)\] ?\[..\]$/.exec(line.trimEnd())?.[1]?.split(" ") ?? [];
  const flop = [...preflop, `*** FLOP *** [${board.slice(0, 3).join(" ")}]`];
  const turn = `*** TURN *** [${board.slice(0, 3).join(" ")}][${board[3]}]`;
  return [
    [],
    [TABLE],
    seats,
    [...seats, BLINDS],
    preflop,
    flop,
    [...flop, turn],
    [...seats, BLINDS, "*** THIRD ***"],
    [...seats, BLINDS, "*** FIRST-BET ***"],
    [...preflop, "*** SUMMARY ***"],
  ];
}

/** Everything from the beginning of the line, or from behind `Seat 3: ` or `Dealt to `, to some blank. */
function namesIn(line: string): ReadonlyArray<string> {
  const words = line.replace(/^(Seat \d+: |Dealt to )/, "").split(" ");
  return words.map((_, at) => words.slice(0, at + 1).join(" "));
}

function canFollow(line: string, game: string, before: ReadonlyArray<string>): boolean {
  const header = parseHeader(
    `Winamax Poker - CashGame - HandId: #1-2-3 - ${game} (1/2) - 2015/01/01 00:00:00 UTC`,
  );
  if (typeof header === "string") throw new Error(header);
  const draft = new HandDraft(header);
  return (
    before.every((earlier) => draft.accept(earlier) === undefined) &&
    draft.accept(line) === undefined
  );
}

/** Whether a hand can have this line, if one of the names in it sits at the table. */
const isUnderstood = (line: string): boolean =>
  typeof parseHeader(line) !== "string" ||
  GAMES.some((game) =>
    namesIn(line).some((name) =>
      placesFor(line, name).some((before) => canFollow(line, game, before)),
    ),
  );

describe("shapes of lines", () => {
  it("of generated hands are understood", () => {
    const options = { games: ["holdem", "stud", "draw_27_triple"], names: ORDINARY_NAMES } as const;
    const lines = [...generateHands(5, 60, options)].flatMap(({ text }) =>
      text.trimEnd().split("\n"),
    );
    expect(lines.length).toBeGreaterThan(500);
    expect(lines.filter((line) => !isUnderstood(line))).toEqual([]);
  });

  it("of real ones are understood", () => {
    expect(lineShapes.filter(({ line }) => !isUnderstood(line))).toEqual([]);
    expect([0, 325]).toContain(lineShapes.length);
  });

  it.each(["Ann wins 5€", "Ann calls", "Seat 3:", "*** NINTH ***", "Total pot", "Ann posts 5€"])(
    "%s is none",
    (line) => expect(isUnderstood(line)).toBe(false),
  );
});
