/**
 * Keeps the books beside the journal: each commit is folded when it is written, and what must be true of every prefix of the
 * journal is looked at there and then. So it knows, at any moment, all that anyone may have been told.
 */
import { broken as brokenFavor } from "../../entities/favor/invariants.ts";
import { available, held } from "../../entities/ledger.ts";
import { broken as brokenLobby } from "../../entities/lobby/invariants.ts";
import { broken as brokenRaffle } from "../../entities/raffle/invariants.ts";
import { broken as brokenReservation } from "../../entities/reservation/invariants.ts";
import { broken as brokenWallet } from "../../entities/wallet/invariants.ts";
import type { WalletState } from "../../entities/wallet/state.ts";
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { Append, EntityKey, JournalEntry, StoredReply } from "../../src/actor/Journal.ts";
import type { Entry, TaggedEvent } from "../chaos/Journal.ts";
import { NumberBook, type Owner } from "../chaos/NumberBook.ts";

type Broken = (state: never) => ReadonlyArray<string>;
const BROKEN: Readonly<Record<string, Broken>> = {
  wallet: brokenWallet,
  lobby: brokenLobby,
  favor: brokenFavor,
  raffle: brokenRaffle,
  reservation: brokenReservation,
};

/** On these is only what has come to them before. */
const NEVER_SHORT = /^(favor|transfer|reservation|raffle):/;

interface Folded extends EntityKey {
  readonly actor: AnyDurableActor;
  state: unknown;
  version: number;
  readonly replies: Map<string, StoredReply | null>;
  /** The frames that its events make, by version. */
  readonly frames: Map<number, string>;
  topicVersion: number;
  /** Of a raffle: whose the numbers are, and whose they were at each version of its topic. */
  readonly numbers: NumberBook;
  readonly ownersAt: Map<number, ReadonlyMap<number, Owner>>;
}

export class Bookkeeper {
  readonly #actors: ReadonlyMap<string, AnyDurableActor>;
  readonly #fail: (sentence: string) => void;
  readonly #entities = new Map<string, Folded>();
  readonly #accounts = new Map<string, number>();
  #total = 0;
  /** All that was written, in the order in which it was. */
  readonly journal: Array<Entry> = [];

  /** `actors` are the product's own, whatever it is that runs. */
  constructor(actors: ReadonlyArray<AnyDurableActor>, fail: (sentence: string) => void) {
    this.#actors = new Map(actors.map((actor) => [actor.contract.kind, actor]));
    this.#fail = fail;
  }

