/**
 * The audit: everything that is stored, folded and added up again, and compared. It holds of a sound database at every
 * moment, under load too, when it is read as it was at that moment:
 *
 * - each entity's versions follow one another, and each command that came from outside has its reply;
 * - its events lead to a state without contradictions, the one that its snapshot has;
 * - they wrote the ledger's lines, each as it stands there and no other, so that the accounts have what the state says;
 * - and the rows that players and the house read instead, each as the last entry about it left it;
 * - an entity that waits for a time, or owes work, has an alarm that will wake it;
 * - held money belongs to open bets, casts, offers and payments, and these have their money held;
 * - a number belongs to nobody, to one reservation or to one buyer, and raffle, reservation and their tables say the same of it;
 * - in a raffle's escrow is what its sold numbers cost, on a reservation's account what it has paid and not bought for;
 * - a pool is empty unless its race is being paid, a favor's account unless it is paying, money on its way has a sender,
 *   and all accounts sum to zero.
 *
 * A refund that its provider refuses is a finding too, though nothing is wrong in the books: someone has to decide. So is a
 * reservation that does not answer when its raffle was cancelled: someone has to look.
 *
 * Memory is bounded by one page of the journal, the largest entity, and what is open: bets, casts, offers, transfers,
 * payments by wallet, and sales being taken back.
 */
import { favor } from "../../entities/favor/entity.ts";
import { broken as brokenFavor } from "../../entities/favor/invariants.ts";
import type { FavorState } from "../../entities/favor/state.ts";
import { handFeed } from "../../entities/handFeed/entity.ts";
import { broken as brokenHandFeed } from "../../entities/handFeed/invariants.ts";
import { handPlayer } from "../../entities/handPlayer/entity.ts";
import { broken as brokenHandPlayer } from "../../entities/handPlayer/invariants.ts";
import { lobby } from "../../entities/lobby/entity.ts";
import { broken as brokenLobby } from "../../entities/lobby/invariants.ts";
import type { LobbyState } from "../../entities/lobby/state.ts";
import { available, held } from "../../entities/ledger.ts";
import { raffle } from "../../entities/raffle/entity.ts";
import { broken as brokenRaffle } from "../../entities/raffle/invariants.ts";
import type { RaffleState } from "../../entities/raffle/state.ts";
import { reservation } from "../../entities/reservation/entity.ts";
import { broken as brokenReservation } from "../../entities/reservation/invariants.ts";
import type { ReservationState } from "../../entities/reservation/state.ts";
import { wallet } from "../../entities/wallet/entity.ts";
import { broken as brokenWallet } from "../../entities/wallet/invariants.ts";
import type { WalletState } from "../../entities/wallet/state.ts";
import { type Books, entityName, type Page, type StoredEntry } from "./Books.ts";
import { auditedKind, EntityFold } from "./EntityFold.ts";
import { Rows } from "./Rows.ts";
import { Stakes } from "./Stakes.ts";
import { Tickets } from "./Tickets.ts";

/** Enough to see what is wrong; a database with more is wrong in the same way many times. */
const MAX_FINDINGS = 200;

/** They are folded here and never run: nobody asks a beacon or a provider. */
const raffles = raffle({ round: () => Promise.resolve(undefined) });
const reservations = reservation({ of: () => undefined });

const KINDS = new Map([
  [favor.contract.kind, auditedKind(favor, brokenFavor)],
  [handFeed.contract.kind, auditedKind(handFeed, brokenHandFeed)],
  [handPlayer.contract.kind, auditedKind(handPlayer, brokenHandPlayer)],
  [lobby.contract.kind, auditedKind(lobby, brokenLobby)],
  [raffles.contract.kind, auditedKind(raffles, brokenRaffle)],
  [reservations.contract.kind, auditedKind(reservations, brokenReservation)],
  [wallet.contract.kind, auditedKind(wallet, brokenWallet)],
]);

/** One thing that is wrong: with what, and in a sentence what. */
export interface Finding {
  readonly entity: string;
  readonly sentence: string;
}

export interface Report {
  readonly entities: ReadonlyMap<string, number>;
  readonly entries: number;
  readonly lines: number;
  /** The first of them; `found` counts all. */
  readonly findings: ReadonlyArray<Finding>;
  readonly found: number;
}

export interface Progress {
  readonly entities: number;
  readonly entries: number;
  readonly found: number;
}

class Audit {
  readonly findings: Array<Finding> = [];
  found = 0;
  readonly entities = new Map<string, number>();
  entries = 0;
  lines = 0;
  lastAt = 0;
  readonly stakes = new Stakes((entity, sentence) => this.find(entity, sentence));
  readonly tickets = new Tickets((entity, sentence) => this.find(entity, sentence));
  readonly rows = new Rows((entity, sentence) => this.find(entity, sentence));
  #fold: EntityFold | undefined;
  /** The entity whose entries are being read. */
  #name = "";
  #wallets: Array<{ readonly fold: EntityFold; readonly state: WalletState }> = [];

