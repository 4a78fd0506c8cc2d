/** Where tickets are sold: what players, the house and the card company say to raffles and reservations, in any process. */
import type { FailureOf } from "../../rpc/contract.ts";
import { CommandId, PaymentId, PlayerId, RaffleId, ReservationId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import type { ProviderName, RefundRemedy } from "../../rpc/payment.ts";
import { Raffle, type RaffleRules, type RaffleTerms } from "../../rpc/raffle.ts";
import { Reservation } from "../../rpc/reservation.ts";
import type { Ask, Outcome } from "../../src/actor/Ask.ts";

const SEED = "9bae06392e1c49593f744bb8b27473a25cf641b946aae1fbbc21285e68cc3a06";
export const PRICE = 1000;

export const RULES: RaffleRules = {
  selectionMs: 600_000,
  checkoutMs: 300_000,
  feePerMille: 100,
  beacon: null,
};

const termsAt = (drawAt: number): RaffleTerms => ({
  title: "Summer raffle",
  description: "",
  ticketPriceMinor: minor(PRICE) as RaffleTerms["ticketPriceMinor"],
  totalNumbers: 20,
  drawAt,
  prizes: [{ name: "Car" }, { name: "Bicycle" }],
  organiserId: PlayerId.make("org"),
  minSoldPercent: 0,
});

/** The reservation that a player makes in a raffle, and its payment. */
export const reservationOf = (raffleId: string, player: string) =>
  ReservationId.make(`${raffleId}.${player}`);
export const paymentOf = (raffleId: string, player: string, n = 1) =>
  PaymentId.make(`p_${raffleId}_${player}_${n}`);

export class Stall {
  readonly #ask: () => Ask;
  #acts = 0;

  /** Speaks to whichever process there is. */
  constructor(ask: () => Ask) {
    this.#ask = ask;
  }

  async open(raffleId: string, drawAt: number, rules: Partial<RaffleRules> = {}) {
    const to = this.#to(raffleId);
    const created = this.#ask()(Raffle, "Create", {
      ...to(),
      terms: termsAt(drawAt),
      rules: { ...RULES, ...rules },
    });
    await must(created);
    await must(this.#ask()(Raffle, "Publish", { ...to(), serverSeed: SEED }));
  }

  async reserve(raffleId: string, player: string, ...numbers: ReadonlyArray<number>) {
    await must(this.#ask()(Raffle, "Reserve", { ...this.#claimant(raffleId, player), numbers }));
  }

  async checkOut(raffleId: string, player: string) {
    await must(this.#ask()(Raffle, "CheckOut", this.#claimant(raffleId, player)));
  }

  /** Reserves and goes to the checkout. */
  async choose(raffleId: string, player: string, ...numbers: ReadonlyArray<number>) {
    await this.reserve(raffleId, player, ...numbers);
    await this.checkOut(raffleId, player);
  }

  /** Begins to pay; the reservation drives it. */
  async pay(raffleId: string, player: string, provider: ProviderName, n = 1) {
    const reservationId = reservationOf(raffleId, player);
    const claim = await must(
      this.#ask()(Raffle, "GetClaim", { entityId: raffleId, reservationId }),
    );
    const { amountMinor, expiresAt, numbers, playerId } = claim;
    await must(
      this.#ask()(Reservation, "Pay", {
        ...this.#to(reservationId)(),
        playerId,
        paymentId: paymentOf(raffleId, player, n),
        provider,
        returnUrl: "/",
        checkout: {
          raffleId: RaffleId.make(raffleId),
          playerId,
          numbers,
          amountMinor: amountMinor as typeof amountMinor & RaffleTerms["ticketPriceMinor"],
          expiresAt,
        },
      }),
    );
  }

  /** The card company's webhook. */
  async hear(raffleId: string, player: string, status: "succeeded" | "refunded", n = 1) {
    const paymentId = paymentOf(raffleId, player, n);
    await must(
      this.#ask()(Reservation, "Hear", {
        ...this.#to(reservationOf(raffleId, player))(),
        paymentId,
        provider: "sandbox_card",
        ref: `c_${paymentId}`,
        status,
        failure: null,
      }),
    );
  }

  async free(raffleId: string, player: string) {
    await must(this.#ask()(Raffle, "Free", this.#claimant(raffleId, player)));
  }

  async cancel(raffleId: string) {
    await must(this.#ask()(Raffle, "Cancel", { ...this.#to(raffleId)(), reason: "rain" }));
  }

  /** What the house decides about a refund that was refused. */
  async resolve(raffleId: string, player: string, remedy: RefundRemedy) {
    await must(
      this.#ask()(Reservation, "ResolveRefund", {
        ...this.#to(reservationOf(raffleId, player))(),
        paymentId: paymentOf(raffleId, player),
        remedy,
        reason: "so that it ends",
      }),
    );
  }

  async draw(raffleId: string) {
    await must(this.#ask()(Raffle, "Draw", this.#to(raffleId)()));
  }

  raffle(raffleId: string) {
    return must(this.#ask()(Raffle, "GetBooks", { entityId: raffleId }));
  }

  reservation(raffleId: string, player: string) {
    const entityId = reservationOf(raffleId, player);
    return must(this.#ask()(Reservation, "GetReservation", { entityId }));
  }

  #to(entityId: string) {
    return () => ({ entityId, commandId: CommandId.make(`a${++this.#acts}`) });
  }

  #claimant(raffleId: string, player: string) {
    return {
      ...this.#to(raffleId)(),
      reservationId: reservationOf(raffleId, player),
      playerId: PlayerId.make(player),
    };
  }
}

const must = async <A>(
  outcome: Promise<Outcome<A, FailureOf<typeof Raffle, "Sell"> | { readonly message: string }>>,
): Promise<A> => {
  const settled = await outcome;
  if (settled.ok) return settled.value;
  throw new Error(`refused: ${settled.error.message}`);
};
