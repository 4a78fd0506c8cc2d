/**
 * What is owed for hands that have been stored, paid whatever died in between: each batch is announced to the feed, and each
 * hand is counted by the entities of its players, once.
 *
 * Importers announce their own batches, and mark them. A batch that has been there for a while and is not marked was left
 * behind by one that died, or made by a program that knows no entities: it is announced here. The feed takes it once, whoever
 * tells of it how often.
 *
 * Hands are numbered without a gap in the order of their commits, so what has been counted is one number, and what is to be
 * counted next is a range. A range is written down before the first player is told of it, because the players' entities
 * know a range by its ends: whoever goes on after a crash tells exactly the same, and those who have counted it already
 * say so. It ends when all have answered. So a player has each hand counted once, in the order of the ranges.
 */
import type { HandSummary } from "../../rpc/hand.ts";
import { MAX_ANNOUNCED_HANDS } from "../../rpc/handFeed.ts";
import { HandPlayer } from "../../rpc/handPlayer.ts";
import { CommandId } from "../../rpc/id.ts";
import type { Ask } from "../actor/Ask.ts";
import { announce } from "../hands/announce.ts";
import {
  type PlayerCounts,
  readCounts,
  readPlayers,
  type SeqRange,
} from "../hands/store/readCounts.ts";
import { SUMMARY_COLUMNS, summaryFrom, type SummaryRow } from "../hands/store/summary.ts";
import { type Job, layer as layerSingleton, type Office } from "./FencedSingleton.ts";
import type { Term } from "./Term.ts";

export const HAND_BATCHES = "hand-batches";

/** A player sees a hand in the statistics this much later, and nothing is asked of the database more often. */
const EVERY_MS = 200;
/** By then an importer that lives has announced its batch. */
const LEFT_BEHIND_MS = 1000;
/** Of a large import that was left behind; the others come next time. */
const MAX_ANNOUNCED = 50;
/** In one range: many hands of a player are one command. */
const MAX_COUNTED_HANDS = 20_000;
/** Players told at once: enough for a group commit, and few enough that their sums are read in some milliseconds. */
const PLAYERS_AT_ONCE = 64;

/** For who wants to know that one is about to begin. */
export type HandBatchesStep = "announce" | "mark" | "plan" | "count" | "finish";

export interface HandBatchesOptions {
  readonly ask: Ask;
  readonly now: () => number;
  readonly onStep?: (step: HandBatchesStep) => Promise<void>;
}

export class HandBatches implements Job {
  readonly name = HAND_BATCHES;
  readonly #options: HandBatchesOptions;

  constructor(options: HandBatchesOptions) {
    this.#options = options;
  }

  async run(term: Term, signal: AbortSignal): Promise<number> {
    const { now } = this.#options;
    const [due] = await term.read<DueRow>(DUE, [now() - LEFT_BEHIND_MS]);
    if (due === undefined) throw new Error("the table hand_counting has lost its row");
    if (due.left_behind) await this.#announce(term, signal);
    const countedTo = Number(due.counted_to);
    const plannedTo = Number(due.planned_to);
    const lastSeq = Number(due.last_seq);
    if (countedTo < plannedTo)
      await this.#count(term, signal, { from: countedTo + 1, to: plannedTo });
    else if (plannedTo < lastSeq) {
      const to = Math.min(lastSeq, countedTo + MAX_COUNTED_HANDS);
      await this.#step("plan");
      await term.act(PLAN, [to]);
      await this.#count(term, signal, { from: countedTo + 1, to });
    }
    // What is left of a large import waits for nothing.
    return lastSeq - countedTo > MAX_COUNTED_HANDS ? 0 : EVERY_MS;
  }

  async #announce(term: Term, signal: AbortSignal): Promise<void> {
    const before = this.#options.now() - LEFT_BEHIND_MS;
    const batches = await term.read<BatchRow>(LEFT_BEHIND, [before, MAX_ANNOUNCED]);
    for (const { batch_id, first_seq, last_seq } of batches) {
      signal.throwIfAborted();
      const latest = await this.#latest(term, first_seq, last_seq);
      const hands = Number(last_seq) - Number(first_seq) + 1;
      await this.#step("announce");
      // Should the feed not answer now, it is asked again.
      if (!(await announce(this.#options.ask, { batchId: Number(batch_id), hands, latest })))
        return;
      await this.#step("mark");
      await term.act(ANNOUNCED, [batch_id]);
    }
  }

  async #latest(term: Term, first: string, last: string): Promise<ReadonlyArray<HandSummary>> {
    const rows = await term.read<SummaryRow>(LATEST, [first, last, MAX_ANNOUNCED_HANDS]);
    return rows.map(summaryFrom).toReversed();
  }

  /** Tells all players of the hands in a range, and marks these as counted when all have answered. */
  async #count(term: Term, signal: AbortSignal, range: SeqRange): Promise<void> {
    const players = await readPlayers(term, range);
    for (let n = 0; n < players.length; n += PLAYERS_AT_ONCE) {
      signal.throwIfAborted();
      const counts = await readCounts(term, range, players.slice(n, n + PLAYERS_AT_ONCE));
      await Promise.all([...counts].map((one) => this.#tell(range, one)));
    }
    await this.#step("finish");
    await term.act(FINISH, [range.to]);
  }

  async #tell({ from, to }: SeqRange, [entityId, counts]: readonly [string, PlayerCounts]) {
    const commandId = CommandId.make(`count:${from}-${to}`);
    await this.#step("count");
    const payload = { entityId, commandId, from, to, ...counts };
    const told = await this.#options.ask(HandPlayer, "Count", payload);
    if (!told.ok) throw new Error(`${entityId} does not count: ${told.error.message}`);
  }

  async #step(step: HandBatchesStep): Promise<void> {
    await this.#options.onStep?.(step);
  }
}

interface DueRow {
  readonly left_behind: boolean;
  readonly counted_to: string;
  readonly planned_to: string;
  readonly last_seq: string;
}

const DUE = `
SELECT EXISTS (SELECT FROM hand_batch WHERE NOT announced AND stored_at < $1) AS left_behind, counted_to, planned_to,
  (SELECT COALESCE(max(seq), 0) FROM hand) AS last_seq
FROM hand_counting`;

interface BatchRow {
  readonly batch_id: string;
  readonly first_seq: string;
  readonly last_seq: string;
}

const LEFT_BEHIND = `
SELECT batch_id, first_seq, last_seq FROM hand_batch WHERE NOT announced AND stored_at < $1 ORDER BY batch_id LIMIT $2`;

const LATEST = `
SELECT ${SUMMARY_COLUMNS} FROM hand h WHERE h.seq BETWEEN $1 AND $2 ORDER BY h.seq DESC LIMIT $3`;

const ANNOUNCED =
  "marked AS (UPDATE hand_batch SET announced = true FROM office WHERE batch_id = $3)";

const PLAN = "planned AS (UPDATE hand_counting SET planned_to = $3 FROM office)";

const FINISH = "counted AS (UPDATE hand_counting SET counted_to = $3 FROM office)";

/** The job as a singleton of the cluster. */
export const layer = (options: HandBatchesOptions, office: Office) =>
  layerSingleton(new HandBatches(options), office);
