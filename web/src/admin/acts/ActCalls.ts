import type { ActsBody, AdminAct } from "../../../../rpc/http/admin/acts.ts";
import { hasTexts } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { asking } from "../address.ts";
import { hasListOf, hasRecords } from "../call.ts";
import type { Call } from "../call.ts";

/** Which acts; null for any. */
export interface ActsAsked {
  readonly by: string | null;
  readonly act: AdminAct | null;
  /** Those before this one; null for the newest. */
  readonly before: string | null;
  readonly limit?: number;
}

export interface ActCalls {
  readonly acts: (asked: ActsAsked) => Promise<Answer<ActsBody>>;
}

export function actCalls(call: Call): ActCalls {
  return {
    acts: ({ by, act, before, limit }) =>
      call(asking("/admin/acts", { by, act, before, limit }), { is: isActsBody }),
  };
}

function isActsBody(value: unknown): value is ActsBody {
  return hasListOf(
    value,
    "acts",
    (act) =>
      hasTexts(act, ["act_id", "at", "by", "act", "outcome"]) &&
      hasRecords(act, ["target", "details"]),
  );
}
