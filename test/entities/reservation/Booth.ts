/**
 * A booth that sells a raffle's numbers: wallets, the raffle and its reservations in memory, on a clock that the test
 * moves, with a card provider that the test plays.
 */
import { expect } from "vitest";
import { intentDigest } from "../../../entities/intent.ts";
import { raffle } from "../../../entities/raffle/entity.ts";
import { broken as brokenRaffle } from "../../../entities/raffle/invariants.ts";
import { isAllReturned, type RaffleState } from "../../../entities/raffle/state.ts";
import { reservation } from "../../../entities/reservation/entity.ts";
import { broken as brokenReservation } from "../../../entities/reservation/invariants.ts";
import { payReservation } from "../../../entities/reservation/pay.ts";
import {
  addNumber,
  cancelReservation,
  getReservation,
  hearPayment,
  moveToCheckout,
  reservationIdOf,
  reserve,
} from "../../../entities/reservation/reservation.ts";
import { resolveRefund } from "../../../entities/reservation/resolve.ts";
import {
  accountBounds,
  paymentOf,
  type ReservationState,
} from "../../../entities/reservation/state.ts";
import { wallet } from "../../../entities/wallet/entity.ts";
import { broken as brokenWallet } from "../../../entities/wallet/invariants.ts";
import { CommandId, PaymentId, PlayerId, RaffleId, ReservationId } from "../../../rpc/id.ts";
import type { Intent } from "../../../rpc/intent.ts";
import { minor } from "../../../rpc/money.ts";
import type { ProviderName, RefundRemedy } from "../../../rpc/payment.ts";
import { Raffle } from "../../../rpc/raffle.ts";
import type { ProviderUnavailable } from "../../../rpc/reservation.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import type { Ask } from "../../../src/actor/Ask.ts";
import { MemoryJournal } from "../../../src/actor/MemoryJournal.ts";
import type { Row } from "../../../src/actor/Projection.ts";
import { auditedKind, EntityFold, ledgerLine } from "../../../src/audit/EntityFold.ts";
import type { ProviderEvent } from "../../../src/payments/PaymentProvider.ts";
import { WalletProvider } from "../../../src/payments/WalletProvider.ts";
import { type Death, Life } from "../../support/Life.ts";
import { ManualClock } from "../../support/ManualClock.ts";
import { storedReservation } from "../../support/storedReservation.ts";
import { ScriptedProvider } from "./ScriptedProvider.ts";

export const RAFFLE = RaffleId.make("spring");
export const GRANT = 100_000;
export const PRICE = 500;
export const SELECTION_MS = 600_000;
export const CHECKOUT_MS = 300_000;
const DRAW_IN_MS = 86_400_000;
/** From the time that an alarm is due: the sweep that finds it, and the work of some steps. */
const WAKES_WITHIN_MS = 1_100;
/** No look and no retry of a process is further away. */
const LONGEST_PAUSE_MS = 3_601_000;
const MAX_ROUNDS = 12;

/** The audit's word for an alarm that nobody looks at. */
const RINGS_IN_TIME = 0;

const NO_BEACON = { round: () => Promise.resolve(undefined) };

/** A reservation's end, money included. */
export type Ending = "sold and paid" | "not sold and not charged" | "not sold and refunded";

export class Booth {
  readonly journal = new MemoryJournal();
  readonly clock = new ManualClock();
  readonly card = new ScriptedProvider();
  readonly players = ["ada", "bob"].map((player) => PlayerId.make(player));
  readonly reservations = new Set<ReservationId>();
  readonly #folds = new Map<string, { readonly fold: EntityFold; entries: number }>();
  readonly #findings: Array<string> = [];
  #life: Life;
  #acts = 0;

  private constructor() {
    this.#life = this.#begin();
  }

  /** Players with their joining grant, and a raffle of ten numbers on sale. */
  static async open(): Promise<Booth> {
    const booth = new Booth();
    const { ask } = booth;
    for (const player of booth.players)
      void ask(Wallet, "Open", {
        entityId: player,
        commandId: CommandId.make("open"),
        grantMinor: minor(GRANT),
      });
    void ask(Raffle, "Create", {
      entityId: RAFFLE,
      commandId: CommandId.make("create"),
      terms: {
        title: "Spring raffle",
        description: "",
        ticketPriceMinor: minor(PRICE),
        totalNumbers: 10,
        drawAt: booth.clock.now() + DRAW_IN_MS,
        prizes: [{ name: "A car" }],
        organiserId: null,
        minSoldPercent: 0,
      },
      rules: {
        selectionMs: SELECTION_MS,
        checkoutMs: CHECKOUT_MS,
        feePerMille: 100,
        beacon: null,
      },
    });
    await booth.house("Publish", { serverSeed: "ab".repeat(32) });
    return booth;
  }

