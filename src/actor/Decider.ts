/**
 * A decider is an entity's whole behaviour as two plain functions:
 *
 *   decide(state, command) → events and a reply | a rejection
 *   evolve(state, event)   → state
 *
 * Synchronous, so commands of one entity cannot interleave; pure, so the same journal gives the same state in every
 * process and release. Time arrives in `Meta`, chance inside the command. `evolve` never refuses: what has happened
 * has happened.
 */
import type {
  AnyContract,
  CommandTagOf,
  PayloadOf,
  QueryTagOf,
  RejectionOf,
  ReplyOf,
} from "../../rpc/contract.ts";

/** What surrounds a command. */
export interface Meta {
  /** When it is decided, epoch milliseconds. */
  readonly at: number;
  readonly entityId: string;
  readonly commandId: string;
}

export interface Accepted<State, Event, Reply> {
  readonly accepted: true;
  readonly events: ReadonlyArray<Event>;
  /** The reply, from the state that the events lead to. */
  readonly reply: (after: State) => Reply;
}

export interface Rejected<Rejection> {
  readonly accepted: false;
  readonly rejection: Rejection;
}

export type Decision<State, Event, Reply, Rejection> =
  | Accepted<State, Event, Reply>
  | Rejected<Rejection>;

export const accept = <State, Event, Reply>(
  events: ReadonlyArray<Event>,
  reply: (after: State) => Reply,
): Accepted<State, Event, Reply> => ({ accepted: true, events, reply });

export const reject = <Rejection>(rejection: Rejection): Rejected<Rejection> => ({
  accepted: false,
  rejection,
});

/** `Internal` are the commands that an entity gives itself (alarms, steps of its processes); they cannot be refused. */
export interface Decider<C extends AnyContract, State, Event, Internal = never> {
  readonly initial: (entityId: string) => State;
  readonly decide: {
    readonly [Tag in CommandTagOf<C>]: (
      state: State,
      command: PayloadOf<C, Tag>,
      meta: Meta,
    ) => Decision<State, Event, ReplyOf<C, Tag>, RejectionOf<C, Tag>>;
  };
  /** What follows from an internal command; nothing, when it comes late or twice. */
  readonly decideInternal: (state: State, command: Internal, meta: Meta) => ReadonlyArray<Event>;
  readonly answer: {
    readonly [Tag in QueryTagOf<C>]: (
      state: State,
      query: PayloadOf<C, Tag>,
      meta: { readonly at: number },
    ) => Answer<ReplyOf<C, Tag>, RejectionOf<C, Tag>>;
  };
  readonly evolve: (state: State, event: Event) => State;
}

export type Answer<Reply, Rejection> =
  | { readonly accepted: true; readonly reply: Reply }
  | Rejected<Rejection>;

export const answer = <Reply>(reply: Reply): Answer<Reply, never> => ({ accepted: true, reply });
