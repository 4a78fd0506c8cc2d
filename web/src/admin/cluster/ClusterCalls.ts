import type { ClusterBody, ProcessAction, SupervisedBody } from "../../../../rpc/http/admin.ts";
import type { Answer } from "../../http/request.ts";
import { hasTexts, isRecord } from "../../http/request.ts";
import { pathOf } from "../address.ts";
import { hasListOf, hasLists, hasNumbers, hasRecords } from "../call.ts";
import type { Call } from "../call.ts";

export interface ClusterCalls {
  readonly cluster: () => Promise<Answer<ClusterBody>>;
  readonly addProcess: () => Promise<Answer<SupervisedBody>>;
  readonly act: (processId: string, action: ProcessAction) => Promise<Answer<SupervisedBody>>;
}

/** The page asks each second; what has not come after some of them is lost. */
const POLL_TIMEOUT_MS = 3_000;

export function clusterCalls(call: Call): ClusterCalls {
  return {
    cluster: () => call("/admin/cluster", { is: isClusterBody, timeoutMs: POLL_TIMEOUT_MS }),
    addProcess: () => call("/admin/cluster/processes", { method: "POST", is: isSupervisedBody }),
    act: (processId, action) =>
      call(pathOf("admin", "cluster", "processes", processId, action), {
        method: "POST",
        is: isSupervisedBody,
      }),
  };
}

function isClusterBody(value: unknown): value is ClusterBody {
  return (
    isRecord(value) &&
    isRecord(value["shards"]) &&
    Array.isArray(value["paused_kinds"]) &&
    hasListOf(
      value,
      "processes",
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
