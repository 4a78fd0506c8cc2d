/** Whichever reservations of a cancelled raffle answer, and in whatever order: all are told, and each is waited for until it has answered. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { broken } from "../../../entities/raffle/invariants.ts";
import { isAllReturned } from "../../../entities/raffle/state.ts";
import { ReservationId } from "../../../rpc/id.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { AT, PRICE, raffleDesk, RULES, SEED, TERMS } from "./desk.ts";

const SALES = TERMS.totalNumbers;
const ids = Array.from({ length: SALES }, (_, i) => ReservationId.make(`r.${i}`));

const cancelled = (() => {
  const run = new DeciderRun(raffleDesk, "r");
  run.command("Create", { terms: TERMS, rules: RULES }, AT);
  run.command("Publish", { serverSeed: SEED }, AT);
  ids.forEach((reservationId, i) => {
    const paid = { paymentId: `p${i}`, amountMinor: PRICE };
    run.command("Sell", { reservationId, playerId: `p${i}`, numbers: [i], ...paid }, AT);
  });
  run.command("Cancel", { reason: "rain" }, AT);
  return run.state;
})();

/** One round of the process, or the answers of those that were asked again: who is silent, and who answers. */
const step = fc.record({
  is: fc.constantFrom("round", "again"),
  who: fc.uniqueArray(fc.constantFrom(...ids)),
  of: fc.integer({ min: 1, max: 4 }),
});

it("a sale is returned once, and its reservation waited for until it has answered", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const run = new DeciderRun(raffleDesk, "r");
      run.state = cancelled;
      const waiting = new Map<string, number>();
      let told = 0;
      steps.forEach(({ is, of, who }, i) => {
        const at = AT + i;
        if (is === "round") {
          run.itself({ _tag: "ReturnSales", count: of }, at);
          const upTo = run.state.returned;
          const unanswered = who.map((reservationId) => ({ reservationId, why: `at ${i}` }));
          run.itself({ _tag: "RefundsHandedOver", upTo, unanswered }, at);
          for (const id of ids.slice(told, upTo)) if (who.includes(id)) waiting.set(id, at);
          told = upTo;
        } else {
          const events = run.itself({ _tag: "RefundsAnswered", reservationIds: who }, at);
          const news = who.filter((id) => waiting.delete(id));
          expect(events).toHaveLength(news.length > 0 ? 1 : 0);
        }
        expect(broken(run.state)).toEqual([]);
        expect(run.state.handedOver).toBe(told);
        const { unanswered } = run.state;
        expect(new Map(unanswered.map((one) => [one.reservationId, one.since]))).toEqual(waiting);
        expect(isAllReturned(run.state)).toBe(told === SALES && waiting.size === 0);
      });
    }),
  );
});
