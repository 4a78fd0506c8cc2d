/** The example of the documentation counts as its table says. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Hand } from "../../../rpc/hand.ts";
import type { Count } from "../../../rpc/handStats.ts";
import { positionsOf } from "../../../src/hands/stats/positions.ts";
import { HandReader } from "../../../src/hands/winamax/HandReader.ts";
import { allBoards } from "./allBoards.ts";
import { countsIn, type NamedCounts } from "./playHand.ts";

const page = readFileSync(
  fileURLToPath(new URL("../../../docs/poker-statistics.md", import.meta.url)),
  "utf8",
);

const exampleHand = (): Hand => {
  const [, text] = /```\n(Winamax[^]*?)```/.exec(page) ?? [];
  const hands: Array<Hand> = [];
  const reader = new HandReader({
    onHand: (hand) => hands.push(hand),
    onRefused: ({ reason }) => {
      throw new Error(reason);
    },
    onSummary: () => {},
  });
  reader.write(new TextEncoder().encode(`${text}\n\n`));
  reader.end();
  expect(hands).toHaveLength(1);
  return hands[0]!;
};

const rate = (made: Count, chances: Count) => (counts: NamedCounts) =>
  counts[chances] === 0 ? "–" : `${counts[made]}/${counts[chances]}`;

const LINES: Readonly<Record<string, (counts: NamedCounts) => string>> = {
  VPIP: rate("vpip", "vpipChances"),
  PFR: rate("pfr", "pfrChances"),
  "3-bet": rate("threeBet", "threeBetChances"),
  "4-bet": rate("fourBet", "fourBetChances"),
  "fold to 3-bet": rate("foldToThreeBet", "foldToThreeBetChances"),
  steal: rate("steal", "stealChances"),
  "fold to steal": rate("foldToSteal", "foldToStealChances"),
  "c-bet": rate("cBet", "cBetChances"),
  "fold to c-bet": rate("foldToCBet", "foldToCBetChances"),
  "aggressive, passive": ({ aggressive, passive }) => `${aggressive}, ${passive}`,
  WTSD: rate("showdowns", "flopsSeen"),
  W$SD: rate("showdownsWon", "showdowns"),
  net: ({ net }) => `${net}`,
  rake: ({ rake }) => `${rake}`,
  "EV net": ({ evNet }) => `${evNet}`,
};

describe("the example of docs/poker-statistics.md", () => {
  const [, table = ""] = /\n(\| \| Ada[^]*?)\n\n/.exec(page) ?? [];
  const rows = table.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((one) => one.trim()),
  );
  const [[, ...players] = [], , ...lines] = rows;

  it("has a line for every statistic", () => {
    expect(lines.map(([name]) => name)).toEqual(["position", ...Object.keys(LINES)]);
  });

  it.each(lines.map(([name = "", ...cells]) => [name, cells] as const))("%s", (name, cells) => {
    const hand = exampleHand();
    const counts = countsIn(hand, allBoards);
    const positions = positionsOf(hand);
    const found = players.map((player) =>
      name === "position" ? positions.get(player) : LINES[name]?.(counts[player]!),
    );
    expect(found).toEqual(cells);
  });

  it("tells in how many ways Bob wins", () => {
    const [bob] = allBoards({
      game: "holdem",
      hands: [
        ["As", "Kh"],
        ["Qh", "Jh"],
      ],
      board: ["Kd", "Th", "2h"],
      dead: [],
    }) ?? [0];
    expect(page).toContain(`${Math.round(bob! * 990)} of the 990 ways`);
  });
});
