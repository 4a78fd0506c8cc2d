/** The equity kernel on one thread: what it takes to evaluate hands, and to answer questions exactly and by Monte Carlo. */
import { evaluateCardCodes } from "phe";
import type { Bench } from "./Bench.ts";
import { DECK_SIZE, formatCards } from "../src/compute/cards/Card.ts";
import { evaluator } from "../src/compute/evaluator/Evaluator.ts";
import {
  askHere,
  drawCards,
  elapsedMs,
  freshKernel,
  medianMs,
  randomBits,
} from "./support/EquityStage.ts";
import { median } from "./support/Rounds.ts";

const SEED = 20_250_101;
const RUNS = 15;
const CARDS_OF_HAND = 7;
/** Fits a batch of the kernel, and does not fit the cache that is nearest to the core. */
const HANDS = 8192;
const REPEATS = { full: 200, quick: 20 };
const DEALS = { full: 1_000_000, quick: 100_000 };
const PLAYERS = 6;
const FLOP = "2hTh9c";
/** 20 % of all hands. */
const TYPICAL = "22+,A2s+,K9s+,Q9s+,J9s+,T8s+,98s,87s,ATo+,KJo+";

const nanoseconds = (ms: number, count: number) => ((ms * 1e6) / count).toFixed(1);

const evaluate: Bench = {
  name: "equity-evaluate",
  about:
    "seven cards to a rank: random hands prepared for each evaluator, ours in WebAssembly against phe",
  unit: "M hands/s",
  bar: { ratioAtLeast: 20 },
  run: async ({ quick, rounds }) => {
    const kernel = await freshKernel();
    const random = randomBits(SEED);
    const hands = Array.from({ length: HANDS }, () => drawCards(random, CARDS_OF_HAND));
    const bytes = Uint8Array.from(hands.flat());
    const repeats = quick ? REPEATS.quick : REPEATS.full;
    const count = HANDS * repeats;
    const inJavaScript = () => {
      let sum = 0;
      for (let i = 0; i < repeats; i++) for (const hand of hands) sum += evaluator().rank(hand);
      if (sum === 0) throw new Error("No hand was evaluated.");
    };
    const peer = () => {
      let sum = 0;
      // Ten times slower: a tenth is enough.
      for (let i = 0; i < repeats / 10; i++)
        for (const hand of hands) sum += evaluateCardCodes(hand);
      if (sum === 0) throw new Error("No hand was evaluated.");
    };
    const times: Record<"ours" | "cards" | "script" | "peer", Array<number>> = {
      ours: [],
      cards: [],
      script: [],
      peer: [],
    };
    kernel.gatherHands(bytes);
    for (let round = 0; round <= rounds; round++) {
      const ours = elapsedMs(() => {
        for (let i = 0; i < repeats; i++) kernel.rankGathered(HANDS);
      });
      const cards = elapsedMs(() => {
        for (let i = 0; i < repeats; i++) kernel.rankHands(bytes);
      });
      const script = elapsedMs(inJavaScript);
      const theirs = 10 * elapsedMs(peer);
      // The first round is for the compilers.
      if (round === 0) continue;
      times.ours.push(ours);
      times.cards.push(cards);
      times.script.push(script);
      times.peer.push(theirs);
    }
    const ours = median(times.ours);
    const theirs = median(times.peer);
    return {
      ours: count / ours / 1000,
      peer: count / theirs / 1000,
      notes: [
        `ours ${nanoseconds(ours, count)} ns a hand, phe ${nanoseconds(theirs, count)} ns; from seven cards ${nanoseconds(median(times.cards), count)} ns in WebAssembly, ${nanoseconds(median(times.script), count)} ns in JavaScript`,
      ],
    };
  },
};

