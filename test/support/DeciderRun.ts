/**
 * One entity on the desk: its decider, fed by hand. Whatever passes through (commands, events, states, replies,
 * rejections) makes the journey through its codec and JSON and must come out the same, in every test that uses this.
 */
import type { Rpc } from "@effect/rpc";
import { Schema } from "effect";
import { expect } from "vitest";
import type { AnyContract, CommandTagOf, QueryTagOf } from "../../rpc/contract.ts";
import type { Decider, Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow } from "../../src/actor/Projection.ts";
import { canonicalText } from "../../src/audit/Canonical.ts";

interface Codec<A> {
  readonly encode: (value: A) => unknown;
  readonly decode: (encoded: unknown) => A;
}

const codec = <A, Encoded>(schema: Schema.Schema<A, Encoded>): Codec<A> => ({
  encode: Schema.encodeSync(schema),
  decode: Schema.decodeUnknownSync(schema),
});

interface Parts<C extends AnyContract, State, Event, Internal> {
  readonly contract: C;
  readonly decider: Decider<C, State, Event, Internal>;
  readonly project: (
    event: Event,
    after: State,
    meta: Meta,
    version: number,
  ) => ReadonlyArray<ProjectedRow>;
}

export interface Desk<C extends AnyContract, State, Event, Internal> extends Parts<
  C,
  State,
  Event,
  Internal
> {
  readonly event: Codec<Event>;
  readonly state: Codec<State>;
  /** Text that all equal states share. */
  readonly textOf: (state: State) => string;
}

export const desk = <C extends AnyContract, State, Event, Internal, EncodedState, EncodedEvent>(
  parts: Parts<C, State, Event, Internal>,
  schemas: {
    readonly event: Schema.Schema<Event, EncodedEvent>;
    readonly state: Schema.Schema<State, EncodedState>;
  },
): Desk<C, State, Event, Internal> => ({
  ...parts,
  event: codec(schemas.event),
  state: codec(schemas.state),
  textOf: canonicalText(schemas.state),
});

/** One event with where it led and what it wrote. */
export interface Step<State, Event> {
  readonly event: Event;
  readonly before: State;
  readonly after: State;
  readonly rows: ReadonlyArray<ProjectedRow>;
  readonly meta: Meta;
  readonly version: number;
}

export type Decided<Event> =
  | { readonly ok: true; readonly events: ReadonlyArray<Event>; readonly reply: unknown }
  | { readonly ok: false; readonly rejection: { readonly _tag: string } };

/** A message of a contract, its types forgotten: the contract's own types stand in the signatures below. */
interface AnyRpc {
  readonly payload: Codec<never>;
  readonly success: Codec<unknown>;
  readonly error: Codec<unknown>;
}

const overTheWire = <A>({ decode, encode }: Codec<A>, value: A): A =>
  decode(JSON.parse(JSON.stringify(encode(value))));

export class DeciderRun<C extends AnyContract, State, Event, Internal> {
  readonly #desk: Desk<C, State, Event, Internal>;
  readonly entityId: string;
  readonly steps: Array<Step<State, Event>> = [];
  state: State;
  /** Of the journal: entries so far. */
  version = 0;

  constructor(desk: Desk<C, State, Event, Internal>, entityId: string) {
    this.#desk = desk;
    this.entityId = entityId;
    this.state = desk.decider.initial(entityId);
  }

  get events(): ReadonlyArray<Event> {
    return this.steps.map((step) => step.event);
  }

  /** The states that others may see: those between commands, not between the events of one. */
  get committed(): ReadonlyArray<State> {
    return this.steps
      .filter(({ version }, i) => version !== this.steps[i + 1]?.version)
      .map(({ after }) => after);
  }

  /** Starts from what has happened. Events are written as plain data; their schema brands them. */
  replay(history: ReadonlyArray<unknown>, at: number): void {
    for (const event of history)
      this.#take([this.#desk.event.decode(event)], this.#meta("replay", at));
  }

  command(
    tag: CommandTagOf<C>,
    fields: object,
    at: number,
    commandId = `c${this.version + 1}`,
  ): Decided<Event> {
    const rpc = this.#rpc(tag);
    const payload = rpc.payload.decode({ entityId: this.entityId, commandId, ...fields });
    expect(overTheWire(rpc.payload, payload)).toEqual(payload);
    const decide = this.#desk.decider.decide[tag];
    const meta = this.#meta(commandId, at);
    const decision = decide(this.state, payload, meta);
    if (!decision.accepted) {
      expect(overTheWire(rpc.error, decision.rejection)).toEqual(decision.rejection);
      this.version++;
      return { ok: false, rejection: decision.rejection as { readonly _tag: string } };
    }
    this.#take(decision.events, meta);
    const reply: unknown = decision.reply(this.state);
    // Replies are stored and sent as they are.
    expect(JSON.parse(JSON.stringify(reply))).toEqual(reply);
    expect(overTheWire(rpc.success, reply)).toEqual(reply);
    return { ok: true, events: decision.events, reply };
  }

  /** A command that the entity gives itself. */
  itself(command: Internal, at: number): ReadonlyArray<Event> {
    const meta = this.#meta(`~${this.version + 1}`, at);
    const events = this.#desk.decider.decideInternal(this.state, command, meta);
    if (events.length > 0) this.#take(events, meta);
    return events;
  }

  query(tag: QueryTagOf<C>, at: number, fields: object = {}): unknown {
    const rpc = this.#rpc(tag);
    const payload = rpc.payload.decode({ entityId: this.entityId, ...fields });
    const answered = this.#desk.decider.answer[tag](this.state, payload, { at });
    return answered.accepted ? answered.reply : answered.rejection;
  }

  /** Folds all events again, from nothing and from every state in between as a snapshot would bring it back. */
  expectReplayToAgree(): void {
    const { decider, state, textOf } = this.#desk;
    let again = decider.initial(this.entityId);
    for (const { after, event } of this.steps) {
      again = decider.evolve(overTheWire(state, again), event);
      expect(textOf(again)).toBe(textOf(after));
    }
  }

  #take(events: ReadonlyArray<Event>, meta: Meta): void {
    const { decider, event: schema, project, state, textOf } = this.#desk;
    const version = this.version + 1;
    for (const event of events) {
      expect(overTheWire(schema, event)).toEqual(event);
      const before = this.state;
      const after = decider.evolve(before, event);
      expect(textOf(overTheWire(state, after))).toBe(textOf(after));
      this.state = after;
      const rows = project(event, after, meta, version);
      this.steps.push({ event, before, after, rows, meta, version });
    }
    this.version = version;
  }

  #meta(commandId: string, at: number): Meta {
    return { at, entityId: this.entityId, commandId };
  }

  #rpc(tag: string): AnyRpc {
    const rpc = this.#desk.contract.group.requests.get(tag);
    if (rpc === undefined) throw new Error(`the contract has no ${tag}`);
    const { errorSchema, payloadSchema, successSchema } = rpc as unknown as Rpc.AnyWithProps;
    return {
      payload: codec(payloadSchema as Schema.Schema<never>),
      success: codec(successSchema as Schema.Schema<unknown>),
      error: codec(errorSchema as Schema.Schema<unknown>),
    };
  }
}
