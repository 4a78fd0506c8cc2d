import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MIN_STARTERS, settlePool } from "../../../../entities/lobby/race/pool.ts";
import type { PoolInput } from "../../../../entities/lobby/race/pool.ts";
import { betsOn, market, result } from "./arbitraries.ts";

const pool: fc.Arbitrary<PoolInput> = market.chain((on) =>
  fc
    .record({
      bets: betsOn(on),
      result,
      takeoutPerMille: fc.oneof(fc.constant(100), fc.nat(1_000)),
    })
    .map(({ bets, result: { order, scratched }, takeoutPerMille }) => ({
      market: on,
      bets,
      order,
      scratched,
      takeoutPerMille,
    })),
);

const RUNS = { numRuns: 2_000 };

describe("any pool", () => {
  it("conserves money to the unit, every part a natural number", () => {
    fc.assert(
      fc.property(pool, (input) => {
        const settled = settlePool(input);
        const parts = [
          settled.payoutsMinor,
          settled.refundsMinor,
          settled.takeoutMinor,
          settled.breakageMinor,
        ];
        for (const part of parts) {
          expect(Number.isSafeInteger(part)).toBe(true);
          expect(part).toBeGreaterThanOrEqual(0);
        }
        const staked = total(input.bets.map((bet) => bet.stakeMinor));
        expect(settled.stakesMinor).toBe(staked);
        expect(total(parts)).toBe(staked);
        const by = (outcome: string) =>
          total(
            settled.outcomes.filter((one) => one.outcome === outcome).map((one) => one.payoutMinor),
          );
        expect(by("won")).toBe(settled.payoutsMinor);
        expect(by("refunded")).toBe(settled.refundsMinor);
        expect(by("lost")).toBe(0);
      }),
      RUNS,
    );
  });

  it("pays the tickets that some way of breaking the dead heats makes right, and no others", () => {
    fc.assert(
      fc.property(pool, (input) => {
        const settled = settlePool(input);
        settled.outcomes.forEach((one, index) => {
          const bet = input.bets[index]!;
          const refunded = settled.refundReason !== null || isScratched(input, bet);
          const right = !refunded && isRight(input, bet.selection);
          expect(one.outcome).toBe(refunded ? "refunded" : right ? "won" : "lost");
          const least = refunded || right ? bet.stakeMinor : 0;
          expect(one.payoutMinor).toBeGreaterThanOrEqual(least);
          expect(one.outcome === "won" || one.payoutMinor === least).toBe(true);
        });
      }),
      RUNS,
    );
  });

  it("is refunded whole exactly if nobody is right or too few started", () => {
    fc.assert(
      fc.property(pool, (input) => {
        const live = input.bets.filter((bet) => !isScratched(input, bet));
        const tooFew = input.order.flat().length < MIN_STARTERS[input.market];
        const nobody = !live.some(({ selection }) => isRight(input, selection));
        const reason = tooFew ? "too_few_starters" : nobody ? "no_winning_ticket" : null;
        expect(settlePool(input).refundReason).toBe(live.length === 0 ? null : reason);
      }),
      RUNS,
    );
  });

  it("takes no more than the takeout, and less only to cover winning stakes", () => {
    fc.assert(
      fc.property(pool, (input) => {
        const settled = settlePool(input);
        const live = settled.refundReason === null ? settled.stakesMinor - settled.refundsMinor : 0;
        const due = Math.floor((live * input.takeoutPerMille) / 1000);
        expect(settled.takeoutMinor).toBeLessThanOrEqual(due);
        const isMinusPool = settled.takeoutMinor < due;
        const dividends = settled.dividends.map(({ per100Minor }) => per100Minor);
        expect(!isMinusPool || dividends.every((dividend) => dividend === 100)).toBe(true);
      }),
      RUNS,
    );
  });

  it("keeps as breakage less than 5 per 100 of the winning stakes, and a unit a ticket", () => {
    fc.assert(
      fc.property(pool, (input) => {
        const settled = settlePool(input);
        const winning = settled.outcomes.flatMap((one, index) =>
          one.outcome === "won" ? [input.bets[index]!.stakeMinor] : [],
        );
        expect(settled.breakageMinor).toBeLessThanOrEqual(
          Math.ceil((total(winning) * 5) / 100) + winning.length,
        );
      }),
      RUNS,
    );
  });

  it("does not care in which order bets came", () => {
    fc.assert(
      fc.property(
        pool.chain((input) =>
          fc.tuple(
            fc.constant(input),
            fc.shuffledSubarray([...input.bets], { minLength: input.bets.length }),
          ),
        ),
        ([input, shuffled]) => {
          const byId = (bets: PoolInput["bets"]) =>
            new Map(
              settlePool({ ...input, bets }).outcomes.map((one) => [one.betId, one] as const),
            );
          expect(byId(shuffled)).toEqual(byId(input.bets));
        },
      ),
    );
  });

  it("pays two equal tickets the same, and one of both stakes no less", () => {
    fc.assert(
      fc.property(pool, (input) => {
        fc.pre(input.bets.length > 0);
        const first = input.bets[0]!;
        const split = settlePool({ ...input, bets: [...input.bets, { ...first, betId: "twin" }] });
        const twin = split.outcomes.at(-1)!;
        expect(twin.payoutMinor).toBe(split.outcomes[0]!.payoutMinor);
        const joined = settlePool({
          ...input,
          bets: input.bets.with(0, { ...first, stakeMinor: first.stakeMinor * 2 }),
        });
        expect(joined.outcomes[0]!.payoutMinor).toBeGreaterThanOrEqual(twin.payoutMinor * 2);
      }),
    );
  });

  it("pays the same dividends when every stake is a thousandfold or a multiple of that", () => {
    fc.assert(
      fc.property(pool, fc.integer({ min: 2, max: 9 }), (input, factor) => {
        const scaled = (by: number) =>
          settlePool({
            ...input,
            bets: input.bets.map((bet) => ({
              betId: bet.betId,
              selection: bet.selection,
              stakeMinor: bet.stakeMinor * by,
            })),
          });
        const [once, more] = [scaled(1_000), scaled(1_000 * factor)];
        expect(more.dividends).toEqual(once.dividends);
        expect(more.takeoutMinor).toBe(once.takeoutMinor * factor);
        expect(more.payoutsMinor).toBe(once.payoutsMinor * factor);
      }),
    );
  });
});

