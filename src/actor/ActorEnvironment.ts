/** What an actor needs of the process it lives in. */
import type { Ask } from "./Ask.ts";
import type { Clock, Entropy } from "./Clock.ts";
import type { Codecs } from "./Codecs.ts";
import type { GroupCommit } from "./GroupCommit.ts";
import type { Journal } from "./Journal.ts";
import type { AnyOutcome } from "./Message.ts";
import type { Recovery } from "./Recovery.ts";
import type { SnapshotWriter } from "./SnapshotWriter.ts";
import type { TopicHub } from "./TopicHub.ts";

export interface ActorMetrics {
  /** A command was decided and committed. */
  readonly decided: (kind: string, command: string, outcome: AnyOutcome) => void;
  readonly committed: (appends: number, latencyMs: number) => void;
  readonly fenced: (appends: number) => void;
  /** An entity committed a command that it gave itself: by its alarm, or a step of its process. */
  readonly didItself: (kind: string, command: string) => void;
  /** An entity came to life with something owed that an earlier life had begun. */
  readonly resumed: (kind: string) => void;
  readonly recoveredFromSnapshot: (kind: string) => void;
}

export type Log = (message: string, fields: Record<string, unknown>) => void;

export interface ActorEnvironment {
  readonly ask: Ask;
  readonly clock: Clock;
  readonly codecs: Codecs;
  readonly committer: GroupCommit;
  readonly entropy: Entropy;
  readonly journal: Journal;
  /** Whether an administrator has paused a kind. */
  readonly isPaused: (kind: string) => boolean;
  readonly log: Log;
  readonly metrics: ActorMetrics;
  readonly recovery: Recovery;
  readonly snapshots: SnapshotWriter;
  readonly topics: TopicHub;
}
