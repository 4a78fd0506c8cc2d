import type { CroupierApi } from "../../../rpc/http/api.ts";
import type { MultiwayBody } from "../../../rpc/http/equity.ts";
import { Unavailable } from "../../../rpc/failure.ts";
import { failure, mapOutcome } from "../Answer.ts";
import { calculatedBody, multiwayBody, questionOf } from "../EquityWire.ts";
import type { GroupHandlers } from "../Routes.ts";
import type { Services } from "../Services.ts";

/** Nobody is there to read it. */
const GONE = failure(new Unavailable({ reason: "cancelled", retryAfterMs: 0 }));

export const equityHandlers = ({
  calculations,
  poker,
}: Services): GroupHandlers<typeof CroupierApi, "equity"> => {
  const calculate = async (body: MultiwayBody, onGone: (gone: () => void) => void) => {
    const question = questionOf(body);
    const { answered, cancel } = calculations.begin(question);
    onGone(cancel);
    return { question, outcome: (await answered) ?? GONE };
  };
  return {
    calculate: async ({ onGone, payload: { hero, villain, ...how } }) => {
      const { outcome } = await calculate({ players: [hero, villain], ...how }, onGone);
      return mapOutcome(outcome, calculatedBody);
    },
    multiway: async ({ onGone, payload }) => {
      const { outcome, question } = await calculate(payload, onGone);
      return mapOutcome(outcome, (answer) => multiwayBody(question, answer));
    },
    evaluate: async ({ payload }) => poker.equity.evaluate(payload),
  };
};