  find(entity: string, sentence: string): void {
    this.found++;
    if (this.findings.length < MAX_FINDINGS) this.findings.push({ entity, sentence });
  }

  page(page: Page): void {
    for (const entry of page.entries) {
      this.entries++;
      this.lines += entry.lines.length;
      this.lastAt = Math.max(this.lastAt, entry.at);
      this.#foldOf(entry, page)?.add(entry);
    }
  }

  /** The wallets that have been folded since the last call, with their balance by the journal. */
  takeWallets() {
    return this.#wallets.splice(0);
  }

  finishEntity(): void {
    const fold = this.#fold;
    this.#fold = undefined;
    if (fold === undefined) return;
    fold.finish();
    const { entityId, kind, state } = fold;
    this.rows.ends(state !== undefined);
    if (state === undefined) return;
    if (kind === favor.contract.kind) this.stakes.favor(entityId, state as FavorState);
    if (kind === lobby.contract.kind) this.stakes.lobby(entityId, state as LobbyState);
    if (kind === raffles.contract.kind) this.tickets.raffle(entityId, state as RaffleState);
    if (kind === reservations.contract.kind) {
      this.stakes.reservation(entityId, state as ReservationState);
      this.tickets.reservation(entityId, state as ReservationState);
    }
    if (kind !== wallet.contract.kind) return;
    this.stakes.wallet(entityId, state as WalletState);
    this.#wallets.push({ fold, state: state as WalletState });
  }

  #foldOf({ entityId, kind }: StoredEntry, { alarms, snapshots }: Page): EntityFold | undefined {
    const name = entityName(kind, entityId);
    if (this.#name === name) return this.#fold;
    this.finishEntity();
    this.#name = name;
    this.entities.set(kind, (this.entities.get(kind) ?? 0) + 1);
    const audited = KINDS.get(kind);
    if (audited === undefined) {
      this.find(name, "this release knows no such kind of entity");
      this.rows.ends(false);
      return undefined;
    }
    const stored = { snapshot: snapshots.get(name), alarmDueAt: alarms.get(name) ?? null };
    this.#fold = new EntityFold(
      audited,
      entityId,
      stored,
      (entity, sentence) => this.find(entity, sentence),
      (projection, row) => this.rows.wrote(kind, entityId, projection, row),
    );
    return this.#fold;
  }
}

/** Audits all of `books`. Rejects only when they cannot be read. */
export const audit = async (
  books: Books,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Report> => {
  const it = new Audit();
  const progress = () => {
    const entities = [...it.entities.values()].reduce((sum, count) => sum + count, 0);
    onProgress({ entities, entries: it.entries, found: it.found });
  };
  for await (const page of books.pages()) {
    it.page(page);
    await it.rows.compare(books);
    await it.tickets.compare(books);
    await compareBalances(books, it);
    progress();
  }
  it.finishEntity();
  await it.rows.compare(books);
  await it.rows.finish(books);
  await it.tickets.compare(books);
  await compareBalances(books, it);
  for await (const { account, balanceMinor } of books.openAccounts())
    it.stakes.openAccount(account, balanceMinor);
  for await (const bet of books.acceptedBets()) it.stakes.acceptedBet(bet);
  for await (const { entity, sentence } of books.strays()) it.find(entity, sentence);
  it.stakes.finish(it.lastAt);
  it.tickets.finish((paymentId) => it.stakes.isHeld(paymentId), it.lastAt);
  const total = await books.total();
  if (total !== 0) it.find("ledger", `all accounts together have ${total}, not 0`);
  progress();
  const { entities, entries, findings, found, lines } = it;
  return { entities, entries, lines, findings, found };
};

const compareBalances = async (books: Books, it: Audit): Promise<void> => {
  const wallets = it.takeWallets();
  if (wallets.length === 0) return;
  const balances = await books.balances(
    wallets.flatMap(({ fold }) => [available(fold.entityId), held(fold.entityId)]),
  );
  for (const { fold, state } of wallets) {
    const owed = [
      [available(fold.entityId), state.totalMinor - state.lockedMinor],
      [held(fold.entityId), state.lockedMinor],
    ] as const;
    for (const [account, byJournal] of owed) {
      const byLedger = balances.get(account) ?? 0;
      if (byLedger !== byJournal)
        fold.find(
          `the ledger has ${byLedger} on ${account}, and its journal leads to ${byJournal}: a drift of ${byLedger - byJournal}`,
        );
    }
  }
};
