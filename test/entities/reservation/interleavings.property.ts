/**
 * Every order of what customer, provider, clock, house and another player may do about one reservation, and at random with
 * a process that dies and a provider that fails. The story (`Story.ts`) looks at everything after each turn.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Booth, Ending } from "./Booth.ts";
import type { Fault } from "./ScriptedProvider.ts";
import { orders, play, type Turn } from "./Story.ts";

/** Some hundred stories, a few milliseconds each. */
const TIMEOUT_MS = 120_000;

const SOLD = "sold and paid";
const FREE = "not sold and not charged";
const REFUNDED = "not sold and refunded";

/** What else may happen, and the endings that there are then. */
const OTHERS: Array<[Turn, ReadonlyArray<Ending>]> = [
  ["cancels", [FREE, REFUNDED, SOLD]],
  ["suspended", [FREE, SOLD]],
  ["closed", [FREE, REFUNDED, SOLD]],
  ["raffle cancelled", [FREE, REFUNDED]],
  ["pays by wallet", [FREE, SOLD]],
  ["is declined", [FREE, SOLD]],
  ["is being processed", [FREE, REFUNDED, SOLD]],
];

/** Plays every order, and tells which endings there were. */
const everyOrder = async (turns: ReadonlyArray<Turn>): Promise<ReadonlySet<Ending>> => {
  const endings = new Set<Ending>();
  for (const order of orders(turns)) {
    const { ending } = await play(order).catch((cause: unknown) => {
      throw new Error(`in the order ${order.join(", ")}`, { cause });
    });
    endings.add(ending);
  }
  return endings;
};

describe("a payment by card that is begun and then whatever, in every order", () => {
  it.each(OTHERS)(
    "with webhooks that come once, and it %s",
    { timeout: TIMEOUT_MS },
    async (turn, endings) => {
      const seen = await everyOrder(["pays", "webhooks", "deadline", "another takes one", turn]);
      expect([...seen]).toEqual(expect.arrayContaining([...endings]));
    },
  );

  it.each(OTHERS)(
    "with webhooks that never come, and it %s",
    { timeout: TIMEOUT_MS },
    async (turn, endings) => {
      const seen = await everyOrder(["pays", "deadline", "another takes one", turn]);
      expect([...seen]).toEqual(expect.arrayContaining([...endings]));
    },
  );

  it.each(["cancels", "is declined"] as const)(
    "with webhooks that come twice and reordered, and it %s",
    { timeout: TIMEOUT_MS },
    async (turn) => {
      const turns: ReadonlyArray<Turn> = ["pays", "webhooks again", "webhooks", "deadline", turn];
      expect(await everyOrder(turns)).toContain(SOLD);
    },
  );
});

const turn = fc.constantFrom<Turn>(
  "pays",
  "is declined",
  "is being processed",
  "webhooks",
  "webhooks again",
  "deadline",
  "cancels",
  "suspended",
  "closed",
  "raffle cancelled",
  "another takes one",
  "pays by wallet",
  "sent back",
  "killed",
);
const fault = fc.constantFrom<Fault>("away", "lost");
const refundFault = fc.constantFrom<Fault>("away", "lost", "refused", "failed");
const faults = fc.record({
  create: fc.array(fault, { maxLength: 3 }),
  get: fc.array(fault, { maxLength: 3 }),
  cancel: fc.array(fault, { maxLength: 3 }),
  refund: fc.array(refundFault, { maxLength: 3 }),
});
const death = fc.record({ commit: fc.integer({ min: 1, max: 24 }), written: fc.boolean() });

describe("what random runs have found", () => {
  it("two payments have succeeded when the sale is found closed: both go back at once", async () => {
    const turns = ["pays", "pays by wallet", "closed", "webhooks"] as const;
    const told = await play(turns, { death: { commit: 5, written: true } });
    expect(told).toEqual({ died: true, ending: "not sold and refunded" });
  });
});

describe("a payment by card, whatever happens", () => {
  it(
    "ends sold and paid, or not sold and not charged, or not sold and refunded",
    { timeout: TIMEOUT_MS },
    async () => {
      const endings = new Set<Ending>();
      let died = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(turn, { maxLength: 8, size: "max" }),
          fc.option(death, { nil: undefined }),
          faults,
          fc.boolean(),
          async (turns, dies, failing, slowRefunds) => {
            const prepare = ({ card }: Booth) => {
              for (const call of ["create", "get", "cancel", "refund"] as const)
                card.faults.set(call, [...failing[call]]);
              card.slowRefunds = slowRefunds;
            };
            const told = await play(turns, {
              prepare,
              ...(dies === undefined ? {} : { death: dies }),
            });
            endings.add(told.ending);
            died += told.died ? 1 : 0;
          },
        ),
        { numRuns: 1000 },
      );
      expect(endings.size).toBe(3);
      expect(died).toBeGreaterThan(20);
    },
  );
});
