import type { UnclaimedBody } from "../../../../rpc/http/admin/unclaimed.ts";
import { hasTexts } from "../../http/request.ts";
import type { Answer } from "../../http/request.ts";
import { asking } from "../address.ts";
import { hasListOf, hasNumbers } from "../call.ts";
import type { Call } from "../call.ts";

export interface UnclaimedCalls {
  readonly unclaimed: (asked: {
    readonly player: string | null;
    /** Those before this one; null for the newest. */
    readonly before: string | null;
  }) => Promise<Answer<UnclaimedBody>>;
}

export function unclaimedCalls(call: Call): UnclaimedCalls {
  return {
    unclaimed: ({ before, player }) =>
      call(asking("/admin/unclaimed", { player_id: player, before }), { is: isUnclaimed }),
  };
}

const isUnclaimed = (value: unknown): value is UnclaimedBody =>
  hasNumbers(value, ["total"]) &&
  hasListOf(
    value,
    "unclaimed",
    (row) =>
      hasTexts(row, ["what", "player_id", "since", "kind", "entity_id", "ref"]) &&
      hasNumbers(row, ["amount"]),
  );