  get ask(): Ask {
    return this.#life.system.ask;
  }

  get isDead(): boolean {
    return this.#life.isOver;
  }

  /** From now on, the n-th commit is the process's last moment. */
  dieAt({ commit, written }: Death): void {
    this.#life.death = { commit: this.#life.commits + commit, written };
  }

  /** Whether it died. If so another process begins; if not, it is spared from now on. */
  goOn(): boolean {
    const died = this.#life.isOver;
    if (died) this.restart();
    this.#life.death = undefined;
    return died;
  }

  restart(): void {
    this.#life.isOver = true;
    this.#life = this.#begin();
  }

  #begin(): Life {
    const ports = {
      wallet: () => new WalletProvider(life.system.ask),
      sandbox_card: () => this.card.port(() => life.isOver),
      stripe: () => undefined,
    };
    const life: Life = new Life({
      actors: [wallet, raffle(NO_BEACON), reservation({ of: (name) => ports[name]() })],
      journal: this.journal,
      clock: this.clock,
      hex: () => "00",
    });
    return life;
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms);
    await this.clock.settled();
  }

  /** A long time passes in which nobody looks: nothing rings until it is over. */
  async skip(ms: number): Promise<void> {
    this.clock.jump(ms);
    await this.pass(WAKES_WITHIN_MS);
  }

  /** What a promise comes to without time passing; undefined when its process died first, or it has to wait. */
  async settle<A>(promise: Promise<A>): Promise<A | undefined> {
    let value: A | undefined;
    void promise.then((settled) => (value = settled));
    await this.clock.settled();
    return value;
  }

  /** What the house does about the raffle. */
  async house(tag: "Publish" | "Suspend" | "Resume" | "Close" | "Cancel", fields: object = {}) {
    const act = { entityId: RAFFLE, commandId: CommandId.make(`house:${++this.#acts}`) };
    const payload = { ...act, reason: "a test", serverSeed: "", ...fields };
    return this.settle(this.ask(Raffle, tag, payload));
  }

  reservationId(player: string, key: string): ReservationId {
    return reservationIdOf(RAFFLE, intentOf(player, key));
  }

  paymentId(player: string, key: string): PaymentId {
    return PaymentId.make(`p_${intentDigest(intentOf(player, key))}`);
  }

  reserve(player: string, key: string, numbers: ReadonlyArray<number>) {
    this.reservations.add(this.reservationId(player, key));
    return this.settle(reserve(this.ask, intentOf(player, key), RAFFLE, numbers));
  }

  add(player: string, key: string, id: ReservationId, number: number) {
    return this.settle(addNumber(this.ask, intentOf(player, key), id, number));
  }

  checkOut(player: string, key: string, id: ReservationId) {
    return this.settle(moveToCheckout(this.ask, intentOf(player, key), id));
  }

  cancel(player: string, key: string, id: ReservationId) {
    return this.settle(cancelReservation(this.ask, this.lookUp, intentOf(player, key), id));
  }

  get(player: string, id: ReservationId) {
    return this.settle(getReservation(this.ask, this.lookUp, PlayerId.make(player), id));
  }

  /** Asks to pay, and waits a second for the answer. */
  async pay(
    player: string,
    key: string,
    id: ReservationId,
    provider: ProviderName,
    unavailable: () => ProviderUnavailable | undefined = () => undefined,
  ) {
    const tools = {
      ask: this.ask,
      lookUp: this.lookUp,
      pause: (ms: number) =>
        new Promise<void>((resolve) => void this.clock.after(ms, () => resolve())),
    };
    const how = { provider, returnUrl: "https://booth.test/back", unavailable };
    const asked = payReservation(tools, intentOf(player, key), id, how);
    const answered = await this.settle(asked);
    if (answered !== undefined || this.isDead) return answered;
    await this.pass(1_000);
    return this.settle(asked);
  }

  /** What the house decides about a refund that was refused. */
  resolve(key: string, paymentId: PaymentId, remedy: RefundRemedy, reason = "a test") {
    const row = this.#rows("payment").find((one) => one["payment_id"] === paymentId);
    const owner = row && ReservationId.make(String(row["reservation_id"]));
    const reservationOf = () => Promise.resolve(owner);
    const body = { remedy, reason };
    return this.settle(
      resolveRefund(this.ask, reservationOf, intentOf("house", key), paymentId, body),
    );
  }

  /** A webhook arrives. */
  hear(event: ProviderEvent) {
    return this.settle(hearPayment(this.ask, "sandbox_card", event));
  }

  /** The table that the raffle's projection keeps of reservations. */
  readonly lookUp = (reservationId: ReservationId) =>
    Promise.resolve(storedReservation(this.journal, reservationId));

  #rows(table: string): ReadonlyArray<Row> {
    return [...(this.journal.tables.get(table)?.values() ?? [])];
  }

  /** What the ledger has on an account. */
  account(name: string): number {
    return this.#rows("ledger").reduce(
      (sum, { amount, credit, debit }) =>
        sum + (credit === name ? Number(amount) : 0) - (debit === name ? Number(amount) : 0),
      0,
    );
  }

  /**
   * An entity as its journal has it: folded, and compared with the ledger and its invariants. Each entry is folded once, but
   * `anew` all of them are, and the alarm is looked at too.
   */
  async #folded(kind: keyof typeof KINDS, entityId: string, anew = false): Promise<unknown> {
    const [loaded] = await this.journal.load([
      { kind, entityId, recentReplies: Number.MAX_SAFE_INTEGER, snapshotRevision: 1 },
    ]);
    if (loaded === undefined) throw new Error(`no journal of ${kind} ${entityId}`);
    const name = `${kind} ${entityId}`;
    const alarmDueAt = anew ? (loaded.alarmDueAt ?? null) : RINGS_IN_TIME;
    const known = anew ? undefined : this.#folds.get(name);
    const one = known ?? {
      fold: new EntityFold(
        KINDS[kind],
        entityId,
        { snapshot: undefined, alarmDueAt },
        (entity, sentence) => this.#findings.push(`${entity}: ${sentence}`),
      ),
      entries: 0,
    };
    this.#folds.set(name, one);
    const fresh = loaded.entries.slice(one.entries);
    one.entries = loaded.entries.length;
    const lines =
      fresh.length === 0
        ? []
        : this.#rows("ledger").filter(
            (row) => row["kind"] === kind && row["entity_id"] === entityId,
          );
    for (const entry of fresh)
      one.fold.add({
        kind,
        entityId,
        ...entry,
        lines: lines.filter((row) => row["version"] === entry.version).map(ledgerLine),
      });
    one.fold.finish();
    expect(this.#findings).toEqual([]);
    return one.fold.state;
  }

  async raffleState(): Promise<RaffleState> {
    return (await this.#folded("raffle", RAFFLE)) as RaffleState;
  }

  async state(id: ReservationId): Promise<ReservationState> {
    return (await this.#folded("reservation", id)) as ReservationState;
  }

  /** What has to be true at each moment, whatever is under way. */
  async expectSound(): Promise<void> {
    const { returned, sales } = await this.raffleState();
    const standing = sales.slice(returned, sales.count);
    const sold = standing.reduce((sum, { numbers }) => sum + numbers.length, 0);
    expect(this.account(`raffle:${RAFFLE}:escrow`), "the escrow").toBe(sold * PRICE);
    for (const player of this.players) await this.#folded("wallet", player);
    for (const id of this.reservations) {
      const state = await this.state(id);
      const { leastMinor, mostMinor } = accountBounds(state);
      const held = this.account(`reservation:${id}`);
      expect(held, `what is on the account of ${id}`).toBeGreaterThanOrEqual(leastMinor);
      expect(held, `what is on the account of ${id}`).toBeLessThanOrEqual(mostMinor);
      const sale = sales.find(id);
      if (state.boughtBy !== null) {
        expect(sale).toMatchObject({ paymentId: state.boughtBy });
        expect(sale?.numbers).toEqual(state.checkout?.numbers);
      }
      // What is sold was paid for, in both their eyes.
      if (sale !== undefined)
        expect(["succeeded", "refunding", "refunded", "refund_refused"]).toContain(
          paymentOf(state, sale.paymentId)?.status,
        );
    }
    this.#expectBooksFollow();
  }

  /** The house's ledger follows the provider's books: it never has what did not happen there, and no refund without it. */
  #expectBooksFollow(): void {
    const clearing = "provider:sandbox_card:clearing";
    const lines = this.#rows("ledger");
    for (const [paymentId, { bounced, charges, refunds }] of this.card.books) {
      const about = lines.filter((line) => line["ref"] === paymentId);
      const came = about.filter(({ debit }) => debit === clearing).length;
      const went = about.filter(({ credit }) => credit === clearing).length;
      expect(charges).toBeLessThanOrEqual(1);
      const made = refunds.size + bounced;
      const isHere = came - went === 1;
      expect(isHere || came === went, "what came is here or went").toBe(true);
      if (came > 0) expect(charges, "what the house has was taken").toBe(1);
      if (made > 0) expect(came, "what is given back was here").toBeGreaterThan(0);
      if (went > 0) expect(made, "what the house gave back is back").toBeGreaterThan(0);
      // Only of what has come back since may the house believe that it is there.
      if (bounced === 0 && came > 0 && !isHere) expect(refunds.size).toBe(1);
    }
  }

  /** Time passes until nothing is under way any more, or the process dies. */
  async quiet(): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round++) {
      await this.skip(LONGEST_PAUSE_MS);
      if (this.isDead || (await this.#isQuiet())) return;
    }
    throw new Error("something goes on for ever");
  }

  async #isQuiet(): Promise<boolean> {
    for (const id of this.reservations) {
      const state = await this.state(id);
      if (state.isFreeing || state.payments.some((one) => one.isDue || one.lookAt !== null))
        return false;
      if (state.checkout !== null && state.phase === "checkout") return false;
    }
    const state = await this.raffleState();
    return state.about?.status !== "cancelled" || isAllReturned(state);
  }

  /** Everything has come to its end: the books agree, nothing is held, and the reservation ended in one of three ways. */
  async ending(id: ReservationId): Promise<Ending> {
    await this.expectSound();
    await this.#folded("raffle", RAFFLE, true);
    for (const one of this.reservations) await this.#folded("reservation", one, true);
    expect(this.account("provider:sandbox_card:clearing") + this.card.netMinor).toBe(0);
    for (const one of this.reservations) expect(this.account(`reservation:${one}`)).toBe(0);
    for (const player of this.players) {
      const read = await this.settle(this.ask(Wallet, "GetWallet", { entityId: player }));
      if (read?.ok !== true) throw new Error(`the wallet of ${player} does not answer`);
      expect(read.value.openHolds).toEqual([]);
    }
    const { returned, sales } = await this.raffleState();
    const sale = sales.slice(returned, sales.count).find((one) => one.reservationId === id);
    const { boughtBy, payments, phase } = await this.state(id);
    expect(phase === "sold").toBe(sale !== undefined);
    const kept = payments.filter(({ status }) => status === "succeeded");
    expect(kept.map(({ paymentId }) => paymentId)).toEqual(phase === "sold" ? [boughtBy] : []);
    for (const { paymentId, status } of payments) {
      const booked = this.card.books.get(paymentId);
      expect(["succeeded", "refunded", "failed", "cancelled"]).toContain(status);
      if (booked === undefined) continue;
      const net = booked.charges - booked.refunds.size;
      expect(net, `${paymentId} is ${status}`).toBe(status === "succeeded" ? 1 : 0);
    }
    if (phase === "sold") return "sold and paid";
    return payments.some(({ status }) => status === "refunded")
      ? "not sold and refunded"
      : "not sold and not charged";
  }

  async totals(): Promise<ReadonlyArray<number>> {
    const reads = this.players.map((entityId) => this.ask(Wallet, "GetWallet", { entityId }));
    const wallets = await this.settle(Promise.all(reads));
    return (wallets ?? []).map((read) => (read.ok ? read.value.balance.totalMinor : Number.NaN));
  }
}

const KINDS = {
  wallet: auditedKind(wallet, brokenWallet),
  raffle: auditedKind(raffle(NO_BEACON), brokenRaffle),
  reservation: auditedKind(reservation({ of: () => undefined }), brokenReservation),
};

const intentOf = (player: string, key: string): Intent => ({
  playerId: PlayerId.make(player),
  key,
  requestId: "r",
});
