/**
 * The life of one process in memory. It ends as by kill -9: at a commit that a test names, of the process that was nothing
 * happens any more, and another may begin with what the journal has.
 */
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { Append, CommitResult, Journal } from "../../src/actor/Journal.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { ManualClock } from "./ManualClock.ts";
import { quietMetrics } from "./quietMetrics.ts";

const SWEEP_EVERY_MS = 500;

interface Parts {
  readonly actors: ReadonlyArray<AnyDurableActor>;
  readonly journal: MemoryJournal;
  readonly clock: ManualClock;
  readonly hex: (bytes: number) => string;
}

/** Where a process dies: at its n-th commit from now, before the store has it or after. */
export interface Death {
  readonly commit: number;
  readonly written: boolean;
}

/** One process: its actors, journal and clock, cut off when it dies. */
export class Life {
  isOver = false;
  commits = 0;
  death: Death | undefined;
  readonly system: ActorSystem;
  readonly #journal: MemoryJournal;

  constructor({ actors, clock, hex, journal }: Parts) {
    this.#journal = journal;
    const whileAlive = (work: () => void) => () => {
      if (!this.isOver) work();
    };
    const own: Journal = {
      commit: (batch) => this.#commit(batch),
      load: (requests) => this.#untilOver(journal.load(requests)),
      findCommand: (key, commandId) => this.#untilOver(journal.findCommand(key, commandId)),
      saveSnapshots: (snapshots) => this.#untilOver(journal.saveSnapshots(snapshots)),
      overdueAlarms: (before, limit) => this.#untilOver(journal.overdueAlarms(before, limit)),
    };
    this.system = new ActorSystem({
      actors,
      journal: own,
      clock: {
        now: clock.now,
        after: (delayMs, work) => clock.after(delayMs, whileAlive(work)),
        soon: (work) => clock.soon(whileAlive(work)),
      },
      entropy: { hex },
      metrics: quietMetrics,
      log: () => {},
    });
    const sweep = async () => {
      for (const { entityId, kind } of await own.overdueAlarms(clock.now(), 100))
        this.#wake(kind, entityId);
      clock.after(
        SWEEP_EVERY_MS,
        whileAlive(() => void sweep()),
      );
    };
    void sweep();
  }

  #wake(kind: string, entityId: string): void {
    for (const resident of this.system.residents())
      if (resident.kind === kind && resident.entityId === entityId) return resident.wake();
    this.system.open(kind, entityId, () => true).wake();
  }

  async #commit(batch: ReadonlyArray<Append>): Promise<CommitResult> {
    const dies = ++this.commits === this.death?.commit;
    if (dies && this.death?.written === false) this.isOver = true;
    if (this.isOver) return never();
    const result = await this.#journal.commit(batch);
    if (dies) this.isOver = true;
    return this.#untilOver(Promise.resolve(result));
  }

  async #untilOver<A>(promise: Promise<A>): Promise<A> {
    const value = await promise;
    return this.isOver ? never() : value;
  }
}

const never = <A>() => new Promise<A>(() => {});

/** More commits than any scenario takes: one that still dies at it has gone astray. */
const MAX_COMMITS = 40;

/** Runs a scenario with a death at each commit, until one in which it was not reached; answers at how many it died. */
export const dyingEverywhere = async (
  scenario: (death: Death) => Promise<{ readonly died: boolean }>,
): Promise<number> => {
  let deaths = 0;
  for (let commit = 1; commit <= MAX_COMMITS; commit++) {
    for (const written of [false, true]) {
      const { died } = await scenario({ commit, written });
      if (!died) return deaths;
      deaths++;
    }
  }
  throw new Error(`it takes more than ${MAX_COMMITS} commits`);
};
