import { describe, expect, it } from "vitest";
import { settlePool } from "../../../../entities/lobby/race/pool.ts";
import type { PoolInput } from "../../../../entities/lobby/race/pool.ts";

type Stakes = readonly (readonly [selection: readonly number[], stakeMinor: number])[];

/** Eight starters, ten percent, nobody scratched, unless said otherwise. */
const settle = (market: PoolInput["market"], stakes: Stakes, other: Partial<PoolInput> = {}) =>
  settlePool({
    market,
    bets: stakes.map(([selection, stakeMinor], index) => ({
      betId: `b${index}`,
      selection,
      stakeMinor,
    })),
    order: [[1], [2], [3], [4], [5], [6], [7], [8]],
    scratched: [],
    takeoutPerMille: 100,
    ...other,
  });

const paid = (settlement: ReturnType<typeof settlePool>) =>
  settlement.outcomes.map((one) => one.payoutMinor);

const dividends = (settlement: ReturnType<typeof settlePool>) =>
  Object.fromEntries(settlement.dividends.map((one) => [one.selection, one.per100Minor]));

describe("win", () => {
  it("splits the net pool over the winning stakes; breakage and takeout go to the house", () => {
    // 100,000 staked, 90,000 net over 35,000: 257.14 per 100, paid 255.
    const settlement = settle("win", [
      [[1], 20_000],
      [[1], 15_000],
      [[2], 65_000],
    ]);
    expect(settlement).toEqual({
      market: "win",
      refundReason: null,
      dividends: [{ selection: "1", per100Minor: 255 }],
      outcomes: [
        { betId: "b0", outcome: "won", payoutMinor: 51_000 },
        { betId: "b1", outcome: "won", payoutMinor: 38_250 },
        { betId: "b2", outcome: "lost", payoutMinor: 0 },
      ],
      stakesMinor: 100_000,
      payoutsMinor: 89_250,
      refundsMinor: 0,
      takeoutMinor: 10_000,
      breakageMinor: 750,
    });
  });

  it("dead heat: each of the two gets half the profit, as if it were a place pool", () => {
    // 90,000 net, 30,000 on the two, 60,000 profit: 30,000 each over 10,000 and over 20,000.
    const settlement = settle(
      "win",
      [
        [[1], 10_000],
        [[2], 20_000],
        [[3], 70_000],
      ],
      { order: [[1, 2], [3], [4], [5], [6]] },
    );
    expect(dividends(settlement)).toEqual({ "1": 400, "2": 250 });
    expect(paid(settlement)).toEqual([40_000, 50_000, 0]);
    expect(settlement.breakageMinor).toBe(0);
  });

  it("minus pool: takeout gives way before a winning stake does", () => {
    const settlement = settle("win", [
      [[1], 95_000],
      [[2], 5_000],
    ]);
    expect(paid(settlement)).toEqual([95_000, 0]);
    expect(settlement.takeoutMinor).toBe(5_000);
  });

  it("everyone on the winner: stakes back, no takeout", () => {
    const settlement = settle("win", [
      [[1], 777],
      [[1], 1],
    ]);
    expect(paid(settlement)).toEqual([777, 1]);
    expect([settlement.takeoutMinor, settlement.breakageMinor]).toEqual([0, 0]);
  });

  it("no winning ticket: all refunded, no takeout", () => {
    const settlement = settle("win", [
      [[2], 300],
      [[3], 200],
    ]);
    expect(settlement.refundReason).toBe("no_winning_ticket");
    expect(settlement.outcomes.map((one) => one.outcome)).toEqual(["refunded", "refunded"]);
    expect(paid(settlement)).toEqual([300, 200]);
    expect([settlement.refundsMinor, settlement.takeoutMinor]).toEqual([500, 0]);
  });

  it("rounds a payout on an odd stake down to a whole unit, to the house", () => {
    // 18 net over 7: 257.1, paid 255 per 100, so 17.85 on 7.
    const settlement = settle("win", [
      [[1], 7],
      [[2], 13],
    ]);
    expect(paid(settlement)).toEqual([17, 0]);
    expect([settlement.takeoutMinor, settlement.breakageMinor]).toEqual([2, 1]);
  });
});

