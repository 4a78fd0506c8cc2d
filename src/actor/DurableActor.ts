/**
 * A durable actor is a decider with what it takes to keep it: the schema of its events, snapshots, an alarm, a process
 * for work owed to other entities, projections, and a topic for those who watch. The runtime (`ActorSystem`) runs any
 * of them; it knows none.
 *
 * What the runtime guarantees:
 * - **One at a time.** Commands of one entity are decided one after another, in the order of arrival.
 * - **Output gate.** No reply, frame or message to another entity leaves before the commit it rests on. If the commit
 *   fails, the state decided on is dropped and the entity reloads.
 * - **Fence.** The journal's primary key is `(kind, entity id, version)`: of two live copies at most one commits.
 * - **Once.** A command id is carried out once; repetitions get the stored reply, for ever.
 * - **Alarms** ring at least once after they are due, whichever process is alive. One row an entity: the earliest.
 */
import type { Schema } from "effect";
import type { AnyContract } from "../../rpc/contract.ts";
import type { Ask } from "./Ask.ts";
import type { Entropy } from "./Clock.ts";
import type { Decider, Meta } from "./Decider.ts";
import type { ProjectedRow, Projection } from "./Projection.ts";

/** A schema whose encoded form is JSON, of whatever shape. */
// oxlint-disable-next-line typescript/no-explicit-any -- schemas are invariant in their encoded form, so `unknown` fits none
export type JsonSchema<A> = Schema.Schema<A, any>;

export interface Snapshots<State> {
  readonly schema: JsonSchema<State>;
  /** Counted up when `State` changes its shape or meaning: older snapshots are then left unread. */
  readonly revision: number;
  /** Journal entries after which the next snapshot is due. */
  readonly everyEntries: number;
  /**
   * Items in the state. A snapshot costs as much as there are, so it waits for some entries more for each: what it costs a
   * command stays the same however much an entity holds. Default: 0.
   */
  readonly size?: (state: State) => number;
  /** A good moment: the state is small. Default: any. */
  readonly when?: (state: State) => boolean;
}

export interface Alarm<State, Internal> {
  /** When the entity wants to be woken, epoch milliseconds; undefined for never. */
  readonly dueAt: (state: State) => number | undefined;
  /** The command that the alarm gives. It may come early, late or twice. */
  readonly command: (state: State, now: number, entropy: Entropy) => Internal | undefined;
}

export interface ProcessContext<State, Internal> {
  readonly entityId: string;
  /** The committed state, as it is now. */
  readonly state: () => State;
  readonly ask: Ask;
  readonly now: () => number;
  /** Gives the entity an internal command; resolves when it is committed, false when it could not be. */
  readonly tell: (command: Internal) => Promise<boolean>;
}

/**
 * Work that spans entities. What is outstanding stands in the state; each step may be done again. The runtime starts
 * `run` after any commit or activation that leaves something outstanding, one run at a time, and again with growing
 * pauses until nothing is.
 */
export interface Process<State, Internal> {
  readonly outstanding: (state: State) => boolean;
  readonly run: (context: ProcessContext<State, Internal>) => Promise<void>;
}

/** A report of the present, and how often to make one. */
export interface Sample {
  readonly everyMs: number;
  readonly frame: () => object;
  /**
   * What the frame tells about, if it may well stay as it is: for as long as it is the very same object as at the last
   * report, the next waits for `unchangedForMs`. Default: always reported.
   */
  readonly of?: object;
  readonly unchangedForMs?: number;
}

export interface Topic<State, Event> {
  /** Version of the newest frame. */
  readonly version: (state: State) => number;
  /** The frames that an event makes for those who watch, each with its version. */
  readonly frames: (
    event: Event,
    after: State,
    meta: Meta,
  ) => ReadonlyArray<{ readonly version: number; readonly frame: object }>;
  /** Frames remembered for those who resume. */
  readonly history: number;
  /** Reports the present at a rate; undefined when there is nothing to report. */
  readonly sample?: (state: State, now: number) => Sample | undefined;
}

export interface DurableActor<C extends AnyContract, State, Event, Internal> {
  readonly contract: C;
  readonly decider: Decider<C, State, Event, Internal>;
  readonly event: JsonSchema<Event>;
  readonly snapshots: Snapshots<State>;
  readonly alarm?: Alarm<State, Internal>;
  readonly process?: Process<State, Internal>;
  readonly topic?: Topic<State, Event>;
  readonly projections: ReadonlyArray<Projection>;
  readonly project: (
    event: Event,
    after: State,
    meta: Meta,
    version: number,
  ) => ReadonlyArray<ProjectedRow>;
  /** Replies remembered in memory, so that a repetition shortly after need not ask the database. */
  readonly recentReplies: number;
}

/** An actor whose types have been checked and no longer matter: what the runtime handles. */
export type AnyDurableActor = DurableActor<AnyContract, unknown, unknown, unknown>;

/** Checks an actor's parts against its contract and hands it to the runtime. */
export const make = <C extends AnyContract, State, Event, Internal = never>(
  actor: DurableActor<C, State, Event, Internal>,
): AnyDurableActor => actor as unknown as AnyDurableActor;
