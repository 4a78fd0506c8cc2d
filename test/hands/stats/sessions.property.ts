/** Pages of sessions, whatever their length, are one list: no session is cut, lost or told twice, though many end in one moment. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HandCurrency } from "../../../rpc/hand.ts";
import type { SessionBody } from "../../../rpc/http/handStats.ts";
import {
  markIn,
  markText,
  SESSION_GAP_MS,
  type SessionHand,
  type SessionMark,
  SessionWalk,
} from "../../../src/hands/stats/sessions.ts";

const START = Date.UTC(2024, 0, 1);
const STEP_MS = SESSION_GAP_MS / 2;

const hands = fc
  .array(
    fc.record({
      step: fc.nat({ max: 40 }),
      currency: fc.constantFrom<HandCurrency>("EUR", "chips", "play"),
      net: fc.integer({ min: -9, max: 9 }),
      // A millisecond more than two steps is just too long.
      late: fc.constantFrom(0, 1),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ currency, late, net, step }, n): SessionHand => ({
      handId: `h${n}`,
      playedAt: START + step * STEP_MS + late,
      currency,
      table: "t",
      net,
      evNet: net,
      rake: 0,
      netMilliBb: 0,
      vpip: 0,
      vpipChances: 1,
      pfr: 0,
      pfrChances: 1,
    })),
  );

/** As the database gives them: from the mark back in time, a few at once. */
const page = (all: ReadonlyArray<SessionHand>, limit: number, mark?: SessionMark) => {
  const walk = new SessionWalk(limit, mark);
  const backwards = all
    .filter(({ playedAt }) => mark === undefined || playedAt < SessionWalk.from(mark) + 1)
    .toSorted((a, b) => b.playedAt - a.playedAt || Number(b.handId > a.handId) - 1);
  for (const hand of backwards) {
    walk.add(hand);
    if (walk.isComplete(hand.playedAt)) break;
  }
  return walk.page();
};

const pages = (all: ReadonlyArray<SessionHand>, limit: number): ReadonlyArray<SessionBody> => {
  const found: Array<SessionBody> = [];
  let mark: SessionMark | undefined;
  for (;;) {
    const { next, sessions } = page(all, limit, mark);
    found.push(...sessions);
    if (next === null) return found;
    mark = markIn(markText(next));
    expect(mark).toEqual({ to: next.to, currency: next.currency });
  }
};

const counted = (all: ReadonlyArray<SessionHand>): number =>
  (["EUR", "chips", "play"] as const).reduce((sum, currency) => {
    const times = all
      .filter((hand) => hand.currency === currency)
      .map(({ playedAt }) => playedAt)
      .toSorted((a, b) => a - b);
    const starts = times.filter((at, n) => n === 0 || at - times[n - 1]! > SESSION_GAP_MS);
    return sum + starts.length;
  }, 0);

describe("sessions", () => {
  it("are the same on pages of any length", () => {
    fc.assert(
      fc.property(hands, fc.integer({ min: 1, max: 5 }), (all, limit) => {
        const found = pages(all, 1_000);
        expect(found).toHaveLength(counted(all));
        expect(found.reduce((sum, one) => sum + one.hands, 0)).toBe(all.length);
        const net = (of: ReadonlyArray<{ readonly net: number }>) =>
          of.reduce((sum, one) => sum + one.net, 0);
        expect(net(found)).toBe(net(all));
        expect(pages(all, limit)).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });
});
