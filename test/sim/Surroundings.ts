/** A simulated cluster as its parts see it, and a simulated process as the others see it. */
import type { ProcessInfo } from "../../src/cluster/ProcessReport.ts";
import type { PeerMessage } from "../../src/cluster/PeerMessage.ts";
import type { Topics } from "../../src/actor/Topics.ts";
import type { PaymentProvider } from "../../src/payments/PaymentProvider.ts";
import type { Bookkeeper } from "./Bookkeeper.ts";
import type { Chance } from "./Chance.ts";
import type { Parts } from "./Parts.ts";
import type { Lane, Scheduler } from "./Scheduler.ts";
import type { Store } from "./Store.ts";
import type { Weather } from "./Weather.ts";
import type { Witness } from "./Witness.ts";

/** A connection, as seen from one of its ends. */
export interface Link {
  readonly send: (message: PeerMessage) => void;
}

/** What stands at one end of a link. */
export interface End {
  readonly lane: Lane;
  readonly opened: (link: Link) => void;
  readonly receive: (message: PeerMessage) => void;
  readonly closed: () => void;
}

/** A simulated process. */
export interface Resident {
  readonly name: string;
  readonly info: ProcessInfo;
  readonly lane: Lane;
  readonly isLeaving: boolean;
  readonly topics: Topics;
  readonly soon: (label: string, work: () => void) => void;
  readonly acquire: (shard: number) => void;
  readonly release: (shard: number) => void;
  readonly dialler: (to: Resident) => End;
  readonly acceptor: () => End;
}

export interface Surroundings {
  readonly parts: Parts;
  readonly scheduler: Scheduler;
  readonly faults: Chance;
  readonly weather: Weather;
  /** The true time on the wall, epoch milliseconds. */
  readonly wall: number;
  readonly store: Store;
  readonly storeLane: Lane;
  readonly bank: { readonly portFor: (caller: Lane) => PaymentProvider };
  readonly clientLane: Lane;
  readonly witness: Witness;
  readonly books: Bookkeeper;
  readonly runners: ReadonlyArray<Resident>;
  readonly living: ReadonlyArray<Resident>;
  readonly network: { readonly left: (resident: Resident) => void };
  readonly locks: { readonly holds: (resident: Resident, shard: number) => boolean };
  readonly isStoreReachable: (writer: string) => boolean;
  readonly note: (text: string) => void;
  readonly sometimes: (what: string) => void;
  readonly fail: (sentence: string) => void;
}