describe("place", () => {
  const stakes: Stakes = [
    [[1], 20_000],
    [[2], 10_000],
    [[3], 70_000],
  ];

  it("pays the first two, each with half of the profit", () => {
    const settlement = settle("place", stakes);
    // 90,000 net − 30,000 = 60,000 profit, 30,000 each.
    expect(dividends(settlement)).toEqual({ "1": 250, "2": 400 });
    expect(paid(settlement)).toEqual([50_000, 40_000, 0]);
  });

  it("dead heat for first: the two tied fill both places", () => {
    const settlement = settle("place", stakes, { order: [[1, 2], [3], [4], [5]] });
    expect(dividends(settlement)).toEqual({ "1": 250, "2": 400 });
  });

  it("dead heat for second: half to the first, a quarter to each of the tied", () => {
    const settlement = settle(
      "place",
      [
        [[1], 10_000],
        [[2], 10_000],
        [[3], 10_000],
        [[4], 70_000],
      ],
      { order: [[1], [2, 3], [4], [5]] },
    );
    // 60,000 profit: 30,000, 15,000, 15,000.
    expect(dividends(settlement)).toEqual({ "1": 400, "2": 250, "3": 250 });
  });

  it("a placed runner without tickets leaves its half to the other", () => {
    const settlement = settle("place", [
      [[1], 10_000],
      [[3], 90_000],
    ]);
    expect(dividends(settlement)).toEqual({ "1": 900 });
  });

  it("is refunded with three starters", () => {
    const settlement = settle("place", stakes, { order: [[1], [2], [3]] });
    expect(settlement.refundReason).toBe("too_few_starters");
    expect(settlement.refundsMinor).toBe(100_000);
  });
});

describe("show", () => {
  const even: Stakes = [1, 2, 3, 4, 5].map((number) => [[number], 10_000] as const);

  it("pays the first three, each with a third of the profit", () => {
    // 45,000 net − 30,000 = 15,000: 5,000 each.
    expect(dividends(settle("show", even))).toEqual({ "1": 150, "2": 150, "3": 150 });
  });

  it("dead heat of three for second: a third to the first, two ninths to each of the tied", () => {
    const settlement = settle("show", even, { order: [[1], [2, 3, 4], [5]] });
    // 45,000 − 40,000 = 5,000: 1,666 to the first, 1,111 to each tied: 116.6 and 111.1 per 100.
    expect(dividends(settlement)).toEqual({ "1": 115, "2": 110, "3": 110, "4": 110 });
  });

  it("dead heat for third: the two tied share the last third", () => {
    const settlement = settle("show", [...even, [[8], 40_000]], {
      order: [[1], [2], [3, 4], [5], [8]],
    });
    // 81,000 − 40,000 = 41,000: 13,667 twice, 6,833 twice.
    expect(dividends(settlement)).toEqual({ "1": 235, "2": 235, "3": 165, "4": 165 });
  });

  it("is refunded with four starters", () => {
    expect(settle("show", even, { order: [[1], [2], [3], [4]] }).refundReason).toBe(
      "too_few_starters",
    );
  });
});

