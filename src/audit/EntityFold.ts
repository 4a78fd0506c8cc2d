/** One entity folded again from its journal, and compared with everything else that was stored about it. */
import { ParseResult, Schema } from "effect";
import type { AnyDurableActor } from "../actor/DurableActor.ts";
import type { Projection, Row } from "../actor/Projection.ts";
import { entityName, type LedgerLine, type StoredEntry, type StoredSnapshot } from "./Books.ts";
import { canonicalText } from "./Canonical.ts";

/** A kind of entity with what is always true of one. */
export interface AuditedKind {
  readonly actor: AnyDurableActor;
  readonly broken: (state: unknown) => ReadonlyArray<string>;
  readonly decodeEvent: (encoded: unknown) => unknown;
  readonly decodeState: (encoded: unknown) => unknown;
  readonly textOf: (state: unknown) => string;
}

/** Takes a kind's codecs from its actor; `broken` is its own `invariants.ts`. */
export const auditedKind = <State>(
  actor: AnyDurableActor,
  broken: (state: State) => ReadonlyArray<string>,
): AuditedKind => ({
  actor,
  // The actor has forgotten the type of its state: see `AnyDurableActor`.
  broken: broken as (state: unknown) => ReadonlyArray<string>,
  decodeEvent: Schema.decodeUnknownSync(actor.event),
  decodeState: Schema.decodeUnknownSync(actor.snapshots.schema),
  textOf: canonicalText(actor.snapshots.schema),
});

/** What the runtime writes for itself is named so; nobody waits for a reply to it. */
const isInternal = (commandId: string) => commandId.startsWith("~");

export class EntityFold {
  readonly kind: string;
  readonly entityId: string;
  readonly #audited: AuditedKind;
  readonly #snapshot: StoredSnapshot | undefined;
  readonly #alarmDueAt: number | null;
  readonly #find: (entity: string, sentence: string) => void;
  readonly #wrote: (projection: Projection, row: Row) => void;
  #state: unknown;
  #version = 0;
  /** A journal that cannot be folded any further: what follows from its state is not looked at. */
  #isBroken = false;
  /** A line of the ledger was found that moves what it should and tells it otherwise. */
  #isOtherwiseTold = false;

  constructor(
    audited: AuditedKind,
    entityId: string,
    stored: { readonly snapshot: StoredSnapshot | undefined; readonly alarmDueAt: number | null },
    find: (entity: string, sentence: string) => void,
    /** Told of each row of another table than the ledger that an entry has written. */
    wrote: (projection: Projection, row: Row) => void = () => undefined,
  ) {
    this.#audited = audited;
    this.kind = audited.actor.contract.kind;
    this.entityId = entityId;
    this.#snapshot = stored.snapshot;
    this.#alarmDueAt = stored.alarmDueAt;
    this.#find = find;
    this.#wrote = wrote;
    this.#state = audited.actor.decider.initial(entityId);
  }

  /** Where the journal leads; undefined when it could not be folded. */
  get state(): unknown {
    return this.#isBroken ? undefined : this.#state;
  }

  find(sentence: string): void {
    this.#find(entityName(this.kind, this.entityId), sentence);
  }

