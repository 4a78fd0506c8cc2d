/** The errors of `rpc/equity.ts` from the plain data that the planner and the threads give. */
import { type EquityRefused, InvalidCards, NoCombination, NotExact } from "../../../rpc/equity.ts";
import type { PlainRefusal } from "./ChunkOrder.ts";

export const refusalOf = (refusal: PlainRefusal): EquityRefused => {
  switch (refusal._tag) {
    case "InvalidCards":
      return new InvalidCards({ where: refusal.where, reason: refusal.reason });
    case "NoCombination":
      return new NoCombination({ reason: refusal.reason });
    case "NotExact":
      return new NotExact({ reason: refusal.reason });
  }
};
