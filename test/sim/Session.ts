/**
 * A process's connection to the database, as `PgJournal` behaves on one that delays, refuses and loses: a batch whose
 * answer is lost is looked up under a new epoch, so that what returns is what is true. The batch of a process that dies
 * may be written after its death.
 */
import type {
  Append,
  CommitResult,
  EntityKey,
  Journal,
  Loaded,
  LoadRequest,
  Snapshot,
  StoredCommand,
} from "../../src/actor/Journal.ts";
import type { Lane } from "./Scheduler.ts";
import type { Surroundings } from "./Surroundings.ts";

/** A connection that breaks says so at once, or not at all and is given up after this. */
const ANSWER_TIMEOUT_MS = 8000;
/** A statement may be under way for so long: longer than it takes to replace its process. */
const LATE_TO_MS = 4000;
/** Pause between attempts to look up an unknown outcome. */
const RESOLVE_RETRY_MS = 100;
/** Of conflicts: those in which the connection is lost again before it is known with whom. */
const CONFLICT_LOSS = 0.05;

export class Session implements Journal {
  readonly #world: Surroundings;
  readonly #lane: Lane;
  readonly #writer: string;
  #epoch = 0;
  #batch = 0;

  constructor(world: Surroundings, lane: Lane) {
    this.#world = world;
    this.#lane = lane;
    this.#writer = lane.name;
  }

  async commit(appends: ReadonlyArray<Append>): Promise<CommitResult> {
    for (;;) {
      if (!this.#isReachable) {
        await this.#world.scheduler.sleep(this.#lane, this.#world.faults.between(1, 50));
        return { _tag: "Away", cause: "no connection" };
      }
      const stamp = { writer: this.#writer, epoch: this.#epoch, batch: ++this.#batch };
      const answer = await this.#roundTrip("commit", () => this.#world.store.write(stamp, appends));
      // Another lookup of its own, late, may have begun an epoch of which this process knows nothing.
      if (answer === LOST || answer === undefined) {
        this.#world.sometimes("unknown commit");
        const written = await this.#lookUp(stamp.batch);
        this.#world.note(`${this.#writer} looked up batch ${stamp.batch}: ${written}`);
        if (written) return { _tag: "Committed" };
      } else {
        if (answer._tag !== "Conflicted") return answer;
        this.#world.sometimes("fenced append");
        return this.#world.faults.happens(CONFLICT_LOSS)
          ? { _tag: "Away", cause: "lost while looking for conflicts" }
          : answer;
      }
    }
  }

  async #lookUp(batch: number): Promise<boolean> {
    for (;;) {
      if (this.#isReachable) {
        const row = await this.#roundTrip("epoch", () =>
          this.#world.store.raiseEpoch(this.#writer),
        );
        if (row !== LOST) {
          this.#epoch = row.epoch;
          return row.lastBatch === batch;
        }
      }
      await this.#world.scheduler.sleep(this.#lane, RESOLVE_RETRY_MS);
    }
  }

  load(requests: ReadonlyArray<LoadRequest>): Promise<ReadonlyArray<Loaded>> {
    return this.#read("load", () => this.#world.store.journal.load(requests));
  }

  findCommand(key: EntityKey, commandId: string): Promise<StoredCommand | undefined> {
    return this.#read("find", () => this.#world.store.journal.findCommand(key, commandId));
  }

  saveSnapshots(snapshots: ReadonlyArray<Snapshot>): Promise<void> {
    return this.#read("snapshots", () => this.#world.store.journal.saveSnapshots(snapshots));
  }

  overdueAlarms(before: number, limit: number): Promise<ReadonlyArray<EntityKey>> {
    return this.#read("alarms", () => this.#world.store.journal.overdueAlarms(before, limit));
  }

  async #read<A>(label: string, read: () => Promise<A>): Promise<A> {
    const answer = await this.#roundTrip(label, read);
    if (answer === LOST) throw new Error(STORE_AWAY);
    return answer;
  }

  get #isReachable(): boolean {
    return this.#world.isStoreReachable(this.#writer);
  }

  /**
   * Does something at the database and brings the answer back. Either way may be lost; the process notices when the
   * connection breaks, which may be before what it sent arrives.
   */
  #roundTrip<A>(label: string, work: () => A): Promise<Awaited<A> | typeof LOST> {
    const { faults, scheduler, storeLane, weather } = this.#world;
    const delayMs = () => faults.skewed(0.2, weather.storeDelayMs);
    return new Promise((resolve, reject) => {
      let isOver = false;
      const lose = () => {
        isOver = true;
        const noticedMs = faults.happens(0.9) ? faults.skewed(0, 500) : ANSWER_TIMEOUT_MS;
        scheduler.after(this.#lane, noticedMs, `${label} lost`, () => resolve(LOST));
      };
      const losesRequest = faults.happens(weather.requestLoss);
      const losesAnswer = faults.happens(weather.answerLoss);
      // A request may be under way while its connection is already known to be broken.
      const isLate = losesAnswer && faults.happens(0.3);
      if (losesRequest || isLate) lose();
      if (losesRequest) return;
      const isStraggler = faults.happens(weather.stragglers);
      const arrivesMs = isLate || isStraggler ? faults.between(0, LATE_TO_MS) : delayMs();
      scheduler.after(storeLane, arrivesMs, label, () => {
        if (!this.#isReachable) {
          if (!isOver) lose();
          return;
        }
        const answered = Promise.resolve(work());
        if (isOver) return;
        if (losesAnswer) return lose();
        answered.then((answer) => {
          scheduler.after(this.#lane, delayMs(), `${label} answered`, () => resolve(answer));
        }, reject);
      });
    });
  }
}

const LOST = Symbol("the answer was lost");
/** How a statement fails when the database is away: the one reason for which an entity may be unreadable. */
export const STORE_AWAY = "the database is away";
