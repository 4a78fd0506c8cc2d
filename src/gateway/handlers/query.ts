import type { CroupierApi } from "../../../rpc/http/api.ts";
import { problemCode } from "../../../rpc/http/problem.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const queryHandlers = ({
  metrics,
  poker,
}: Services): GroupHandlers<typeof CroupierApi, "query"> => ({
  datasets: async () => success(await poker.query.datasets()),
  query: async ({ payload: { limit, sql } }) => {
    const outcome = await poker.query.query(sql, limit);
    metrics.query(outcome.ok ? "answered" : problemCode(outcome.error._tag));
    return outcome;
  },
});
