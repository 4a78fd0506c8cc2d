import type {
  EntitiesBody,
  EntityBody,
  EntityJournalBody,
  KindsBody,
  PausedBody,
  SentBody,
} from "../../../../rpc/http/admin.ts";
import { hasTexts, isRecord } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { asking, pathOf } from "../address.ts";
import { hasListOf, hasLists, hasNumbers, hasRecords } from "../call.ts";
import type { Call } from "../call.ts";
import type { JsonObject } from "./json.ts";

export interface EntityCalls {
  readonly kinds: () => Promise<Answer<KindsBody>>;
  readonly pauseKind: (kind: string, paused: boolean) => Promise<Answer<PausedBody>>;
  /** The page after `after`, of ids that begin with `prefix`. */
  readonly entities: (
    kind: string,
    page: { readonly prefix: string; readonly after: string | null },
  ) => Promise<Answer<EntitiesBody>>;
  /** `version` null: the newest. */
  readonly entity: (
    kind: string,
    entityId: string,
    version: number | null,
  ) => Promise<Answer<EntityBody>>;
  /** Newest first, from the one before `beforeVersion`, or from the newest. */
  readonly journal: (
    kind: string,
    entityId: string,
    beforeVersion: number | null,
  ) => Promise<Answer<EntityJournalBody>>;
  readonly send: (intent: {
    readonly kind: string;
    readonly entityId: string;
    readonly tag: string;
    readonly payload: JsonObject;
    readonly key: string;
  }) => Promise<Answer<SentBody>>;
}

export function entityCalls(call: Call): EntityCalls {
  const of = (kind: string, entityId: string, ...more: readonly string[]) =>
    pathOf("admin", "entities", kind, entityId, ...more);
  return {
    kinds: () => call("/admin/kinds", { is: isKindsBody }),
    pauseKind: (kind, paused) =>
      call(pathOf("admin", "kinds", kind, "paused"), {
        method: "PUT",
        body: { paused },
        is: isPausedBody,
      }),
    entities: (kind, page) =>
      call(asking("/admin/entities", { kind, ...page }), { is: isEntitiesBody }),
    entity: (kind, entityId, version) =>
      call(asking(of(kind, entityId), { version }), { is: isEntityBody }),
    journal: (kind, entityId, beforeVersion) =>
      call(asking(of(kind, entityId, "journal"), { before_version: beforeVersion }), {
        is: isJournalBody,
      }),
    send: ({ kind, entityId, tag, payload, key }) =>
      call(of(kind, entityId, "commands"), {
        method: "POST",
        body: { tag, payload },
        idempotencyKey: key,
        is: isSentBody,
      }),
  };
}

function isKindsBody(value: unknown): value is KindsBody {
  return hasListOf(
    value,
    "kinds",
    (kind) => hasTexts(kind, ["kind"]) && hasLists(kind, ["commands", "queries"]),
  );
}

function isPausedBody(value: unknown): value is PausedBody {
  return isRecord(value) && typeof value["paused"] === "boolean";
}

function isEntitiesBody(value: unknown): value is EntitiesBody {
  return hasListOf(value, "entities", (row) => hasTexts(row, ["entity_id", "at"]));
}

function isEntityBody(value: unknown): value is EntityBody {
  return (
    hasTexts(value, ["kind", "entity_id", "at"]) &&
    hasNumbers(value, ["version", "newest_version"]) &&
    hasLists(value, ["broken"])
  );
}

function isJournalBody(value: unknown): value is EntityJournalBody {
  return hasListOf(
    value,
    "entries",
    (entry) =>
      hasTexts(entry, ["command", "command_id", "at"]) &&
      hasNumbers(entry, ["version"]) &&
      hasLists(entry, ["events"]),
  );
}

function isSentBody(value: unknown): value is SentBody {
  return (
    isRecord(value) &&
    (value["ok"] === true || (value["ok"] === false && hasRecords(value, ["error"])))
  );
}
