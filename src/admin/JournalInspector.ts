/**
 * Looks into entities by their journal, and speaks to them as anyone does: by `ask`. What it shows of a state is folded
 * from the journal when it is asked for, so it needs nothing of the process that has the entity in memory, and cannot
 * disturb it.
 */
import { Either } from "effect";
import type pg from "pg";
import { fingerprint, intentDigest } from "../../entities/intent.ts";
import type { AnyContract } from "../../rpc/contract.ts";
import { IdempotencyKeyReused, Unavailable } from "../../rpc/failure.ts";
import {
  EntityNotFound,
  type JournalEntryBody,
  KindNotFound,
  MessageNotFound,
  VersionNotFound,
} from "../../rpc/http/admin.ts";
import { ValidationFailed } from "../../rpc/http/failure.ts";
import { branded, type PlayerId } from "../../rpc/id.ts";
import type { AskOptions, Outcome } from "../actor/Ask.ts";
import type { StoredReply } from "../actor/Journal.ts";
import type { AuditedKind } from "../audit/EntityFold.ts";
import { failure, success } from "../gateway/Answer.ts";
import { fieldProblems } from "../gateway/FieldProblems.ts";
import type { AdminMessage, Inspector } from "../gateway/Inspector.ts";
import { isoTime } from "../gateway/Wire.ts";
import { hideSecrets } from "./hideSecrets.ts";
import { InspectedKind, rejectionBody } from "./InspectedKind.ts";
import { JournalReader, type ReadEntry } from "./JournalReader.ts";
import { unfold } from "./Unfolding.ts";

/** Entities of a kind that are counted; each costs a look into an index, so all together some 50 ms. */
const MAX_COUNTED = 10_000;

/** `Ask` where the contract is known only when it runs: the payload has been decoded by the contract's own schema. */
export type AskAnything = (
  contract: AnyContract,
  tag: string,
  payload: unknown,
  options: AskOptions,
) => Promise<Outcome<unknown, unknown>>;

export interface JournalInspectorOptions {
  readonly kinds: Iterable<AuditedKind>;
  readonly pool: pg.Pool;
  readonly ask: AskAnything;
}

export class JournalInspector implements Inspector {
  readonly #kinds: ReadonlyMap<string, InspectedKind>;
  readonly #reader: JournalReader;
  readonly #ask: AskAnything;

