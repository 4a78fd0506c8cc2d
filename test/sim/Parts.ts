/** What a simulation is made of. */
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { Journal } from "../../src/actor/Journal.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";

export interface Parts {
  readonly seed: number;
  /** What the processes run. */
  readonly actors: ReadonlyArray<AnyDurableActor>;
  /** What the checks hold it against. */
  readonly promised: ReadonlyArray<AnyDurableActor>;
  readonly journal?: MemoryJournal;
  /** What a process gets for its journal instead of its session. */
  readonly session?: (session: Journal) => Journal;
}
