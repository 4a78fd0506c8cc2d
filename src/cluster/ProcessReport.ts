/**
 * What a process tells its peers about itself, every second, over the links between them: so that any process can show
 * the whole cluster without asking around. A report is news, not truth: it is as old as `at` says.
 */

/** Who a process is; fixed for its life. */
export interface ProcessInfo {
  /** New with each start. */
  readonly processId: string;
  /** A name for people: the supervisor's (`p1`), else `<host>:<port>`. */
  readonly name: string;
  readonly pid: number;
  /** `host:port` under which the cluster's sharding knows it. */
  readonly runner: string;
  /** `host:port` where its peers reach it. */
  readonly link: string;
  /** Where clients reach its gateway, `http://host:port`. */
  readonly url: string;
  /** The release it runs, from package.json. */
  readonly release: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/** `up` takes work; `draining` hands its entities over and ends; `silent` has not been heard of for a while. */
export type ProcessState = "up" | "draining" | "silent";

export interface KindReport {
  readonly kind: string;
  /** Entities with their state in memory. */
  readonly live: number;
  /** Messages waiting or in flight. */
  readonly depth: number;
}

/** Sockets that were opened to watch one entity and nothing else. */
export interface Watchers {
  readonly total: number;
  /** By entity id; only the most watched when there are very many. */
  readonly byEntity: Readonly<Record<string, number>>;
}

export interface ProcessReport {
  readonly info: ProcessInfo;
  readonly state: ProcessState;
  /** When it was made, epoch milliseconds, by the reporting process's clock. */
  readonly at: number;
  /** Shards it holds, of entities that have a journal. */
  readonly shards: number;
  readonly kinds: ReadonlyArray<KindReport>;
  /** Journal appends committed since it started. */
  readonly appends: number;
  /** Appends that wait for a transaction now. */
  readonly commitDepth: number;
  /** Of the transactions of the last seconds, milliseconds. */
  readonly commitMs: { readonly p50: number; readonly p99: number };
  /** Letters to other processes that wait for their answer. */
  readonly lettersInFlight: number;
  /** Topics of other processes' entities that clients here watch. */
  readonly leases: number;
  readonly sockets: number;
  /** Left out by processes of releases that have no such sockets. */
  readonly watchers?: Watchers | undefined;
  /** Threads that compute. Left out by releases that have none. */
  readonly computeWorkers?: number | undefined;
  /** How far the event loop fell behind in the last second at worst, milliseconds. */
  readonly loopDelayMs: number;
  /** Resident memory, bytes. */
  readonly memoryBytes: number;
  /** Singletons that run here, by name. */
  readonly singletons: ReadonlyArray<string>;
  /** Things that seldom happen, counted since it started: see `Sometimes`. */
  readonly sometimes: Readonly<Record<string, number>>;
}
