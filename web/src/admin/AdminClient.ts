/**
 * The administrator's calls. Types come from the contract; each answer's outline is checked, for a page must not break on
 * what a server of another release says.
 */
import type {
  ClusterBody,
  EntitiesBody,
  EntityBody,
  EntityJournalBody,
  KindsBody,
  PausedBody,
  ProcessAction,
  SentBody,
  SupervisedBody,
} from "../../../rpc/http/admin.ts";
import { isRecord, request } from "../http/request.ts";
import type { Answer, RequestOptions } from "../http/request.ts";
import type { JsonObject } from "./entity/json.ts";

export interface AdminClient {
  readonly cluster: () => Promise<Answer<ClusterBody>>;
  readonly addProcess: () => Promise<Answer<SupervisedBody>>;
  readonly act: (processId: string, action: ProcessAction) => Promise<Answer<SupervisedBody>>;
  readonly kinds: () => Promise<Answer<KindsBody>>;
  readonly pauseKind: (kind: string, paused: boolean) => Promise<Answer<PausedBody>>;
  /** The page after `after`, of ids that begin with `prefix`. */
  readonly entities: (
    kind: string,
    page: { readonly prefix: string; readonly after: string },
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

/** The page asks each second; what has not come after some of them is lost. */
const POLL_TIMEOUT_MS = 3_000;
const UNAUTHORIZED = 401;

/** `onExpired` is called when the server no longer takes the token. */
export function openAdminClient(token: string, onExpired: () => void): AdminClient {
  const call = async <Body>(
    path: string,
    options: Omit<RequestOptions<Body>, "token">,
  ): Promise<Answer<Body>> => {
    const answer = await request(path, { ...options, token });
    if (!answer.ok && answer.problem.status === UNAUTHORIZED) onExpired();
    return answer;
  };
  const entityPath = (kind: string, entityId: string) =>
    `/admin/entities/${encodeURIComponent(kind)}/${encodeURIComponent(entityId)}`;
  return {
    cluster: () => call("/admin/cluster", { is: isClusterBody, timeoutMs: POLL_TIMEOUT_MS }),
    addProcess: () => call("/admin/cluster/processes", { method: "POST", is: isSupervisedBody }),
    act: (processId, action) =>
      call(`/admin/cluster/processes/${encodeURIComponent(processId)}/${action}`, {
        method: "POST",
        is: isSupervisedBody,
      }),
    kinds: () => call("/admin/kinds", { is: isKindsBody }),
    pauseKind: (kind, paused) =>
      call(`/admin/kinds/${encodeURIComponent(kind)}/paused`, {
        method: "PUT",
        body: { paused },
        is: isPausedBody,
      }),
    entities: (kind, { prefix, after }) => {
      const query = new URLSearchParams({ kind, prefix, after });
      return call(`/admin/entities?${query}`, { is: isEntitiesBody });
    },
    entity: (kind, entityId, version) =>
      call(`${entityPath(kind, entityId)}${version === null ? "" : `?version=${version}`}`, {
        is: isEntityBody,
      }),
    journal: (kind, entityId, beforeVersion) => {
      const query = beforeVersion === null ? "" : `?before_version=${beforeVersion}`;
      return call(`${entityPath(kind, entityId)}/journal${query}`, { is: isJournalBody });
    },
    send: ({ kind, entityId, tag, payload, key }) =>
      call(`${entityPath(kind, entityId)}/commands`, {
        method: "POST",
        body: { tag, payload },
        idempotencyKey: key,
        is: isSentBody,
      }),
  };
}

function isClusterBody(value: unknown): value is ClusterBody {
  return (
    isRecord(value) &&
    isRecord(value["shards"]) &&
    Array.isArray(value["paused_kinds"]) &&
    Array.isArray(value["processes"]) &&
    value["processes"].every(
      (process) =>
        hasTexts(process, ["process_id", "name", "state", "at", "started_at"]) &&
        hasNumbers(process, ["appends", "shards", "commit_depth", "loop_delay_ms"]) &&
        hasLists(process, ["kinds", "singletons"]) &&
        hasRecords(process, ["commit_ms", "sometimes"]),
    )
  );
}

function isSupervisedBody(value: unknown): value is SupervisedBody {
  return hasTexts(value, ["action"]);
}

function isKindsBody(value: unknown): value is KindsBody {
  return (
    isRecord(value) &&
    Array.isArray(value["kinds"]) &&
    value["kinds"].every(
      (kind) => hasTexts(kind, ["kind"]) && hasLists(kind, ["commands", "queries"]),
    )
  );
}

function isPausedBody(value: unknown): value is PausedBody {
  return isRecord(value) && typeof value["paused"] === "boolean";
}

function isEntitiesBody(value: unknown): value is EntitiesBody {
  return (
    isRecord(value) &&
    Array.isArray(value["entities"]) &&
    value["entities"].every((row) => hasTexts(row, ["entity_id", "at"]))
  );
}

function isEntityBody(value: unknown): value is EntityBody {
  return (
    hasTexts(value, ["kind", "entity_id", "at"]) &&
    hasNumbers(value, ["version", "newest_version"]) &&
    hasLists(value, ["broken"])
  );
}

function isJournalBody(value: unknown): value is EntityJournalBody {
  return (
    isRecord(value) &&
    Array.isArray(value["entries"]) &&
    value["entries"].every(
      (entry) =>
        hasTexts(entry, ["command", "command_id", "at"]) &&
        hasNumbers(entry, ["version"]) &&
        hasLists(entry, ["events"]),
    )
  );
}

function isSentBody(value: unknown): value is SentBody {
  return (
    isRecord(value) &&
    (value["ok"] === true || (value["ok"] === false && hasRecords(value, ["error"])))
  );
}

type Check = (value: unknown, names: readonly string[]) => boolean;
const every =
  (is: (field: unknown) => boolean): Check =>
  (value, names) =>
    isRecord(value) && names.every((name) => is(value[name]));
const hasTexts = every((field) => typeof field === "string");
const hasNumbers = every((field) => typeof field === "number");
const hasLists = every(Array.isArray);
const hasRecords = every(isRecord);