describe("exotics", () => {
  it("exacta pays the first two in their order only", () => {
    const settlement = settle("exacta", [
      [[1, 2], 1_000],
      [[2, 1], 1_000],
      [[1, 3], 2_000],
    ]);
    expect(paid(settlement)).toEqual([3_600, 0, 0]);
  });

  it("quinella pays the first two in any order", () => {
    const settlement = settle("quinella", [
      [[1, 2], 1_000],
      [[2, 1], 1_000],
      [[1, 3], 2_000],
    ]);
    expect(paid(settlement)).toEqual([1_800, 1_800, 0]);
    expect(dividends(settlement)).toEqual({ "1-2": 180 });
  });

  it("trifecta pays the first three in their order only", () => {
    const settlement = settle("trifecta", [
      [[1, 2, 3], 1_000],
      [[1, 3, 2], 9_000],
    ]);
    expect(paid(settlement)).toEqual([9_000, 0]);
  });

  it("exacta, dead heat for first: both orders win and share the profit equally", () => {
    const settlement = settle(
      "exacta",
      [
        [[1, 2], 1_000],
        [[2, 1], 3_000],
        [[1, 3], 6_000],
      ],
      { order: [[1, 2], [3], [4]] },
    );
    // 9,000 − 4,000 = 5,000: 2,500 each, 350 and 183.3 per 100.
    expect(paid(settlement)).toEqual([3_500, 5_400, 0]);
    expect(dividends(settlement)).toEqual({ "1-2": 350, "2-1": 180 });
  });

  it("trifecta, dead heat for third: either third wins; only backed ones share", () => {
    const settlement = settle(
      "trifecta",
      [
        [[1, 2, 4], 1_000],
        [[2, 1, 3], 9_000],
      ],
      { order: [[1], [2], [3, 4, 5]] },
    );
    expect(paid(settlement)).toEqual([9_000, 0]);
  });

  it("quinella, dead heat of three for first: all three pairs win", () => {
    const settlement = settle(
      "quinella",
      [
        [[1, 2], 1_000],
        [[3, 1], 1_000],
        [[3, 2], 1_000],
        [[4, 1], 7_000],
      ],
      { order: [[1, 2, 3], [4]] },
    );
    expect(paid(settlement)).toEqual([3_000, 3_000, 3_000, 0]);
  });

  it("no such combination: refunded", () => {
    expect(settle("trifecta", [[[3, 2, 1], 500]]).refundReason).toBe("no_winning_ticket");
  });
});

describe("scratched runners", () => {
  it("bets on them are refunded before takeout, exotics with them too", () => {
    const settlement = settle(
      "exacta",
      [
        [[1, 2], 1_000],
        [[2, 1], 1_000],
        [[8, 1], 5_000],
      ],
      { order: [[1], [2], [3], [4]], scratched: [8] },
    );
    expect(paid(settlement)).toEqual([1_800, 0, 5_000]);
    expect(settlement.outcomes[2]!.outcome).toBe("refunded");
    expect([settlement.takeoutMinor, settlement.refundsMinor]).toEqual([200, 5_000]);
    expect(settlement.refundReason).toBeNull();
  });

  it("only bets on them: refunded, the pool itself has no reason to be", () => {
    const settlement = settle("win", [[[8], 5_000]], { order: [[1], [2]], scratched: [8] });
    expect(settlement.refundReason).toBeNull();
    expect(settlement.refundsMinor).toBe(5_000);
  });
});

it("an empty pool settles to nothing", () => {
  expect(settle("win", [])).toMatchObject({ outcomes: [], dividends: [], stakesMinor: 0 });
});

describe("refuses", () => {
  it.each([0, -5, 1.5, Number.NaN, 2 ** 53])("a stake of %s", (stakeMinor) => {
    expect(() => settle("win", [[[1], stakeMinor]])).toThrow(RangeError);
  });

  it("a pool above its limit", () => {
    expect(() =>
      settle("win", [
        [[1], 9_000_000_000_000],
        [[2], 1],
      ]),
    ).toThrow(RangeError);
  });

  it.each([-1, 1_001, 0.5])("a takeout of %s per mille", (takeoutPerMille) => {
    expect(() => settle("win", [[[1], 100]], { takeoutPerMille })).toThrow(RangeError);
  });
});

it("is exact in the largest pool there may be", () => {
  const settlement = settle("win", [
    [[1], 1_000_000_007],
    [[2], 8_998_999_999_993],
  ]);
  const net = 9_000_000_000_000n - 900_000_000_000n;
  const dividend = ((net * 100n) / 1_000_000_007n / 5n) * 5n;
  expect(dividends(settlement)).toEqual({ "1": Number(dividend) });
  expect(settlement.payoutsMinor).toBe(Number((1_000_000_007n * dividend) / 100n));
});

it("a dead heat for the first places of a trifecta leaves the third to whoever comes next", () => {
  const order = [[1, 2], [3], [4], [5], [6], [7], [8]];
  const tied = settle(
    "trifecta",
    [
      [[1, 2, 3], 100],
      [[2, 1, 3], 100],
      [[1, 3, 2], 800],
    ],
    { order },
  );
  expect(tied.outcomes.map(({ outcome }) => outcome)).toEqual(["won", "won", "lost"]);
});

it("a stake is a whole number of units", () => {
  expect(() => settle("win", [[[1], 0.5]])).toThrow(RangeError);
});
