/** What the gateway needs of whatever looks into entities; JSON as the wire has it (see `rpc/http/admin.ts`). */
import type { IdempotencyKeyReused, Unavailable } from "../../rpc/failure.ts";
import type {
  EntitiesBody,
  EntityBody,
  EntityJournalBody,
  EntityNotFound,
  KindBody,
  KindNotFound,
  MessageNotFound,
  SentBody,
  VersionNotFound,
} from "../../rpc/http/admin.ts";
import type { ValidationFailed } from "../../rpc/http/failure.ts";
import type { Outcome } from "../actor/Ask.ts";
import type { EntityKey } from "../actor/Journal.ts";

/** Something an administrator says to an entity. */
export interface AdminMessage {
  readonly tag: string;
  /** Unchecked, without `entityId` and `commandId`. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** With `by` it names the command: the same again is the same command. A query has no use for it. */
  readonly key: string;
  readonly by: string;
  readonly requestId: string;
}

/** Every function but `has` and `isQuery` reads the database and rejects when that is away. */
export interface Inspector {
  /** Whether there is such a kind of entity. */
  readonly has: (kind: string) => boolean;
  /** Whether a message changes nothing; one that no contract has is not known to. */
  readonly isQuery: (kind: string, tag: string) => boolean;
  readonly kinds: () => Promise<ReadonlyArray<Omit<KindBody, "paused">>>;
  /** Ids that begin with `prefix` and come after `after`, in order. */
  readonly entities: (
    kind: string,
    page: { readonly prefix: string; readonly after: string; readonly limit: number },
  ) => Promise<Outcome<EntitiesBody, KindNotFound>>;
  /** The newest version unless one is given. */
  readonly entity: (
    key: EntityKey,
    version: number | undefined,
  ) => Promise<Outcome<Omit<EntityBody, "owner">, KindNotFound | EntityNotFound | VersionNotFound>>;
  /** Newest first, all of them before `before`. */
  readonly journal: (
    key: EntityKey,
    page: { readonly before: number | undefined; readonly limit: number },
  ) => Promise<Outcome<EntityJournalBody, KindNotFound | EntityNotFound>>;
  /** A rejection by the entity is an answer; what fails is what never reached it, or may have. */
  readonly send: (
    key: EntityKey,
    message: AdminMessage,
  ) => Promise<
    Outcome<
      SentBody,
      KindNotFound | MessageNotFound | ValidationFailed | IdempotencyKeyReused | Unavailable
    >
  >;
}