it("settles a pool of 10,000 bets within the time of a tick or two", () => {
  const bets = Array.from({ length: 10_000 }, (_, index) => ({
    betId: `bet-${index}`,
    selection: [1 + (index % 8), 1 + ((index + 1) % 8), 1 + ((index + 3) % 8)],
    stakeMinor: 100 + ((index * 7_919) % 49_900),
  }));
  const order = [[3], [4, 6], [1], [2], [5], [7], [8]];
  const times = Array.from({ length: 11 }, () => {
    const begin = performance.now();
    settlePool({ market: "trifecta", bets, order, scratched: [], takeoutPerMille: 100 });
    return performance.now() - begin;
  }).toSorted((a, b) => a - b);
  expect(times[5]!).toBeLessThan(100);
});

/**
 * The rules from the ticket's side: a runner may be given any place from one after all who were ahead of its group to the
 * last of its group. A ticket is right if its runners can be given the places that it names, all at once.
 */
function isRight({ market: on, order }: PoolInput, selection: readonly number[]): boolean {
  const groupOf = (number: number) => order.findIndex((group) => group.includes(number));
  const ahead = (number: number) => order.slice(0, groupOf(number)).flat().length;
  const paidPlaces = { win: 1, place: 2, show: 3 };
  if (on === "win" || on === "place" || on === "show") {
    return ahead(selection[0]!) < paidPlaces[on];
  }
  const inTheirPlaces = (named: readonly number[]) =>
    named.every((number, index) => {
      const first = ahead(number);
      return first <= index && index < first + order[groupOf(number)]!.length;
    });
  return inTheirPlaces(selection) || (on === "quinella" && inTheirPlaces(selection.toReversed()));
}

function isScratched({ scratched }: PoolInput, { selection }: PoolInput["bets"][number]): boolean {
  return selection.some((number) => scratched.includes(number));
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}
