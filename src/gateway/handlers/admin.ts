/** The administrator's console: the cluster and its processes, kinds of entity, and single entities. */
import type { CroupierApi } from "../../../rpc/http/api.ts";
import {
  KindNotFound,
  NotSupervised,
  type ProcessBody,
  ProcessNotFound,
  SupervisorRefused,
} from "../../../rpc/http/admin.ts";
import { NotFound } from "../../../rpc/http/failure.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import type { Outcome } from "../../actor/Ask.ts";
import type { ProcessInfo, ProcessReport } from "../../cluster/ProcessReport.ts";
import type { SupervisedAction } from "../../ops/SupervisorClient.ts";
import { attempt, failure, mapOutcome, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";
import { isoTime } from "../Wire.ts";

interface Called {
  readonly caller: CallerClaims;
  readonly requestId: string;
}

export const adminHandlers = ({
  cluster,
  inspector,
  supervision,
  log,
}: Services): GroupHandlers<typeof CroupierApi, "admin"> => {
  /** Whatever an administrator changes leaves a line: who, what, and what came of it. When, the log says. */
  const logged = async <Answer extends Outcome<unknown, Failure>>(
    { caller, requestId }: Called,
    act: string,
    on: Readonly<Record<string, unknown>>,
    carryOut: () => Promise<Answer>,
  ): Promise<Answer> => {
    const line = (outcome: string) =>
      log.info("administrator's act", { by: caller.playerId, act, ...on, outcome, requestId });
    try {
      const outcome = await attempt(carryOut);
      line(outcome.ok ? "done" : outcome.error._tag);
      return outcome;
    } catch (defect) {
      line("unknown");
      throw defect;
    }
  };

  const supervise = async (action: SupervisedAction, process?: ProcessInfo) => {
    const done = await supervision.act(action, process);
    return done.ok
      ? success({ action, process_id: process?.processId ?? null })
      : failure(new SupervisorRefused({ reason: done.error }));
  };

  const ownerOf = (kind: string, entityId: string) => {
    const owner = cluster?.ownerOf(kind, entityId);
    if (owner === undefined) return null;
    const { name, processId } = owner;
    return { process_id: processId, name, is_self: processId === cluster?.self.processId };
  };

  return {
    cluster: async () => {
      if (cluster === undefined) return failure(new NotFound());
      return success({
        processes: cluster.reports().map((report) => processBody(report, cluster.self)),
        shards: cluster.shards(),
        paused_kinds: cluster.pausedKinds(),
        can_supervise: supervision.available,
      });
    },

    addProcess: (request) =>
      logged(request, "add process", {}, async () =>
        supervision.available ? supervise("add") : failure(new NotSupervised()),
      ),

    actOnProcess: (request) => {
      const { action, process_id: processId } = request.path;
      return logged(request, `${action} process`, { processId }, async () => {
        if (!supervision.available) return failure(new NotSupervised());
        const report = cluster?.reports().find(({ info }) => info.processId === processId);
        return report === undefined
          ? failure(new ProcessNotFound({ processId }))
          : supervise(action, report.info);
      });
    },

    kinds: async () => {
      if (inspector === undefined) return failure(new NotFound());
      const paused = cluster?.pausedKinds() ?? [];
      const kinds = await inspector.kinds();
      return success({
        kinds: kinds.map((kind) => ({ ...kind, paused: paused.includes(kind.kind) })),
      });
    },

    pauseKind: (request) => {
      const { path, payload } = request;
      const act = payload.paused ? "pause kind" : "resume kind";
      return logged(request, act, { kind: path.kind }, async () => {
        if (cluster === undefined || inspector === undefined) return failure(new NotFound());
        if (!inspector.has(path.kind)) return failure(new KindNotFound(path));
        await cluster.setPaused(path.kind, payload.paused);
        return success({ kind: path.kind, paused: payload.paused });
      });
    },

    entities: async ({ query: { kind, ...page } }) =>
      inspector === undefined ? failure(new NotFound()) : inspector.entities(kind, page),

    entity: async ({ path: { entity_id: entityId, kind }, query }) => {
      if (inspector === undefined) return failure(new NotFound());
      return mapOutcome(await inspector.entity({ kind, entityId }, query.version), (entity) => ({
        ...entity,
        owner: ownerOf(kind, entityId),
      }));
    },

    journal: async ({ path: { entity_id: entityId, kind }, query }) =>
      inspector === undefined
        ? failure(new NotFound())
        : inspector.journal(
            { kind, entityId },
            { before: query.before_version, limit: query.limit },
          ),

    send: (request) => {
      const { caller, headers, path, payload, requestId } = request;
      const { entity_id: entityId, kind } = path;
      const key = headers["x-idempotency-key"];
      return logged(request, "send", { kind, entityId, tag: payload.tag, key }, async () =>
        inspector === undefined
          ? failure(new NotFound())
          : inspector.send({ kind, entityId }, { ...payload, key, by: caller.playerId, requestId }),
      );
    },
  };
};

const processBody = (
  { info, state, ...report }: ProcessReport,
  self: ProcessInfo,
): ProcessBody => ({
  process_id: info.processId,
  name: info.name,
  pid: info.pid,
  runner: info.runner,
  link: info.link,
  url: info.url,
  release: info.release,
  started_at: isoTime(info.startedAt),
  is_self: info.processId === self.processId,
  state,
  at: isoTime(report.at),
  shards: report.shards,
  kinds: report.kinds,
  appends: report.appends,
  commit_depth: report.commitDepth,
  commit_ms: report.commitMs,
  letters_in_flight: report.lettersInFlight,
  leases: report.leases,
  sockets: report.sockets,
  loop_delay_ms: report.loopDelayMs,
  memory_bytes: report.memoryBytes,
  singletons: report.singletons,
  sometimes: report.sometimes,
});
