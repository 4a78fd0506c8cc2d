/** An entity as the journal has it: the snapshot's state, and all that happened since folded into it. */
import type { Codecs } from "./Codecs.ts";
import type { Step } from "./Decided.ts";
import type { AnyDurableActor } from "./DurableActor.ts";
import type { Loaded, LoadedEntry } from "./Journal.ts";

/** An event as the journal has it, with the state that it led to. */
export interface Recalled extends Step {
  readonly entry: LoadedEntry;
}

export interface Restored {
  readonly state: unknown;
  readonly version: number;
  /** 0 when there was no snapshot to begin with. */
  readonly snapshotVersion: number;
  /** The newest events that show something, for those who watch and missed them: at least as many as the topic remembers. */
  readonly recent: ReadonlyArray<Recalled>;
}

/** Throws when something read is not what was written, or missing. */
export const restore = (definition: AnyDurableActor, codecs: Codecs, loaded: Loaded): Restored => {
  const { decider, topic } = definition;
  const history = topic?.history ?? 0;
  const recent: Array<Recalled> = [];
  let state =
    loaded.snapshot === undefined
      ? decider.initial(loaded.entityId)
      : codecs.snapshot(definition).decode(loaded.snapshot.state);
  const snapshotVersion = loaded.snapshot?.version ?? 0;
  let version = snapshotVersion;
  const decodeEvent = codecs.event(definition);
  for (const entry of loaded.entries) {
    // Read for its reply alone.
    if (entry.version <= version) continue;
    if (entry.version !== version + 1)
      throw new Error(`version ${version + 1} is missing from the journal`);
    for (const encoded of entry.events) {
      const event = decodeEvent(encoded);
      const before = topic?.version(state);
      state = decider.evolve(state, event);
      // Most events show nothing: a lobby has thousands of bets, and a frame for each phase.
      if (history > 0 && topic?.version(state) !== before)
        recent.push({ event, after: state, entry });
    }
    if (recent.length > history * 2) recent.splice(0, recent.length - history);
    version = entry.version;
  }
  return { state, version, snapshotVersion, recent };
};
