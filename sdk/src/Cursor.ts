/**
 * How far one watcher of a topic has come. Whatever the order in which frames arrive, and however often, the watcher
 * gets every change after the last one it had, in order and once; or a snapshot, and then every change after that.
 *
 * A change that comes before its turn is kept until the ones before it are there. What is missing is the topic's to ask
 * for.
 */
import type { TopicFrame } from "./TopicFrame.ts";

export interface Cursor {
  /** Of the last change or snapshot that was delivered; null before the first. */
  readonly version: () => number | null;
  /** Something has been announced that did not come, or nothing has come at all. */
  readonly isMissing: () => boolean;
  /** `isBelieved`: a snapshot counts though it is older, for the server itself has gone back. */
  readonly accept: (frame: TopicFrame, isBelieved?: boolean) => void;
  /** What came early on a connection that is lost will come again. */
  readonly connectionLost: () => void;
  /** The watcher has dropped what it got after `version`, and wants it again. */
  readonly rewind: (version: number | null) => void;
}

/** A wider gap is cheaper to repair by a snapshot than to keep the frames behind it. */
const MAX_EARLY_CHANGES = 256;

export function createCursor(after: number | null, deliver: (frame: TopicFrame) => void): Cursor {
  let version = after;
  /** The highest version that the server has spoken of. */
  let spokenOf = after ?? -1;
  const early = new Map<number, TopicFrame>();

  const release = (): void => {
    while (version !== null) {
      const next = early.get(version + 1);
      if (next === undefined) break;
      early.delete(next.version);
      version = next.version;
      deliver(next);
    }
    for (const kept of early.keys()) if (version !== null && kept <= version) early.delete(kept);
  };

  return {
    version: () => version,
    isMissing: () => version === null || spokenOf > version,
    accept: (frame, isBelieved = false) => {
      if (isBelieved) {
        early.clear();
        spokenOf = frame.version;
      }
      spokenOf = Math.max(spokenOf, frame.version);
      switch (frame.kind) {
        case "snapshot":
          if (isBelieved || version === null || frame.version > version) {
            version = frame.version;
            deliver(frame);
            release();
          } else if (frame.version === version) {
            // Nothing has changed, but samples may have been missed.
            deliver({ ...frame, kind: "sample" });
          }
          return;
        case "sample":
          if (frame.version === version) deliver(frame);
          return;
        case "change":
          if (version !== null && frame.version <= version) return;
          if (early.size < MAX_EARLY_CHANGES) early.set(frame.version, frame);
          release();
      }
    },
    connectionLost: () => {
      early.clear();
      spokenOf = version ?? -1;
    },
    rewind: (to) => {
      early.clear();
      version = to;
    },
  };
}