const headsUp: Bench = {
  name: "equity-heads-up",
  about:
    "two known hands before the flop, exactly: the slowest of some hundred random deals, what earlier ones left forgotten",
  unit: "ms",
  bar: { oursAtMost: 0.15 },
  run: async ({ quick }) => {
    const kernel = await freshKernel();
    const random = randomBits(SEED);
    const DEALS = quick ? 50 : 300;
    const times = Array.from({ length: DEALS }, () => {
      const [a, b, c, d] = drawCards(random, 4);
      const hands = [
        [a!, b!],
        [c!, d!],
      ];
      return medianMs(
        5,
        () => kernel.showdown(hands, [], 0n),
        () => kernel.forgetMatchups(),
      );
    });
    const slowest = Math.max(...times);
    return {
      ours: slowest,
      notes: [
        `the median deal takes ${(1000 * median(times)).toFixed(0)} µs; 1,712,304 boards each`,
      ],
    };
  },
};

const known: Bench = {
  name: "equity-known",
  about: "two to nine known hands before the flop, exactly: the slowest number of players",
  unit: "ms",
  bar: { oursAtMost: 0.6 },
  run: async ({ quick }) => {
    const kernel = await freshKernel();
    const random = randomBits(SEED);
    const DEALS = quick ? 10 : 50;
    const byPlayers = [2, 3, 4, 5, 6, 7, 8, 9].map((players) => {
      const times = Array.from({ length: DEALS }, () => {
        const cards = drawCards(random, 2 * players);
        const hands = Array.from({ length: players }, (_, i) => [cards[2 * i]!, cards[2 * i + 1]!]);
        return medianMs(
          5,
          () => kernel.showdown(hands, [], 0n),
          () => kernel.forgetMatchups(),
        );
      });
      return { players, ms: median(times) };
    });
    return {
      ours: Math.max(...byPlayers.map(({ ms }) => ms)),
      notes: [
        byPlayers.map(({ players, ms }) => `${players}: ${(1000 * ms).toFixed(0)} µs`).join(", "),
      ],
    };
  },
};

const matchups: Bench = {
  name: "equity-matchups",
  about: "all 1,624,350 match-ups of two hands before the flop, into a table of 640 KB",
  unit: "ms",
  bar: { oursAtMost: 1200 },
  run: async ({ quick }) => {
    const kernel = await freshKernel();
    const ours = medianMs(quick ? 1 : 5, () => {
      kernel.forgetMatchups();
      kernel.makeAllMatchups();
    });
    const answer = medianMs(quick ? 1 : 5, () =>
      askHere(kernel, { players: ["random", "random"] }),
    );
    const narrow = medianMs(RUNS, () => askHere(kernel, { players: ["TT+,AQ+", "22+,A2s+,KTs+"] }));
    return {
      ours,
      notes: [
        `with the table, any two against any two take ${answer.toFixed(0)} ms, TT+,AQ+ against 22+,A2s+,KTs+ ${narrow.toFixed(1)} ms, from text to answer`,
      ],
    };
  },
};

const rangesOnFlop = (
  name: string,
  about: string,
  players: ReadonlyArray<string>,
  oursAtMost: number,
): Bench => ({
  name,
  about,
  unit: "ms",
  bar: { oursAtMost },
  run: async ({ quick }) => {
    const kernel = await freshKernel();
    return {
      ours: medianMs(quick ? 3 : RUNS, () => askHere(kernel, { players, board: FLOP })),
      notes: [`${players.join(" | ")} on ${FLOP}, from text to answer`],
    };
  },
});

/** Six hands and a board in plain JavaScript: the same evaluator, the cards dealt by a partial shuffle. */
const dealInJavaScript = (deals: number): number => {
  const random = randomBits(SEED);
  const ranks = evaluator();
  const deck = Uint8Array.from({ length: DECK_SIZE }, (_, card) => card);
  const drawn = 5 + 2 * PLAYERS;
  let firstWins = 0;
  for (let deal = 0; deal < deals; deal++) {
    for (let place = 0; place < drawn; place++) {
      const other = place + (((random() * (DECK_SIZE - place)) / 2 ** 32) | 0);
      const card = deck[place]!;
      deck[place] = deck[other]!;
      deck[other] = card;
    }
    const [a, b, c, d, e] = [deck[0]!, deck[1]!, deck[2]!, deck[3]!, deck[4]!];
    let best = 0;
    let winners = 0;
    for (let player = 0; player < PLAYERS; player++) {
      const at = 5 + 2 * player;
      const rank = ranks.rank7(a, b, c, d, e, deck[at]!, deck[at + 1]!);
      if (rank > best) {
        best = rank;
        winners = 1 << player;
      } else if (rank === best) winners |= 1 << player;
    }
    if (winners === 1) firstWins++;
  }
  return firstWins;
};

