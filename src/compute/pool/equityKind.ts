/** The entity `Equity`: it carries out chunks on the threads of the process that holds its shard. */
import { Equity, type EquityQuestion } from "../../../rpc/equity.ts";
import type { Payload } from "../../actor/Message.ts";
import type { StatelessKind } from "../../actor/StatelessKind.ts";
import type { ComputePool } from "./ComputePool.ts";

interface Calculate extends Payload {
  readonly question: EquityQuestion;
  readonly chunk: number;
}

/**
 * The entity's id names the question before the first slash, and spreads a question's chunks over the shards by what comes
 * after it.
 */
export const chunkEntityId = (question: string, chunk: number, attempt: number): string =>
  `${question}/${chunk}/${attempt}`;

const questionOf = (entityId: string): string => entityId.slice(0, entityId.indexOf("/"));

/** Without a pool, for a process that offers no compute and only asks. */
export const equityKind = (pool: Pick<ComputePool, "run"> | undefined): StatelessKind => ({
  contract: Equity,
  carryOut: (delivery) => {
    if (pool === undefined) return delivery.moved();
    const { chunk, entityId, question } = delivery.payload as Calculate;
    const { deadline } = delivery;
    void pool
      .run({ owner: questionOf(entityId), question, chunk, deadline })
      .then((outcome) => (outcome === undefined ? delivery.moved() : delivery.answer(outcome)));
  },
});
