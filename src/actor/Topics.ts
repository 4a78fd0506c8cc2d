/**
 * A topic is what an entity shows to those who watch it; its name is `<kind>:<entity id>`. Frames leave the entity
 * after the commit they rest on (the output gate) and in the order of their versions.
 *
 * - A **versioned** frame reports a change; its version is one higher than that of the topic's frame before.
 * - A **sampled** frame reports the present (positions, odds), bears the current version and may be missed.
 */

export interface TopicFrame {
  readonly topic: string;
  readonly version: number;
  readonly sampled: boolean;
  /** The frame as JSON text, ready for the wire. */
  readonly text: string;
}

export interface Watch {
  /**
   * The versioned frames after `version` that this process still remembers, oldest first; undefined when it does not
   * reach back so far, and the watcher needs a snapshot. Answered at once, so that nothing falls between a
   * snapshot and the frames that follow it.
   */
  readonly since: (version: number) => ReadonlyArray<TopicFrame> | undefined;
  readonly close: () => void;
}

export interface Watcher {
  readonly frame: (frame: TopicFrame) => void;
  /** Frames up to `version` were missed and nobody remembers them: whoever watches needs a snapshot. */
  readonly gap: (version: number) => void;
}

export interface Topics {
  /**
   * Watches a topic for as long as the watch is open. One watch a topic a gateway: it fans out itself. Whoever has seen
   * the frames up to `after` is shown those that follow, or told that it has a gap.
   */
  readonly watch: (topic: string, watcher: Watcher, after?: number) => Watch;
}
