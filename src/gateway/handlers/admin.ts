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
import { problemCode } from "../../../rpc/http/problem.ts";
import type { ProcessInfo, ProcessReport } from "../../cluster/ProcessReport.ts";
import type { SupervisedAction } from "../../ops/SupervisorClient.ts";
import { failure, mapOutcome, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";
import { isoTime } from "../Wire.ts";

export const adminHandlers = ({
  acts,
  cluster,
  inspector,
  supervision,
}: Services): GroupHandlers<typeof CroupierApi, "admin"> => {
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
      acts.carryOut(request, { act: "add_process", target: {} }, async () =>
        supervision.available ? supervise("add") : failure(new NotSupervised()),
      ),

    actOnProcess: (request) => {
      const { action, process_id: processId } = request.path;
      const act = { act: `${action}_process`, target: { process_id: processId } } as const;
      return acts.carryOut(request, act, async () => {
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
      const act = payload.paused ? "pause_kind" : "resume_kind";
      return acts.carryOut(request, { act, target: path }, async () => {
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

    send: async (request) => {
      const { caller, headers, path, payload, requestId } = request;
      const { entity_id: entityId, kind } = path;
      const key = headers["x-idempotency-key"];
      if (inspector === undefined) return failure(new NotFound());
      const send = () =>
        inspector.send({ kind, entityId }, { ...payload, key, by: caller.playerId, requestId });
      if (inspector.isQuery(kind, payload.tag)) return send();
      return acts.carryOut(
        request,
        { act: "send_command", target: path, details: { ...payload }, key },
        send,
        (sent) => (sent.ok && !sent.value.ok ? problemCode(sent.value.error.tag) : undefined),
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
