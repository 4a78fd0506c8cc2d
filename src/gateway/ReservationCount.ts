/** Counts what came of what players ask about reservations, over REST and sockets alike. */
import { type Failure, problemCode } from "../../rpc/http/problem.ts";
import type { Outcome } from "../actor/Ask.ts";
import type { Metrics } from "../ops/Metrics.ts";

export const counted = async <A, E extends Failure>(
  metrics: Pick<Metrics, "reservation">,
  act: "reserve" | "add" | "remove" | "check_out" | "cancel" | "pay",
  work: Promise<Outcome<A, E>>,
): Promise<Outcome<A, E>> => {
  const outcome = await work;
  metrics.reservation(act, outcome.ok ? "done" : problemCode(outcome.error._tag));
  return outcome;
};
