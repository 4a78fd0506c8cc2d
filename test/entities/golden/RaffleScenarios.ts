/**
 * Raffles and reservations whose journals are golden, each played by hand on the desk. One that has been recorded is never
 * changed: what has been added to the events since gets a scenario of its own.
 */
import { MIN_AFTER_CLOSE_MS, publishedAt, QUICKNET } from "../../../entities/raffle/draw/round.ts";
import type { ReservationInternal } from "../../../entities/reservation/decider.ts";
import { PaymentId } from "../../../rpc/id.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { CHECKOUT, PRICE, raffleDesk, RULES, SEED, SELECTION, TERMS } from "../raffle/desk.ts";
import { reservationDesk } from "../reservation/desk.ts";

/** A round of the chain, recorded. */
const ROUND = {
  round: 1000,
  randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
  signature:
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
};
const ROUND_AT = publishedAt(QUICKNET, ROUND.round);
/** The sale of a raffle with a beacon closes so that its draw waits for that round. */
const CLOSED_AT = ROUND_AT - MIN_AFTER_CLOSE_MS;
const OPENED_AT = CLOSED_AT - 86_400_000;

const onSale = (entityId: string, rules: object = {}) => {
  const run = new DeciderRun(raffleDesk, entityId);
  const terms = { ...TERMS, drawAt: CLOSED_AT };
  run.command("Create", { terms, rules: { ...RULES, ...rules } }, OPENED_AT);
  run.command("Edit", { terms: { ...terms, description: "Ten of them" } }, OPENED_AT + 1);
  run.command("Publish", { serverSeed: SEED }, OPENED_AT + 2);
  return run;
};

type RaffleRun = ReturnType<typeof onSale>;

const claimant = (run: RaffleRun, playerId: string) => ({
  playerId,
  reservationId: `${run.entityId}.${playerId}`,
});

const reserve = (run: RaffleRun, playerId: string, numbers: ReadonlyArray<number>, at: number) =>
  run.command("Reserve", { ...claimant(run, playerId), numbers }, at);

const buy = (run: RaffleRun, playerId: string, numbers: ReadonlyArray<number>, at: number) => {
  reserve(run, playerId, numbers, at);
  run.command("CheckOut", claimant(run, playerId), at + 1);
  const paid = { paymentId: `p_${playerId}`, amountMinor: PRICE * numbers.length };
  run.command("Sell", { ...claimant(run, playerId), numbers, ...paid }, at + 2);
};

/** Every way of having numbers and losing them, a suspension, and a draw with a round of the beacon. */
const drawn = () => {
  const run = onSale("drawn", { beacon: QUICKNET });
  const at = OPENED_AT + 1_000;
  buy(run, "ada", [3, 4], at);
  reserve(run, "bob", [0, 9], at);
  run.command("AddNumber", { ...claimant(run, "bob"), number: 5 }, at + 1);
  run.command("RemoveNumber", { ...claimant(run, "bob"), number: 0 }, at + 2);
  run.command("Free", claimant(run, "bob"), at + 3);
  reserve(run, "dan", [6], at + 10);
  reserve(run, "eve", [8], at + 20);
  run.command("Free", claimant(run, "dan"), at + 30);
  // The alarm is still set for the claim that has gone; the other's time comes after.
  run.itself({ _tag: "Tick" }, at + 10 + SELECTION);
  run.itself({ _tag: "Tick" }, at + 20 + SELECTION);
  reserve(run, "cyd", [1, 2], at + SELECTION + 30);
  run.command("Suspend", { reason: "a question" }, at + SELECTION + 40);
  run.command("Resume", {}, at + SELECTION + 50);
  run.itself({ _tag: "Tick" }, at + SELECTION * 2);
  buy(run, "cyd", [7], at + SELECTION * 3);
  run.itself({ _tag: "Tick" }, CLOSED_AT);
  run.itself({ _tag: "Tick" }, ROUND_AT);
  run.itself({ _tag: "TakeRound", round: ROUND }, ROUND_AT + 50);
  run.itself({ _tag: "FinishPayout", refused: false }, ROUND_AT + 60);
  return run;
};

/** A draw whose payout the organiser's wallet cannot take. */
const unclaimed = () => {
  const run = onSale("unclaimed");
  buy(run, "ada", [8], OPENED_AT + 1_000);
  run.command("Draw", {}, OPENED_AT + 2_000);
  run.itself({ _tag: "FinishPayout", refused: true }, OPENED_AT + 2_001);
  return run;
};