const monteCarlo: Bench = {
  name: "equity-monte-carlo",
  about:
    "six players with any two cards, dealt at random: the kernel against a JavaScript loop over the same evaluator",
  unit: "M deals/s",
  bar: { ratioAtLeast: 3 },
  run: async ({ quick, rounds }) => {
    const kernel = await freshKernel();
    const deals = quick ? DEALS.quick : DEALS.full;
    const deal = {
      known: [],
      ranges: [],
      anyTwo: PLAYERS,
      board: [],
      dead: 0n,
      deals,
      draws: 0,
      seed: SEED,
    };
    const ours: Array<number> = [];
    const peer: Array<number> = [];
    let shares = "";
    for (let round = 0; round <= rounds; round++) {
      let wins = 0;
      const mine = elapsedMs(() => (wins = kernel.deal({ ...deal, chunk: round }).winners[1]!));
      let theirWins = 0;
      const theirs = elapsedMs(() => (theirWins = dealInJavaScript(deals)));
      shares = `${((100 * wins) / deals).toFixed(2)} % and ${((100 * theirWins) / deals).toFixed(2)} %`;
      if (round === 0) continue;
      ours.push(deals / mine / 1000);
      peer.push(deals / theirs / 1000);
    }
    return {
      ours: median(ours),
      peer: median(peer),
      notes: [`the first player wins ${shares} alone`],
    };
  },
};

/** Nine players who all wait for good cards: hands drawn independently collide in all but some of a hundred thousand draws. */
const TIGHT = "TT+,AQ+";

const tightRanges: Bench = {
  name: "equity-tight-ranges",
  about:
    "nine players with the same tight range, dealt at random until the standard error is 0.001",
  unit: "ms",
  bar: { oursAtMost: 5000 },
  run: async ({ quick }) => {
    const kernel = await freshKernel();
    const players = Array.from({ length: 9 }, () => TIGHT);
    return {
      ours: medianMs(quick ? 1 : 3, () => askHere(kernel, { players, mode: "monte_carlo" })),
      notes: [`nine times ${TIGHT}, from text to answer, on one thread`],
    };
  },
};

const omaha: Bench = {
  name: "equity-omaha",
  about:
    "Omaha before the flop, two known hands, exactly: the slowest of four and five cards, high and hi/lo",
  unit: "ms",
  bar: { oursAtMost: 4000 },
  run: async ({ quick }) => {
    const kernel = await freshKernel();
    const games = [
      ["omaha", 4],
      ["omaha_hilo", 4],
      ["omaha5", 5],
      ["omaha5_hilo", 5],
    ] as const;
    const random = randomBits(SEED);
    const times = games.map(([game, holeCards]) => {
      const cards = drawCards(random, 2 * holeCards);
      const players = [cards.slice(0, holeCards), cards.slice(holeCards)].map(formatCards);
      return { game, ms: medianMs(quick ? 1 : 3, () => askHere(kernel, { players, game })) };
    });
    return {
      ours: Math.max(...times.map(({ ms }) => ms)),
      notes: [times.map(({ game, ms }) => `${game} ${ms.toFixed(0)} ms`).join(", ")],
    };
  },
};

export const equityKernelBenches: ReadonlyArray<Bench> = [
  evaluate,
  headsUp,
  known,
  matchups,
  rangesOnFlop(
    "equity-two-ranges",
    "any two cards against any two on a flop, exactly",
    ["random", "random"],
    60,
  ),
  rangesOnFlop(
    "equity-three-ranges",
    "three typical ranges on a flop, exactly",
    ["TT+,AQ+", TYPICAL, TYPICAL],
    120,
  ),
  monteCarlo,
  tightRanges,
  omaha,
];
