/**
 * The reader is right when money balances and the evaluator agrees with the words that stand at each showdown. Both are
 * asked of the generator's hands, and of real files where there are some.
 */
import { Buffer } from "node:buffer";
import { Schema } from "effect";
import { describe, expect, it } from "vitest";
import { Hand } from "../../../rpc/hand.ts";
import { parseCard } from "../../../src/compute/cards/Card.ts";
import { generateHands } from "../../../src/hands/generator/HandGenerator.ts";
import { highOf, lowOf } from "../../../src/hands/generator/strength.ts";
import { parseFileName } from "../../../src/hands/winamax/fileName.ts";
import { corpusFiles } from "./corpus.ts";
import { type Readings, readAll } from "./readAll.ts";

/** Hands of the corpus that are refused, with the reason: so far there are none. */
const REFUSED_WITH_REASON: ReadonlyMap<string, string> = new Map();

const generated = readAll(
  Buffer.from([...generateHands(11, 2_500)].map(({ text }) => text).join("")),
);
const files = corpusFiles.map(({ name, bytes }) => ({ name, bytes, read: readAll(bytes) }));
const sources: ReadonlyArray<readonly [string, ReadonlyArray<Readings>]> =
  files.length === 0
    ? [["generated", [generated]]]
    : [
        ["generated", [generated]],
        ["real", files.map(({ read }) => read)],
      ];

const cardsOf = (cards: ReadonlyArray<string>) => cards.map((card) => parseCard(card)!);
const sum = (amounts: ReadonlyArray<number>) => amounts.reduce((total, one) => total + one, 0);

describe.each(sources)("%s hands", (source, readings) => {
  const hands = readings.flatMap((read) => read.hands);

  it("are all read, each once", () => {
    expect(hands.length).toBe(source === "generated" ? 2_500 : 4_390);
    expect(new Set(hands.map(({ handId }) => handId)).size).toBe(hands.length);
    const refused = readings.flatMap((read) => read.refused);
    expect(refused.filter(({ handId }) => !REFUSED_WITH_REASON.has(handId ?? ""))).toEqual([]);
  });

  it("are hands of the contract", () => {
    const decode = Schema.decodeUnknownSync(Schema.Array(Hand));
    expect(decode(hands)).toEqual(hands);
  });

  it("balance: what was put in, the pot, the rake, what was won", () => {
    for (const hand of hands) {
      const put = sum(hand.streets.flatMap(({ actions }) => actions.map((action) => action.put)));
      expect(put + hand.houseMoney).toBe(hand.totalPot + hand.rake);
      expect(sum(hand.results.map((result) => result.put))).toBe(put);
      expect(sum(hand.collected.map(({ amount }) => amount))).toBe(hand.totalPot);
      expect(sum(hand.results.map(({ net }) => net))).toBe(hand.houseMoney - hand.rake);
      for (const { put: own, won, net } of hand.results) expect(net).toBe(won - own);
    }
  });

  it("are of players who sit there and have what they put in", () => {
    for (const { seats, results, streets } of hands) {
      const stacks = new Map(seats.map(({ player, stack }) => [player, stack]));
      for (const { player, put } of results) expect(put).toBeLessThanOrEqual(stacks.get(player)!);
      for (const { player } of streets.flatMap(({ actions }) => actions)) {
        expect(stacks.has(player)).toBe(true);
      }
    }
  });

  it("pay no rake without a second street", () => {
    for (const { streets, rake } of hands) if (streets.length === 2) expect(rake).toBe(0);
  });

  it("have the evaluator's words at every showdown", () => {
    let words = 0;
    for (const { shown, board, game, handId } of hands) {
      for (const { cards, high, low } of shown) {
        if (high === null || cards.length + board.length < 5) continue;
        const own = cardsOf(cards);
        expect(`${handId} ${highOf(game, own, cardsOf(board)).words}`).toBe(`${handId} ${high}`);
        if (low !== null) expect(lowOf(game, own, cardsOf(board))?.words).toBe(low);
        words += 1;
      }
    }
    expect(words).toBeGreaterThan(1_000);
  });

  it("are won by the best hand", () => {
    let pots = 0;
    for (const { shown, collected, board, game } of hands) {
      if (shown.length < 2 || collected.some(({ pot }) => pot !== "pot")) continue;
      const values = new Map(
        shown.map(({ player, cards }) => [
          player,
          highOf(game, cardsOf(cards), cardsOf(board)).value,
        ]),
      );
      const best = Math.max(...values.values());
      for (const { player } of collected) expect(values.get(player)).toBe(best);
      pots += 1;
    }
    expect(pots).toBeGreaterThan(100);
  });
});

/** What other trackers, and counts by hand, say of some of these files. */
const EXPECTED: Readonly<
  Record<string, { readonly hands: number; readonly players: number; readonly actions?: number[] }>
> = {
  "20160331_Kill The Fish(152800689)_real_holdem_no-limit.txt": { hands: 216, players: 30 },
  // The other tracker counts a sixth action in the second hand: the big blind's, who had nothing to do.
  "20150309_Colorado 1_real_holdem_no-limit.txt": {
    ...{ hands: 5, players: 21, actions: [16, 5, 16, 9, 12] },
  },
  "20150718_Hold'em(123703551)_play_holdem_no-limit.txt": { hands: 51, players: 22 },
  "example_winamax.txt": { hands: 145, players: 18 },
};

it("counts what others counted", () => {
  const known = files.filter(({ name }) => name in EXPECTED);
  expect(known.length).toBe(files.length === 0 ? 0 : 4);
  for (const { name, read } of known) {
    const { hands, players, actions } = EXPECTED[name]!;
    expect(read.hands.length).toBe(hands);
    const seated = read.hands.flatMap(({ seats }) => seats.map(({ player }) => player));
    expect(new Set(seated).size).toBe(players);
    const after = read.hands.map((hand) =>
      sum(hand.streets.slice(1).map((street) => street.actions.length)),
    );
    if (actions !== undefined) expect(after).toEqual(actions);
  }
});

it("reads every summary, and to the last byte of every file", () => {
  const summaries = files.filter(({ name }) => parseFileName(name)?.summary === true);
  expect(summaries.length).toBe(files.length === 0 ? 0 : 77);
  for (const { name, read } of summaries) {
    expect(read.summaries.map(({ tournamentId }) => tournamentId)).toEqual([
      parseFileName(name)!.tournamentId,
    ]);
    expect(read.summaries[0]!.levels.length).toBeGreaterThan(10);
    expect(read.hands).toEqual([]);
  }
  for (const { bytes, read } of files) expect(read.place.offset).toBe(bytes.length);
});

it("names of files tell what their hands tell", () => {
  for (const { name, read } of files) {
    const parsed = parseFileName(name);
    for (const { tournament, game, currency } of parsed === undefined ? [] : read.hands) {
      expect(tournament?.id ?? null).toBe(parsed!.tournamentId);
      expect(game).toBe(parsed!.game);
      if (tournament === null) expect(currency).toBe(parsed!.money === "play" ? "play" : "EUR");
    }
  }
  expect(parseFileName("20150309_Colorado 1_real_holdem_no-limit.txt")?.name).toBe("Colorado 1");
});
