/** The part of a story that is about a raffle: numbers are reserved, paid for by wallet and drawn, as a sound system would. */
import { reservationBody } from "../../entities/reservation/body.ts";
import type { ClaimView } from "../../rpc/raffle.ts";
import type { Body } from "./History.ts";
import type { TaggedEvent } from "./Journal.ts";
import { digestOf, type Span, type Story } from "./Story.ts";

export const RAFFLE = "tombola";
export const PRICE = 300;
const TOTAL = 10;
const ESCROW = `raffle:${RAFFLE}:escrow`;

const TERMS = {
  title: "A raffle",
  description: "",
  ticketPriceMinor: PRICE,
  totalNumbers: TOTAL,
  prizes: [{ name: "A car" }],
  organiserId: null,
  minSoldPercent: 0,
};
const RULES = { selectionMs: 1000, checkoutMs: 1000, feePerMille: 100, beacon: null };

interface Claim {
  readonly playerId: string;
  readonly numbers: ReadonlyArray<number>;
  readonly until: number;
}

export class RaffleStory {
  readonly story: Story;
  readonly #claims = new Map<string, Claim>();
  #sold = 0;
  #acts = 0;

  constructor(story: Story) {
    this.story = story;
    const terms = { ...TERMS, drawAt: story.time(100_000) };
    const at = story.time(0);
    this.raffle([{ _tag: "RaffleCreated", terms, rules: RULES, at }], 0);
    this.raffle(
      [
        {
          _tag: "RafflePublished",
          serverSeed: "ab".repeat(32),
          commitment: "cd".repeat(32),
          at,
        },
      ],
      0,
    );
  }

  /** What the raffle does by itself, or by the house's word. */
  raffle(events: ReadonlyArray<TaggedEvent>, ms: number, lines: ReadonlyArray<Line> = []): void {
    const act = { commandId: `act-${++this.#acts}`, command: "Act", events, lines };
    this.story.write("raffle", RAFFLE, { ...act, at: this.story.time(ms) });
  }

  reserve(player: string, key: string, numbers: ReadonlyArray<number>, { from, to }: Span): string {
    const { story } = this;
    const reservationId = `${RAFFLE}.${digestOf(player, key)}`;
    const op = story.ask(player, { kind: "reserve", key, raffleId: RAFFLE, numbers }, from);
    const at = story.time(from);
    const until = at + RULES.selectionMs;
    this.#claims.set(reservationId, { playerId: player, numbers, until });
    const reply = this.#view(reservationId, "selection");
    story.write("raffle", RAFFLE, {
      commandId: `act:${digestOf(player, key)}`,
      command: "Reserve",
      events: [{ _tag: "NumbersReserved", reservationId, playerId: player, numbers, until, at }],
      reply,
      at,
    });
    story.answer(op, to, 201, { reservation: reservationBody(reply) });
    return reservationId;
  }

  checkOut(player: string, key: string, reservationId: string, { from, to }: Span): void {
    const { story } = this;
    const op = story.ask(player, { kind: "check out", key, reservationId }, from);
    const at = story.time(from);
    const until = at + RULES.checkoutMs;
    this.#claims.set(reservationId, { ...this.#claim(reservationId), until });
    const reply = this.#view(reservationId, "checkout");
    story.write("raffle", RAFFLE, {
      commandId: `act:${digestOf(player, key)}`,
      command: "CheckOut",
      events: [{ _tag: "CheckedOut", reservationId, until }],
      reply,
      at,
    });
    story.answer(op, to, 200, { reservation: reservationBody(reply) });
  }