  add(entry: StoredEntry): void {
    const { commandId, reply, version } = entry;
    if (version !== this.#version + 1)
      this.find(`its journal has no version ${this.#version + 1} before version ${version}`);
    this.#version = version;
    if (reply === null && !isInternal(commandId))
      this.find(`command ${commandId} at version ${version} has no stored reply`);
    if (this.#isBroken) return;
    const owed = this.#fold(entry);
    if (owed === undefined) return;
    this.#compareLines(version, owed, entry.lines);
    if (version === this.#snapshot?.version) this.#compareSnapshot(this.#snapshot);
  }

  finish(): void {
    const { actor, broken } = this.#audited;
    if (this.#snapshot !== undefined && this.#snapshot.version > this.#version)
      this.find(`its snapshot is of version ${this.#snapshot.version}, past its journal's end`);
    if (this.#isBroken) return;
    for (const sentence of broken(this.#state)) this.find(`it is not true that ${sentence}`);
    const dueAt = actor.alarm?.dueAt(this.#state);
    if (dueAt !== undefined && (this.#alarmDueAt === null || this.#alarmDueAt > dueAt))
      this.find(`it wants to be woken at ${dueAt}, and its alarm says ${this.#alarmDueAt}`);
    if (actor.process?.outstanding(this.#state) === true && this.#alarmDueAt === null)
      this.find("it has work outstanding, and no alarm would ever wake it for that");
  }

  /** The ledger lines that the entry should have written; undefined when it cannot be folded. */
  #fold(entry: StoredEntry): ReadonlyArray<LedgerLine> | undefined {
    const { actor, decodeEvent } = this.#audited;
    const { at, commandId, version } = entry;
    const meta = { at, commandId, entityId: this.entityId };
    const lines: Array<LedgerLine> = [];
    try {
      for (const encoded of entry.events) {
        const event = decodeEvent(encoded);
        this.#state = actor.decider.evolve(this.#state, event);
        for (const { projection, row } of actor.project(event, this.#state, meta, version))
          if (projection.table === "ledger") lines.push(ledgerLine(row));
          else this.#wrote(projection, row);
      }
      return lines;
    } catch (cause) {
      this.#isBroken = true;
      this.find(`its journal cannot be folded at version ${version}: ${reasonOf(cause)}`);
      return undefined;
    }
  }

  #compareLines(
    version: number,
    owed: ReadonlyArray<LedgerLine>,
    stored: ReadonlyArray<LedgerLine>,
  ): void {
    // Not by their place: after one entry that is wrong, the places of all later ones are others.
    const missing = [...owed];
    for (const line of stored) {
      const moves = sentenceOf(line);
      const isSame = (one: LedgerLine) => sentenceOf(one) === moves;
      const exact = missing.findIndex((one) => isSame(one) && one.details === line.details);
      const place = exact >= 0 ? exact : missing.findIndex(isSame);
      if (place < 0) {
        this.find(`at version ${version} the ledger has ${moves}, and the journal does not`);
        continue;
      }
      const [found] = missing.splice(place, 1);
      // One line that was wrong makes the balance of every later one another: the first tells.
      if (exact < 0 && !this.#isOtherwiseTold) {
        this.#isOtherwiseTold = true;
        this.find(
          `at version ${version} the ledger says of ${moves}: ${line.details}, and the journal: ${found?.details}`,
        );
      }
    }
    for (const line of missing)
      this.find(
        `at version ${version} the journal has ${sentenceOf(line)}, and the ledger does not`,
      );
  }

  #compareSnapshot({ revision, state, version }: StoredSnapshot): void {
    const { actor, decodeState, textOf } = this.#audited;
    // One of another revision is left unread by the runtime too.
    if (revision !== actor.snapshots.revision) return;
    let text: string;
    try {
      text = textOf(decodeState(state));
    } catch (cause) {
      return this.find(`its snapshot of version ${version} cannot be read: ${reasonOf(cause)}`);
    }
    if (text !== textOf(this.#state))
      this.find(`its snapshot of version ${version} is not what its journal leads to`);
  }
}

/** In one line: a schema explains itself in a tree. */
const reasonOf = (cause: unknown): string => {
  if (!ParseResult.isParseError(cause)) return String(cause);
  const [issue] = ParseResult.ArrayFormatter.formatErrorSync(cause);
  return `${issue?.path.join(".")}: ${issue?.message}`;
};

const sentenceOf = ({ amountMinor, credit, debit }: LedgerLine): string =>
  `${amountMinor} from ${debit} to ${credit}`;

/** A row of the ledger, from the journal or from the database, where numbers may come as text. */
export const ledgerLine = (row: Readonly<Record<string, unknown>>): LedgerLine => ({
  version: Number(row["version"]),
  debit: String(row["debit"]),
  credit: String(row["credit"]),
  amountMinor: Number(row["amount"]),
  details: `${row["purpose"]} ${row["ref"]} at ${row["at"]}, leaving ${row["balance_total"]} with ${row["balance_locked"]} locked`,
});
