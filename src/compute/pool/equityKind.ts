/** The entity `Equity`: it carries out chunks on the threads of the process that holds its shard. */
import { Equity, type EquityQuestion } from "../../../rpc/equity.ts";
import type { Payload } from "../../actor/Message.ts";
import type { StatelessKind } from "../../actor/StatelessKind.ts";
import type { ComputePool } from "./ComputePool.ts";

interface CarryOut extends Payload {
  readonly question: EquityQuestion;
  readonly chunk: number;
}

/** One request for a chunk. `question` is the same for all who ask the same, `asker` is not. */
export interface ChunkName {
  readonly question: string;
  readonly asker: string;
  readonly chunk: number;
  readonly attempt: number;
}

/**
 * The entity's id names the question before the first slash, and spreads a question's chunks over the shards by what comes
 * after it. No two requests have the same, so that each can be given up alone.
 */
export const chunkEntityId = ({ asker, attempt, chunk, question }: ChunkName): string =>
  `${question}/${asker}/${chunk}/${attempt}`;

const questionOf = (entityId: string): string => entityId.slice(0, entityId.indexOf("/"));

/** Without a pool, for a process that offers no compute and only asks. */
export const equityKind = (
  pool: Pick<ComputePool, "giveUp" | "run"> | undefined,
): StatelessKind => ({
  contract: Equity,
  carryOut: (delivery) => {
    if (pool === undefined) return delivery.moved();
    if (delivery.tag === "GiveUp") {
      const dropped = pool.giveUp(delivery.payload.entityId);
      return delivery.answer({ ok: true, value: { dropped }, replayed: false });
    }
    const { chunk, entityId, question } = delivery.payload as CarryOut;
    const { deadline } = delivery;
    void pool
      .run({ id: entityId, owner: questionOf(entityId), question, chunk, deadline })
      .then((outcome) => (outcome === undefined ? delivery.moved() : delivery.answer(outcome)));
  },
});
