import type { CroupierApi } from "../../../rpc/http/api.ts";
import { success } from "../Answer.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

export const actHandlers = ({ acts }: Services): GroupHandlers<typeof CroupierApi, "acts"> => ({
  list: async ({ query }) => success(await acts.list(query)),
});
