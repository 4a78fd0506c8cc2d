/** A cluster of two processes that exist on paper: this one, and `p2`, which has what a test says it has. */
import type { Cluster } from "../../../src/cluster/Cluster.ts";
import type {
  ProcessInfo,
  ProcessReport,
  ProcessState,
} from "../../../src/cluster/ProcessReport.ts";

const STARTED_AT = 1_700_000_000_000;

export const info = (name: string): ProcessInfo => ({
  processId: `${name}-id`,
  name,
  pid: name === "p1" ? 101 : 102,
  runner: `127.0.0.1:81${name.slice(1)}`,
  link: `127.0.0.1:82${name.slice(1)}`,
  url: `http://${name}.example:8080`,
  release: "0.1.0",
  startedAt: STARTED_AT,
});

export class FakeCluster implements Cluster {
  readonly self = info("p1");
  other: ProcessInfo = info("p2");
  otherState: ProcessState = "up";
  /** Ids of entities that live in the other process; undefined for all. */
  elsewhere: ReadonlySet<string> | undefined = new Set();
  readonly paused = new Set<string>();
  /** Called when a kind has been paused or resumed, as the processes' own systems would be. */
  onPaused: (kinds: ReadonlySet<string>) => void = () => undefined;

  readonly reports = () => [report(this.self, "up"), report(this.other, this.otherState)];
  readonly shards = () => ({ total: 300, held: 300 });
  readonly ownerOf = (_kind: string, entityId: string) =>
    this.elsewhere === undefined || this.elsewhere.has(entityId) ? this.other : this.self;
  readonly pausedKinds = () => [...this.paused];
  readonly setPaused = (kind: string, paused: boolean) => {
    if (paused) this.paused.add(kind);
    else this.paused.delete(kind);
    this.onPaused(new Set(this.paused));
    return Promise.resolve();
  };
}

const report = (process: ProcessInfo, state: ProcessState): ProcessReport => ({
  info: process,
  state,
  at: STARTED_AT + 60_000,
  shards: 150,
  kinds: [{ kind: "wallet", live: 3, depth: 1 }],
  appends: 1234,
  commitDepth: 2,
  commitMs: { p50: 1.5, p99: 4.25 },
  lettersInFlight: 5,
  leases: 6,
  sockets: 7,
  watchers: { total: 3, byEntity: { harbour: 2, other: 1 } },
  loopDelayMs: 0.5,
  memoryBytes: 90_000_000,
  singletons: ["alarms"],
  sometimes: { fencedAppend: 1 },
});