/** Cancelled while there is a claim, with two sales that go back one after the other. */
const cancelled = () => {
  const run = onSale("cancelled");
  const at = OPENED_AT + 1_000;
  buy(run, "ada", [0, 1, 2], at);
  buy(run, "bob", [5], at);
  reserve(run, "cyd", [9], at);
  run.command("Cancel", { reason: "rained off" }, at + 5);
  for (const upTo of [1, 2]) {
    run.itself({ _tag: "ReturnSales", count: 1 }, at + 5 + upTo);
    run.itself({ _tag: "RefundsHandedOver", upTo }, at + 5 + upTo);
  }
  return run;
};

/** Cancelled; of its two reservations one answers at once, the other at last. */
const unanswered = () => {
  const run = onSale("unanswered");
  const at = OPENED_AT + 1_000;
  buy(run, "ada", [0, 1, 2], at);
  buy(run, "bob", [5], at);
  run.command("Cancel", { reason: "rained off" }, at + 5);
  run.itself({ _tag: "ReturnSales", count: 2 }, at + 6);
  const { reservationId } = run.state.sales.at(0)!;
  const silent = [{ reservationId, why: "away" }];
  run.itself({ _tag: "RefundsHandedOver", upTo: 2, unanswered: silent }, at + 7);
  run.itself({ _tag: "RefundsAnswered", reservationIds: [reservationId] }, at + 8);
  return run;
};

const PAID_AT = 1_800_000_000_000;
const FIRST = PaymentId.make("p1");
const SECOND = PaymentId.make("p2");
const NEXT_STEP = { kind: "redirect", url: "https://card.test/p1" } as const;
const DECLINED = { code: "card_declined", detail: "The bank has declined the card." };

const reservation = (entityId: string) => {
  const run = new DeciderRun(reservationDesk, entityId);
  const checkout = {
    raffleId: "spring",
    playerId: "ada",
    numbers: [3, 7],
    amountMinor: PRICE * 2,
    expiresAt: PAID_AT + CHECKOUT,
  };
  const pay = (paymentId: string, provider: string, at = PAID_AT) =>
    run.command("Pay", { playerId: "ada", paymentId, provider, returnUrl: "/back", checkout }, at);
  const cancel = (at: number) => run.command("Cancel", { playerId: "ada", checkout }, at);
  const hear = (paymentId: string, status: string, at: number) =>
    run.command(
      "Hear",
      { paymentId, provider: "sandbox_card", ref: `ref-${paymentId}`, status, failure: null },
      at,
    );
  const learn = (
    paymentId: PaymentId,
    status: (ReservationInternal & { readonly _tag: "Learn" })["news"]["status"],
    at: number,
  ) =>
    run.itself(
      {
        _tag: "Learn",
        paymentId,
        news: {
          ref: `ref-${paymentId}`,
          status,
          nextStep: status === "pending" ? NEXT_STEP : null,
          failure: status === "failed" ? DECLINED : null,
        },
      },
      at,
    );
  return { run, pay, cancel, hear, learn };
};

/** The card is declined, looked at and called off; the wallet pays; the raffle takes the sale back. */
const refunded = () => {
  const { learn, pay, run } = reservation("spring.refunded");
  pay(FIRST, "sandbox_card");
  learn(FIRST, "pending", PAID_AT + 10);
  run.itself({ _tag: "Wake" }, PAID_AT + 5_010);
  learn(FIRST, "pending", PAID_AT + 5_020);
  pay(SECOND, "wallet", PAID_AT + 6_000);
  learn(FIRST, "cancelled", PAID_AT + 6_010);
  learn(SECOND, "authorized", PAID_AT + 6_020);
  learn(SECOND, "succeeded", PAID_AT + 6_030);
  run.itself({ _tag: "FinishSale", paymentId: SECOND, refusal: null }, PAID_AT + 6_040);
  run.command("Refund", { reason: "rained off" }, PAID_AT + 9_000);
  run.itself({ _tag: "FinishRefund", paymentId: SECOND, outcome: "refunded" }, PAID_AT + 9_010);
  run.command("ReconcileHold", { holdId: "stranger", ref: "spring" }, PAID_AT + 9_020);
  return run;
};

