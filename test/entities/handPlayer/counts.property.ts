/** However hands are cut into batches, and however often these are sent, what is counted is the sum of all. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { broken } from "../../../entities/handPlayer/invariants.ts";
import { cellKey } from "../../../entities/handPlayer/state.ts";
import { handPlayerId } from "../../../rpc/handPlayer.ts";
import type { PlayerTotals } from "../../../rpc/handPlayer.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { type Batch, batchOf, cellOf, type CountedHand } from "./batches.ts";
import { EVERYTHING, handPlayerDesk } from "./desk.ts";

const AT = Date.UTC(2024, 0, 1);
const HOURS_MS = 3_600_000;

const cell = fc
  .record({
    key: fc.record({
      currency: fc.constantFrom("EUR", "chips", "play"),
      game: fc.constantFrom("holdem", "omaha", "stud"),
      limit: fc.constantFrom("no_limit", "pot_limit"),
      stakes: fc.constantFrom("0.02/0.05", "0.05/0.10", "10/20 x"),
      players: fc.integer({ min: 2, max: 4 }),
      position: fc.constantFrom("BTN", "SB", null),
    }),
    kind: fc.constantFrom("fold", "raise", "showdown"),
    net: fc.integer({ min: -500, max: 500 }),
    evNet: fc.integer({ min: -500, max: 500 }),
  })
  .map(({ evNet, key, kind, net }) => cellOf(key as never, kind as never, { net, evNet }));

/** Two players' hands in one numbering; who is in which; where it is cut. */
const history = fc.record({
  hands: fc.array(
    fc.record({ cell, hour: fc.nat({ max: 200 }), player: fc.constantFrom("a", "b") }),
    {
      minLength: 1,
      maxLength: 60,
    },
  ),
  cuts: fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
  /** What is sent again, after which batch. */
  repeats: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 10 }),
});

const inOrder = (cells: PlayerTotals["cells"]) =>
  cells.toSorted((a, b) => (cellKey(a) < cellKey(b) ? -1 : 1));

describe("counting", () => {
  it("comes to the sum of all hands, whatever the batches and however often each is sent", () => {
    fc.assert(
      fc.property(history, ({ cuts, hands, repeats }) => {
        const rows = (who: string): ReadonlyArray<CountedHand> =>
          hands.flatMap(({ cell: one, hour, player }, n) =>
            player === who ? [{ seq: n + 1, playedAt: AT + hour * HOURS_MS, cell: one }] : [],
          );
        const bounds = [
          ...new Set([0, ...cuts.filter((cut) => cut < hands.length), hands.length]),
        ].toSorted((a, b) => a - b);
        for (const who of ["a", "b"]) {
          const own = rows(who);
          const run = new DeciderRun(handPlayerDesk, handPlayerId("winamax", who));
          const sent: Array<Batch> = [];
          for (let n = 1; n < bounds.length; n++) {
            const batch = batchOf(own, bounds[n - 1]! + 1, bounds[n]!);
            if (batch === undefined) continue;
            sent.push(batch);
            expect(run.command("Count", batch, AT)).toMatchObject({
              reply: { countedTo: batch.to },
            });
            for (const [, which] of repeats.filter(([after]) => after % bounds.length === n)) {
              const before = run.events.length;
              run.command("Count", sent[which % sent.length]!, AT);
              expect(run.events.length).toBe(before);
            }
            expect(broken(run.state)).toEqual([]);
          }
          const whole = batchOf(own, 1, hands.length);
          const totals = run.query("GetTotals", AT, { filter: EVERYTHING }) as PlayerTotals;
          expect(inOrder(totals.cells)).toEqual(inOrder(whole?.cells ?? []));
          expect(totals).toMatchObject({
            firstAt: whole?.firstAt ?? null,
            lastAt: whole?.lastAt ?? null,
          });
          const { days } = run.query("GetDays", AT) as { readonly days: Batch["days"] };
          expect(new Set(days)).toEqual(new Set(whole?.days ?? []));
          run.expectReplayToAgree();
        }
      }),
      { numRuns: 150 },
    );
  });
});
