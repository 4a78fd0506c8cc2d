import type { CroupierApi } from "../../../rpc/http/api.ts";
import { NotFound } from "../../../rpc/http/failure.ts";
import { Unhealthy } from "../../../rpc/http/ops.ts";
import { failure, success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const opsHandlers = ({
  health,
  metrics,
  isDraining,
}: Services): GroupHandlers<typeof CroupierApi, "ops"> => {
  const whole = async () => {
    const parts = await health.all();
    const up = Object.values(parts).every(({ status }) => status === "up");
    return up && !isDraining()
      ? success({ status: "ok" as const, parts })
      : failure(new Unhealthy({ parts }));
  };
  return {
    health: whole,
    ready: whole,
    live: async () => success({ status: "ok" }),
    part: async ({ path }) => {
      const part = await health.one(path.part);
      if (part === undefined) return failure(new NotFound());
      const parts = { [path.part]: part };
      return part.status === "up"
        ? success({ status: "ok", parts })
        : failure(new Unhealthy({ parts }));
    },
    metrics: async () => success(await metrics.prometheusText()),
  };
};