  constructor({ ask, kinds, pool }: JournalInspectorOptions) {
    this.#kinds = new Map(
      [...kinds].map((audited) => {
        const kind = new InspectedKind(audited);
        return [kind.name, kind];
      }),
    );
    this.#reader = new JournalReader(pool);
    this.#ask = ask;
  }

  readonly has = (kind: string) => this.#kinds.has(kind);

  readonly isQuery = (kind: string, tag: string) =>
    this.#kinds.get(kind)?.messages.get(tag)?.isQuery === true;

  readonly kinds: Inspector["kinds"] = () =>
    Promise.all(
      [...this.#kinds.values()].map(async (kind) => {
        const counted = await this.#reader.count(kind.name, MAX_COUNTED);
        return {
          ...kind.forms,
          entities: Math.min(counted, MAX_COUNTED),
          entities_are_more: counted > MAX_COUNTED,
        };
      }),
    );

  readonly entities: Inspector["entities"] = async (kind, page) => {
    if (!this.has(kind)) return failure(new KindNotFound({ kind }));
    // One more than fits tells whether there is another page.
    const found = await this.#reader.entities(kind, { ...page, limit: page.limit + 1 });
    const rows = found.slice(0, page.limit);
    return success({
      entities: rows.map(({ at, entityId, version }) => ({
        entity_id: entityId,
        version,
        at: isoTime(at),
      })),
      next_after: found.length > rows.length ? (rows.at(-1)?.entityId ?? null) : null,
    });
  };

  readonly entity: Inspector["entity"] = async (key, asked) => {
    const kind = this.#kinds.get(key.kind);
    if (kind === undefined) return failure(new KindNotFound({ kind: key.kind }));
    const { actor } = kind.audited;
    const head = await this.#reader.head(key, asked, actor.snapshots.revision);
    if (head === undefined) return failure(new EntityNotFound(key));
    const { alarmDueAt, at, newestVersion, snapshot } = head;
    if (at === undefined) return failure(new VersionNotFound({ newestVersion }));
    const version = asked ?? newestVersion;
    const { broken, state } = await unfold(
      kind.audited,
      { entityId: key.entityId, snapshot },
      (after) => this.#reader.pages(key, after, version),
    );
    return success({
      kind: key.kind,
      entity_id: key.entityId,
      version,
      at: isoTime(at),
      newest_version: newestVersion,
      state: state === undefined ? null : hideSecrets(kind.json(state)),
      broken,
      outstanding: state !== undefined && actor.process?.outstanding(state) === true,
      alarm_due_at: alarmDueAt === undefined ? null : isoTime(alarmDueAt),
    });
  };

  readonly journal: Inspector["journal"] = async (key, page) => {
    const kind = this.#kinds.get(key.kind);
    if (kind === undefined) return failure(new KindNotFound({ kind: key.kind }));
    const entries = await this.#reader.entries(key, page);
    if (entries.length === 0 && page.before === undefined) return failure(new EntityNotFound(key));
    const oldest = entries.at(-1)?.version ?? 1;
    return success({
      entries: entries.map((entry) => entryBody(kind, entry)),
      next_before: oldest > 1 ? oldest : null,
    });
  };

  readonly send: Inspector["send"] = async (key, { by, payload, requestId, tag, ...message }) => {
    const kind = this.#kinds.get(key.kind);
    if (kind === undefined) return failure(new KindNotFound({ kind: key.kind }));
    const known = kind.messages.get(tag);
    if (known === undefined) return failure(new MessageNotFound({ kind: key.kind, tag }));
    const decoded = known.decodePayload({
      ...payload,
      entityId: key.entityId,
      ...(known.isQuery ? {} : { commandId: commandId(by, message.key) }),
    });
    if (Either.isLeft(decoded))
      return failure(
        new ValidationFailed({
          errors: fieldProblems(decoded.left).map(({ message: wrong, path }) => ({
            path: path === "" ? "payload" : `payload.${path}`,
            message: wrong,
          })),
        }),
      );
    const outcome = await this.#ask(kind.audited.actor.contract, tag, decoded.right, {
      by,
      requestId,
      ...(known.isQuery ? {} : { fingerprint: fingerprint([tag, decoded.right]) }),
    });
    const { replayed } = outcome;
    if (outcome.ok)
      return { ok: true, value: { ok: true, value: outcome.value, replayed }, replayed };
    const { error } = outcome;
    if (error instanceof Unavailable || error instanceof IdempotencyKeyReused)
      return failure(error);
    return { ok: true, value: { ok: false, error: known.rejection(error), replayed }, replayed };
  };
}

/** No player's command has an id that begins so. */
const commandId = (by: string, key: AdminMessage["key"]): string =>
  `admin:${intentDigest({ playerId: branded<PlayerId>(by), key, requestId: "" })}`;

const entryBody = (kind: InspectedKind, entry: ReadEntry): JournalEntryBody => ({
  version: entry.version,
  command: entry.command,
  command_id: entry.commandId,
  by: entry.by,
  request_id: entry.requestId,
  at: isoTime(entry.at),
  reply: entry.reply === null ? null : replyBody(kind, entry.command, entry.reply),
  events: entry.events.map(hideSecrets),
});

const replyBody = (kind: InspectedKind, command: string, reply: StoredReply) => {
  if (reply.ok) return { ok: true as const, value: reply.value };
  const message = kind.messages.get(command);
  return {
    ok: false as const,
    error: message?.storedRejection(reply.error) ?? rejectionBody(reply.error, undefined),
  };
};
