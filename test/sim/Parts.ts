/** What a simulation is made of. */
import type { AnyDurableActor } from "../../src/actor/DurableActor.ts";
import type { Journal } from "../../src/actor/Journal.ts";
import type { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import type { PaymentProviders } from "../../src/payments/PaymentProvider.ts";

export interface Parts {
  readonly seed: number;
  /** What a process runs. */
  readonly actors: (providers: PaymentProviders) => ReadonlyArray<AnyDurableActor>;
  /** What the checks hold it against. */
  readonly promised: ReadonlyArray<AnyDurableActor>;
  readonly journal?: MemoryJournal;
  /** What a process gets for its journal instead of its session. */
  readonly session?: (session: Journal) => Journal;
}