  get keys(): ReadonlyArray<EntityKey> {
    return [...this.#entities.values()];
  }

  /** The state of an entity as the journal has it; undefined before its first entry. */
  stateOf<State>(kind: string, entityId: string): State | undefined {
    return this.#entities.get(nameOf({ kind, entityId }))?.state as State | undefined;
  }

  /** All states of a kind. */
  *statesOf<State>(kind: string): Generator<readonly [entityId: string, state: State]> {
    for (const entity of this.#entities.values())
      if (entity.kind === kind) yield [entity.entityId, entity.state as State];
  }

  /** The reply that is stored for a command; undefined when it is in no journal. */
  replyTo(key: EntityKey, commandId: string): StoredReply | null | undefined {
    return this.#entities.get(nameOf(key))?.replies.get(commandId);
  }

  /** The text of a topic's frame by the journal. */
  frameOf(key: EntityKey, version: number): string | undefined {
    return this.#entities.get(nameOf(key))?.frames.get(version);
  }

  /** Whose the numbers of a raffle were at a version of its topic; undefined when it had none such. */
  ownersAt(raffleId: string, version: number): ReadonlyMap<number, Owner> | undefined {
    const key = { kind: "raffle", entityId: raffleId };
    return this.#entities.get(nameOf(key))?.ownersAt.get(version);
  }

  /** Claims whose time was up by then and that nobody has ended. */
  overdueClaims(raffleId: string, at: number): ReadonlyArray<string> {
    const { numbers } = this.#entities.get(nameOf({ kind: "raffle", entityId: raffleId })) ?? {};
    return [...(numbers?.until ?? [])].flatMap(([id, until]) => (until <= at ? [id] : []));
  }

  balanceOf(account: string): number {
    return this.#accounts.get(account) ?? 0;
  }

  topicVersionOf(key: EntityKey): number {
    return this.#entities.get(nameOf(key))?.topicVersion ?? 0;
  }

  committed(batch: ReadonlyArray<Append>): void {
    const changed = new Set<Folded>();
    for (const { entry, rows } of batch) {
      this.journal.push(written(entry, rows));
      const entity = this.#entity(entry);
      this.#fold(entity, entry);
      if (entry.events.length > 0) changed.add(entity);
      for (const { projection, row } of rows) if (projection.table === "ledger") this.#post(row);
    }
    if (this.#total !== 0) this.#fail(`the ledger sums to ${this.#total}`);
    for (const entity of changed) this.#compare(entity);
  }

  #fold(entity: Folded, entry: JournalEntry): void {
    const name = nameOf(entry);
    if (entry.version !== entity.version + 1)
      this.#fail(`${name} has version ${entry.version} after version ${entity.version}`);
    entity.version = entry.version;
    if (entity.replies.has(entry.commandId))
      this.#fail(`${name} carried out ${entry.commandId} a second time, at ${entry.version}`);
    entity.replies.set(entry.commandId, entry.reply);
    const { decider, topic } = entity.actor;
    try {
      for (const event of entry.events) {
        entity.state = decider.evolve(entity.state, event);
        if (entry.kind === "raffle")
          for (const sentence of entity.numbers.apply(event as TaggedEvent))
            this.#fail(`${name}: ${sentence}`);
        for (const { frame, version } of topic?.frames(event, entity.state, entry) ?? []) {
          if (version !== entity.topicVersion + 1)
            this.#fail(`${name} has frame ${version} after frame ${entity.topicVersion}`);
          entity.topicVersion = version;
          entity.frames.set(version, JSON.stringify(frame));
        }
        entity.topicVersion = topic?.version(entity.state) ?? 0;
        entity.ownersAt.set(entity.topicVersion, entity.numbers.owners);
      }
    } catch (cause) {
      this.#fail(`${name} cannot be folded at version ${entry.version}: ${String(cause)}`);
    }
  }

  #post(row: Readonly<Record<string, unknown>>): void {
    const amount = Number(row["amount"]);
    const move = (account: string, by: number) => {
      const balance = this.balanceOf(account) + by;
      this.#accounts.set(account, balance);
      this.#total += by;
      if (balance < 0 && NEVER_SHORT.test(account)) this.#fail(`${balance} is on ${account}`);
    };
    if (!Number.isSafeInteger(amount) || amount <= 0) this.#fail(`a transfer of ${amount}`);
    move(String(row["debit"]), -amount);
    move(String(row["credit"]), amount);
  }

  #compare({ entityId, kind, state }: Folded): void {
    for (const sentence of BROKEN[kind]?.(state as never) ?? [])
      this.#fail(`${kind} ${entityId}: it is not true that ${sentence}`);
    if (kind !== "wallet") return;
    const { lockedMinor, totalMinor } = state as WalletState;
    if (
      this.balanceOf(available(entityId)) !== totalMinor - lockedMinor ||
      this.balanceOf(held(entityId)) !== lockedMinor
    )
      this.#fail(`the ledger and the wallet of ${entityId} disagree`);
  }

  #entity(key: EntityKey): Folded {
    const name = nameOf(key);
    let entity = this.#entities.get(name);
    if (entity === undefined) {
      const actor = this.#actors.get(key.kind);
      if (actor === undefined) throw new Error(`no kind ${key.kind}`);
      entity = {
        kind: key.kind,
        entityId: key.entityId,
        actor,
        state: actor.decider.initial(key.entityId),
        version: 0,
        replies: new Map(),
        frames: new Map(),
        topicVersion: 0,
        numbers: new NumberBook(),
        ownersAt: new Map(),
      };
      this.#entities.set(name, entity);
    }
    return entity;
  }
}

const nameOf = ({ entityId, kind }: EntityKey) => `${kind} ${entityId}`;

/** As the history checker reads it. */
const written = (
  { at, command, commandId, entityId, events, kind, reply, version }: JournalEntry,
  rows: Append["rows"],
): Entry => ({
  kind,
  entityId,
  version,
  commandId,
  command,
  events: events as ReadonlyArray<TaggedEvent>,
  reply: reply as Entry["reply"],
  at,
  lines: rows.flatMap(({ projection, row }) =>
    projection.table === "ledger"
      ? [
          {
            debit: String(row["debit"]),
            credit: String(row["credit"]),
            amount: Number(row["amount"]),
          },
        ]
      : [],
  ),
});