  /** Pays by wallet; the raffle sells, or it `refuses` and the money goes back. */
  pay(
    player: string,
    key: string,
    reservationId: string,
    { from, to }: Span,
    refuses = false,
  ): void {
    const { story } = this;
    const op = story.ask(player, { kind: "pay", key, reservationId }, from);
    const { numbers, until } = this.#claim(reservationId);
    const amountMinor = PRICE * numbers.length;
    const paymentId = `p_${digestOf(player, key)}`;
    const at = story.time(from);
    const checkout = { raffleId: RAFFLE, playerId: player, numbers, amountMinor, expiresAt: until };
    this.#reservation(
      reservationId,
      [
        { _tag: "CheckoutBegan", ...checkout },
        { _tag: "PaymentBegan", paymentId, provider: "wallet", returnUrl: "/", at },
      ],
      at,
      { commandId: `act:${digestOf(player, key)}`, reply: { paymentId } },
    );
    const [free, held] = [`player:${player}:available`, `player:${player}:held`];
    story.write("wallet", player, {
      commandId: `hold:${paymentId}`,
      command: "Hold",
      events: [{ _tag: "MoneyHeld", holdId: paymentId, amountMinor, ref: RAFFLE }],
      reply: {},
      lines: [{ debit: free, credit: held, amount: amountMinor }],
      at,
    });
    const ref = paymentId;
    this.#reservation(reservationId, [{ _tag: "PaymentAuthorized", paymentId, ref }], at);
    const account = `reservation:${reservationId}`;
    story.write("wallet", player, {
      commandId: `settle:${paymentId}`,
      command: "Settle",
      events: [{ _tag: "HoldSettled", holdId: paymentId, amountMinor, payoutMinor: 0 }],
      reply: {},
      lines: [{ debit: held, credit: account, amount: amountMinor }],
      at,
    });
    this.#reservation(reservationId, [{ _tag: "PaymentSucceeded", paymentId, ref }], at);
    if (refuses) {
      this.#reservation(
        reservationId,
        [{ _tag: "ReservationExpired" }, { _tag: "RefundBegan", paymentId }],
        at,
      );
      story.write("wallet", player, {
        commandId: `refund:${paymentId}`,
        command: "Deposit",
        events: [{ _tag: "Deposited", amountMinor, account, ref: RAFFLE }],
        reply: {},
        lines: [{ debit: account, credit: free, amount: amountMinor }],
        at,
      });
      this.#reservation(reservationId, [{ _tag: "PaymentRefunded", paymentId }], at);
      return story.answer(op, to, 409, { code: "reservation_closed", phase: "expired" });
    }
    const sold = { reservationId, playerId: player, numbers, paymentId, amountMinor, at };
    this.raffle([{ _tag: "NumbersSold", ...sold }], from, [
      { debit: account, credit: ESCROW, amount: amountMinor },
    ]);
    this.#sold += amountMinor;
    this.#reservation(reservationId, [{ _tag: "NumbersSold", paymentId, at }], at);
    const body = { ...reservationBody(this.#view(reservationId, "selection")), phase: "sold" };
    const payment = { id: paymentId, amount: amountMinor, status: "succeeded" };
    story.answer(op, to, 200, { payment, reservation: body });
  }

  /** Their time is up, unless `at` says that it is not yet. */
  expire(reservationId: string, ms: number): void {
    const { numbers, playerId } = this.#claim(reservationId);
    const claims = [{ reservationId, playerId, numbers }];
    this.raffle([{ _tag: "ClaimsExpired", claims, at: this.story.time(ms) }], ms);
  }

  draw(ms: number): void {
    const at = this.story.time(ms);
    this.raffle(
      [
        { _tag: "SaleClosed", ticketCount: this.#sold / PRICE, ticketsDigest: "ef".repeat(32), at },
        { _tag: "RaffleDrawn", round: null, winners: [], feeMinor: this.#sold, payoutMinor: 0, at },
      ],
      ms,
      this.#sold === 0 ? [] : [{ debit: ESCROW, credit: "house:raffles", amount: this.#sold }],
    );
  }

  look(player: string, key: string, seen: Body, { from, to }: Span): void {
    const op = this.story.ask(player, { kind: "look", key, raffleId: RAFFLE }, from);
    this.story.answer(op, to, 200, seen);
  }

  #claim(reservationId: string): Claim {
    const claim = this.#claims.get(reservationId);
    if (claim === undefined) throw new Error(`${reservationId} was never reserved`);
    return claim;
  }

  #view(reservationId: string, phase: ClaimView["phase"]): ClaimView {
    const { numbers, playerId, until } = this.#claim(reservationId);
    return {
      reservationId,
      raffleId: RAFFLE,
      playerId,
      phase,
      numbers,
      amountMinor: PRICE * numbers.length,
      expiresAt: until,
    } as ClaimView;
  }

  #reservation(
    reservationId: string,
    events: ReadonlyArray<TaggedEvent>,
    at: number,
    said: { readonly commandId: string; readonly reply?: unknown } = {
      commandId: `~Step:${++this.#acts}`,
    },
  ): void {
    this.story.write("reservation", reservationId, { ...said, command: "Step", events, at });
  }
}

interface Line {
  readonly debit: string;
  readonly credit: string;
  readonly amount: number;
}

/** What a look shows, of numbers below eight. */
export const shown = (
  version: number,
  {
    mine = [],
    reserved = [],
    sold = [],
  }: Partial<Record<"mine" | "reserved" | "sold", ReadonlyArray<number>>>,
): Body => {
  const bitmap = (numbers: ReadonlyArray<number>) =>
    Buffer.from([numbers.reduce((byte, number) => byte | (1 << number), 0), 0]).toString("base64");
  return {
    state_version: version,
    numbers: mine.map((number) => ({ number })),
    bitmap: { reserved: bitmap(reserved), sold: bitmap(sold) },
  };
};