/** Declined; then paid after the deadline, when the numbers are another's, and the wallet cannot take it back. */
const late = () => {
  const { hear, learn, pay, run } = reservation("spring.late");
  pay(FIRST, "sandbox_card");
  learn(FIRST, "pending", PAID_AT + 10);
  learn(FIRST, "failed", PAID_AT + 20);
  pay(SECOND, "sandbox_card", PAID_AT + 1_000);
  learn(SECOND, "pending", PAID_AT + 1_010);
  run.itself({ _tag: "Wake" }, PAID_AT + CHECKOUT);
  hear(SECOND, "succeeded", PAID_AT + CHECKOUT + 5);
  run.itself({ _tag: "FinishSale", paymentId: SECOND, refusal: "gone" }, PAID_AT + CHECKOUT + 10);
  run.itself(
    { _tag: "FinishRefund", paymentId: SECOND, outcome: "unclaimed" },
    PAID_AT + CHECKOUT + 20,
  );
  return run;
};

/** Cancelled by its player while a payment is open, which then was taken and given back at the provider. */
const withdrawn = () => {
  const { cancel, hear, learn, pay, run } = reservation("spring.withdrawn");
  pay(FIRST, "sandbox_card");
  learn(FIRST, "pending", PAID_AT + 10);
  cancel(PAID_AT + 20);
  run.itself({ _tag: "FinishFreeing" }, PAID_AT + 30);
  hear(FIRST, "refunded", PAID_AT + 40);
  return run;
};

/** Cancelled by its player, paid all the same; the provider gives nothing back, gives back and takes it again. */
const refused = (entityId: string) => {
  const { cancel, hear, learn, pay, run } = reservation(entityId);
  pay(FIRST, "sandbox_card");
  learn(FIRST, "pending", PAID_AT + 10);
  cancel(PAID_AT + 20);
  run.itself({ _tag: "FinishFreeing" }, PAID_AT + 30);
  hear(FIRST, "succeeded", PAID_AT + 40);
  const finish = (outcome: "failed" | "refused" | "refunded", at: number) =>
    run.itself({ _tag: "FinishRefund", paymentId: FIRST, outcome, why: "lost_card" }, at);
  const resolve = (remedy: string, at: number) =>
    run.command("ResolveRefund", { paymentId: FIRST, remedy, reason: "Asked for by ada." }, at);
  finish("refused", PAID_AT + 50);
  run.itself({ _tag: "Wake" }, PAID_AT + 20_000);
  finish("failed", PAID_AT + 20_010);
  resolve("retry", PAID_AT + 30_000);
  finish("refunded", PAID_AT + 30_010);
  hear(FIRST, "refund_failed", PAID_AT + 90_000);
  finish("failed", PAID_AT + 90_010);
  return { resolve, run };
};

/** It goes to the wallet here instead. */
const diverted = () => {
  const { resolve, run } = refused("spring.diverted");
  resolve("wallet", PAID_AT + 95_000);
  run.itself({ _tag: "FinishRefund", paymentId: FIRST, outcome: "refunded" }, PAID_AT + 95_010);
  return run;
};

const byHand = () => {
  const { resolve, run } = refused("spring.byhand");
  resolve("by_hand", PAID_AT + 95_000);
  return run;
};

export interface Played {
  readonly kind: "raffle" | "reservation" | "hand_player" | "hand_feed";
  readonly entityId: string;
  readonly entries: ReadonlyArray<{
    readonly version: number;
    readonly command: string;
    readonly at: number;
    readonly events: ReadonlyArray<unknown>;
  }>;
}

/** The run as its journal has it: an entry for each command that led to something. */
export const played = <Event>(
  kind: Played["kind"],
  { entityId, steps }: { entityId: string; steps: ReadonlyArray<Step<Event>> },
  encode: (event: Event) => unknown,
): Played => {
  const versions = [...new Set(steps.map(({ version }) => version))];
  const entries = versions.map((version) => {
    const of = steps.filter((step) => step.version === version);
    const { at = 0, commandId: command = "" } = of[0]?.meta ?? {};
    return { version, command, at, events: of.map(({ event }) => encode(event)) };
  });
  return { kind, entityId, entries };
};

interface Step<Event> {
  readonly event: Event;
  readonly version: number;
  readonly meta: { readonly at: number; readonly commandId: string };
}

export const raffleScenarios: Readonly<Record<string, () => ReadonlyArray<Played>>> = {
  raffles: () =>
    [drawn(), unclaimed(), cancelled()].map((run) =>
      played("raffle", run, raffleDesk.event.encode),
    ),
  "unanswered-refunds": () =>
    [unanswered()].map((run) => played("raffle", run, raffleDesk.event.encode)),
  "refused-refunds": () =>
    [diverted(), byHand()].map((run) => played("reservation", run, reservationDesk.event.encode)),
  reservations: () =>
    [refunded(), late(), withdrawn()].map((run) =>
      played("reservation", run, reservationDesk.event.encode),
    ),
};
