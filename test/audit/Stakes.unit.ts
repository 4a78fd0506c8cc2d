/** What a wallet has set aside for a payment, against the payment. */
import { HashMap } from "effect";
import { describe, expect, it } from "vitest";
import * as reservation from "../../entities/reservation/state.ts";
import { initial, type OpenHold } from "../../entities/wallet/state.ts";
import { HoldId, PaymentId, PlayerId, RaffleId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { Checkout } from "../../rpc/reservation.ts";
import { Stakes } from "../../src/audit/Stakes.ts";

const CHECK_AT = 1000;
const LONG_AFTER = CHECK_AT + 3_600_000;
const paymentId = PaymentId.make("p1");

/** Ada's payment by wallet, of 2000, that has come as far as these events. */
const paying = (...events: ReadonlyArray<Parameters<typeof reservation.evolve>[1]>) =>
  [
    {
      _tag: "CheckoutBegan",
      ...Checkout.make({
        raffleId: RaffleId.make("r1"),
        playerId: PlayerId.make("ada"),
        numbers: [1, 2],
        amountMinor: minor(2000) as Checkout["amountMinor"],
        expiresAt: 5000,
      }),
    } as const,
    { _tag: "PaymentBegan", paymentId, provider: "wallet", returnUrl: "/", at: 1 } as const,
    ...events,
  ].reduce(reservation.evolve, reservation.initial);

const hold = (amountMinor: number): OpenHold => ({
  holdId: HoldId.make("p1"),
  amountMinor: minor(amountMinor),
  purpose: "ticket",
  ref: "r1",
  owner: { kind: "reservation", entityId: "r1.ada" },
  since: 1,
  checkAt: CHECK_AT,
  doubted: false,
});

const looked = (
  state: reservation.ReservationState,
  { amount, player = "ada" }: { readonly amount?: number; readonly player?: string },
) => {
  const found: Array<string> = [];
  const stakes = new Stakes((entity, sentence) => void found.push(`${entity}: ${sentence}`));
  stakes.reservation("r1.ada", state);
  const holds = amount === undefined ? [] : [[HoldId.make("p1"), hold(amount)] as const];
  stakes.wallet(player, { ...initial, holds: HashMap.fromIterable(holds) });
  stakes.finish(LONG_AFTER);
  return { found, isHeld: stakes.isHeld("p1") };
};

const asked = /^wallet \w+: hold p1 of 2000 should have been asked about at 1000, and nothing/;

describe("a hold for a payment", () => {
  it.each([
    ["is being made", paying()],
    ["is authorized", paying({ _tag: "PaymentAuthorized", paymentId, ref: "p1" })],
    ["is being called off", paying({ _tag: "PaymentCalledOff", paymentId, why: null })],
  ])("may be there or not while it %s", (_, state) => {
    expect(looked(state, { amount: 2000 })).toEqual({ found: [], isHeld: true });
    expect(looked(state, {})).toEqual({ found: [], isHeld: false });
  });

  it("is of its amount", () => {
    expect(looked(paying(), { amount: 1999 }).found).toEqual([
      "wallet ada: hold p1 is of 1999, and the payment in reservation r1.ada of 2000",
    ]);
  });

  it("is in the wallet of its player", () => {
    const { found, isHeld } = looked(paying(), { amount: 2000, player: "eve" });
    expect(found).toEqual([expect.stringMatching(asked)]);
    expect(isHeld).toBe(false);
  });

  it.each([
    ["has been taken", paying({ _tag: "PaymentSucceeded", paymentId, ref: "p1" })],
    ["was called off", paying({ _tag: "PaymentCancelled", paymentId })],
    ["was never begun", reservation.initial],
  ])("does not last when it %s", (_, state) => {
    expect(looked(state, { amount: 2000 }).found).toEqual([expect.stringMatching(asked)]);
  });
});
