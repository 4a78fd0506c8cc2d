/** Real hands, where a folder of them lies beside the project: what others have counted in them. Elsewhere, generated ones. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Hand } from "../../../rpc/hand.ts";
import { COUNTS, type Count } from "../../../rpc/handStats.ts";
import { generateHands } from "../../../src/hands/generator/HandGenerator.ts";
import { countHand } from "../../../src/hands/stats/countHand.ts";
import { HandReader } from "../../../src/hands/winamax/HandReader.ts";
import { brokenIn } from "./brokenIn.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/winamax/", import.meta.url));

/** By file, without folder. */
const readAll = (): ReadonlyMap<string, ReadonlyArray<Hand>> => {
  const files = new Map<string, ReadonlyArray<Hand>>();
  for (const part of ["a", "b"])
    for (const name of readdirSync(`${FOLDER}${part}`)) {
      const hands: Array<Hand> = [];
      const reader = new HandReader({
        onHand: (hand) => hands.push(hand),
        onRefused: () => {},
        onSummary: () => {},
      });
      reader.write(readFileSync(`${FOLDER}${part}/${name}`));
      reader.end();
      files.set(name, hands);
    }
  return files;
};

const files = existsSync(FOLDER) ? readAll() : new Map<string, ReadonlyArray<Hand>>();

const evenly = ({ hands }: { readonly hands: ReadonlyArray<unknown> }) =>
  hands.map(() => 1 / hands.length);

const totals = (hands: ReadonlyArray<Hand>, player: string) => {
  const sums = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<Count, number>;
  for (const hand of hands)
    for (const row of countHand(hand, evenly))
      if (row.player === player) COUNTS.forEach((name, n) => (sums[name] += row.counts[n]!));
  return sums;
};

/** Hands, and different names at the table. */
const sizes = (hands: ReadonlyArray<Hand>) => [
  hands.length,
  new Set(hands.flatMap(({ seats }) => seats.map(({ player }) => player))).size,
];

const named = (part: string) =>
  [...files].find(([name]) => name.includes(part) && !name.includes("summary"))?.[1] ?? [];

/** Nothing where the folder is not. */
const here = <A>(known: ReadonlyArray<A>): ReadonlyArray<A> => (files.size > 0 ? known : []);

const generated = () => Array.from(generateHands(3, 500), ({ hand }) => hand);

const actionsOf = ({ streets }: Hand): number =>
  streets.reduce((sum, { actions, name }) => sum + (name === "blinds" ? 0 : actions.length), 0);

describe("recorded hands", () => {
  it("are sound, each and every one", () => {
    const hands = files.size > 0 ? [...files.values()].flat() : generated();
    expect(hands.length).toBeGreaterThan(0);
    for (const hand of hands) expect(brokenIn(hand)).toEqual([]);
  });

  it.each(here(["thesmoy"]))("count for %s what others have counted, walks and all", (player) => {
    expect(totals(named("example_winamax"), player)).toMatchObject({
      hands: 145,
      vpip: 33,
      vpipChances: 145 - 3,
      pfr: 22,
      pfrChances: 145,
      threeBet: 2,
      threeBetChances: 55,
    });
  });

  it.each(
    here([
      ["Kill The Fish", 216, 30],
      ["Colorado 1", 5, 21],
      ["123703551", 51, 22],
    ] as const),
  )("of %s are %i, of %i players", (part, count, players) => {
    expect(sizes(named(part))).toEqual([count, players]);
  });

  it.each(here(["Colorado 1"]))("of %s have the actions that another tracker counts", (part) => {
    // But for the second: it writes down one for the winner of the walk, who did nothing.
    expect(named(part).map(actionsOf)).toEqual([16, 5, 16, 9, 12]);
  });
});
