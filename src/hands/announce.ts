/**
 * Tells the feed of batches that have been stored, and writes down that it was told. A batch that could not be announced
 * stays marked as it is, for the job that looks for such (`src/jobs/HandBatches.ts`); one that is announced twice is told once.
 */
import type pg from "pg";
import { MAX_ANNOUNCED_HANDS, HAND_FEED_ID, HandFeed } from "../../rpc/handFeed.ts";
import type { HandSummary } from "../../rpc/hand.ts";
import { CommandId } from "../../rpc/id.ts";
import type { Ask } from "../actor/Ask.ts";
import type { Stored } from "./store/HandStore.ts";

/** In flight at once. A large import makes more: those wait for the job. */
const MAX_UNDER_WAY = 8;

export interface AnnouncedBatch {
  readonly batchId: number;
  readonly hands: number;
  /** The newest of them, oldest first, as many as the feed takes. */
  readonly latest: ReadonlyArray<HandSummary>;
}

/** Resolves to whether the feed knows of the batch now. */
export const announce = async (ask: Ask, batch: AnnouncedBatch): Promise<boolean> => {
  const commandId = CommandId.make(`announce:${batch.batchId}`);
  const told = await ask(HandFeed, "Announce", { entityId: HAND_FEED_ID, commandId, ...batch });
  return told.ok;
};

export interface AnnouncerOptions {
  readonly ask: Ask;
  readonly pool: pg.Pool;
  /** Told of what went wrong; it is made good later. */
  readonly log: (message: string, cause: unknown) => void;
}

export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  /** Begins to tell of a batch. */
  announce({ batchId, stored }: Stored): void {
    if (batchId === null || this.#underWay.size >= MAX_UNDER_WAY) return;
    const latest = stored.slice(-MAX_ANNOUNCED_HANDS);
    const telling = this.#tell({ batchId, hands: stored.length, latest })
      .catch((cause: unknown) =>
        this.#options.log(`batch ${batchId} of hands is announced later`, cause),
      )
      .finally(() => this.#underWay.delete(telling));
    this.#underWay.add(telling);
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #tell(batch: AnnouncedBatch): Promise<void> {
    if (await announce(this.#options.ask, batch))
      await this.#options.pool.query(ANNOUNCED, [batch.batchId]);
  }
}

const ANNOUNCED = "UPDATE hand_batch SET announced = true WHERE batch_id = $1";
