/** Friends with wallets who do each other favors, in memory, on a clock that the test moves. */
import { expect } from "vitest";
import { favor } from "../../../entities/favor/entity.ts";
import {
  acceptFavor,
  declineFavor,
  offerFavor,
  repayFavor,
  withdrawFavor,
} from "../../../entities/favor/favor.ts";
import { intentDigest } from "../../../entities/intent.ts";
import type { Intent } from "../../../rpc/intent.ts";
import { wallet } from "../../../entities/wallet/entity.ts";
import { Favor, type FavorStatus } from "../../../rpc/favor.ts";
import type { FavorChangedBody, OfferFavorBody } from "../../../rpc/http/favor.ts";
import { Account, CommandId, FavorId, PlayerId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import type { Ask, Outcome } from "../../../src/actor/Ask.ts";
import type { EntityKey } from "../../../src/actor/Journal.ts";
import { MemoryJournal } from "../../../src/actor/MemoryJournal.ts";
import { audit } from "../../../src/audit/Audit.ts";
import { type Death, Life } from "../../support/Life.ts";
import { ManualClock } from "../../support/ManualClock.ts";
import { memoryBooks } from "../../support/MemoryBooks.ts";

export const GRANT = 100_000;
/** From the time that an alarm is due: the sweep that finds it, and the work of some steps. */
const WAKES_WITHIN_MS = 2_000;

/** The verbs that answer a favor. */
const ANSWERS = {
  accept: acceptFavor,
  decline: declineFavor,
  withdraw: withdrawFavor,
  repay: repayFavor,
};
export type AnswerVerb = keyof typeof ANSWERS;
type Answer = (
  ask: Ask,
  intent: Intent,
  favorId: FavorId,
) => Promise<Outcome<FavorChangedBody, { readonly _tag: string }>>;

const intentOf = (player: string, key: string): Intent => ({
  playerId: PlayerId.make(player),
  key,
  requestId: "r",
});

export class Circle {
  readonly journal = new MemoryJournal();
  readonly clock = new ManualClock();
  readonly players: ReadonlyArray<PlayerId>;
  /** Ids of all that was ever offered here. */
  readonly #favors = new Set<string>();
  #life: Life;

  private constructor(players: ReadonlyArray<string>) {
    this.players = players.map((player) => PlayerId.make(player));
    this.#life = this.#begin();
  }

  /** Each has the joining grant. */
  static async of(...players: ReadonlyArray<string>): Promise<Circle> {
    const circle = new Circle(players);
    for (const player of circle.players) {
      const open = {
        entityId: player,
        commandId: CommandId.make("open"),
        grantMinor: minor(GRANT),
      };
      await circle.settle(circle.ask(Wallet, "Open", open));
    }
    return circle;
  }

  get ask(): Ask {
    return this.#life.system.ask;
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
    return new Life({
      actors: [wallet, favor],
      journal: this.journal,
      clock: this.clock,
      hex: () => "00",
    });
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

  /** What a promise comes to without time passing; undefined when its process died first. */
  async settle<A>(promise: Promise<A>): Promise<A | undefined> {
    let value: A | undefined;
    void promise.then((settled) => (value = settled));
    await this.clock.settled();
    return value;
  }

  /** The id of the favor that this intent offers. */
  idOf(player: string, key: string): FavorId {
    return FavorId.make(`f_${intentDigest(intentOf(player, key))}`);
  }

  offer(player: string, key: string, body: OfferFavorBody) {
    this.#favors.add(this.idOf(player, key));
    return this.settle(offerFavor(this.ask, intentOf(player, key), body));
  }

  answer(verb: AnswerVerb, player: string, key: string, favorId: FavorId) {
    const answer: Answer = ANSWERS[verb];
    return this.settle(answer(this.ask, intentOf(player, key), favorId));
  }

  async status(favorId: FavorId): Promise<FavorStatus | undefined> {
    const read = await this.settle(this.ask(Favor, "GetFavor", { entityId: favorId }));
    return read?.ok === true ? read.value.status : undefined;
  }

  async wallet(player: string) {
    const read = await this.settle(this.ask(Wallet, "GetWallet", { entityId: player }));
    if (read?.ok !== true) throw new Error(`the wallet of ${player} does not answer`);
    return read.value;
  }

  /** What everyone has, held money included. */
  async totals(): Promise<ReadonlyArray<number>> {
    const wallets = await Promise.all(this.players.map((player) => this.wallet(player)));
    return wallets.map(({ balance }) => balance.totalMinor);
  }

  async deposit(player: string, amount: number, name: string): Promise<void> {
    const done = await this.settle(
      this.ask(Wallet, "Deposit", {
        entityId: player,
        commandId: CommandId.make(name),
        amountMinor: minor(amount),
        account: Account.make("provider:card:clearing"),
        ref: name,
      }),
    );
    expect(done?.ok).toBe(true);
  }

  /** What the ledger has on an account. */
  account(name: string): number {
    return [...(this.journal.tables.get("ledger")?.values() ?? [])].reduce(
      (sum, { amount, credit, debit }) =>
        sum + (credit === name ? Number(amount) : 0) - (debit === name ? Number(amount) : 0),
      0,
    );
  }

  async expectClean(): Promise<void> {
    const keys: ReadonlyArray<EntityKey> = [
      ...[...this.#favors].map((entityId) => ({ kind: "favor", entityId })),
      ...this.players.map((entityId) => ({ kind: "wallet", entityId })),
    ];
    const report = await audit(memoryBooks(this.journal, keys));
    expect(report.findings).toEqual([]);
  }

  /** The books agree, nobody's money is held and no favor has any. */
  async expectNothingHeld(): Promise<void> {
    await this.expectClean();
    for (const player of this.players) {
      const { balance, openHolds } = await this.wallet(player);
      expect(openHolds).toEqual([]);
      expect(balance.lockedMinor).toBe(0);
    }
    for (const favorId of this.#favors) expect(this.account(`favor:${favorId}`)).toBe(0);
  }
}
