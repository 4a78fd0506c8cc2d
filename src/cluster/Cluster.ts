/** The cluster as one of its processes sees it: what the gateway and the console may ask of it. */
import type { ProcessInfo, ProcessReport } from "./ProcessReport.ts";

export interface Cluster {
  readonly self: ProcessInfo;
  /** The newest report of each process that is known, this one's first. */
  readonly reports: () => ReadonlyArray<ProcessReport>;
  /** Shards of entities that have a journal, and how many of them some process is known to hold. */
  readonly shards: () => { readonly total: number; readonly held: number };
  /** The process that holds an entity's shard, as far as this one knows. */
  readonly ownerOf: (kind: string, entityId: string) => ProcessInfo | undefined;
  /** Kinds whose entities take no messages and ring no alarms, by an administrator's order, in the whole cluster. */
  readonly pausedKinds: () => ReadonlyArray<string>;
  /** Durable: holds for processes that start later, too. Resolves when it is stored; the processes follow within a second. */
  readonly setPaused: (kind: string, paused: boolean) => Promise<void>;
}
