/** Reads as the promise: `given(Opened, Held).when("Settle", …).then([Settled])`. */
import { expect } from "vitest";
import type { AnyContract, CommandTagOf } from "../../rpc/contract.ts";
import { DeciderRun, type Decided, type Desk } from "./DeciderRun.ts";

export interface Expectation {
  /** Exactly these events follow, as they are stored. */
  readonly then: (events: ReadonlyArray<object>) => Expectation;
  readonly replying: (reply: object) => Expectation;
  /** Nothing follows, for this reason. */
  readonly refused: (tag: string, fields?: object) => void;
}

/** What may be given, said and expected of one kind of entity. `at` is when things happen unless they say otherwise. */
export const scenarios = <C extends AnyContract, State, Event, Internal>(
  desk: Desk<C, State, Event, Internal>,
  { at: usually, entityId }: { readonly at: number; readonly entityId: string },
) => {
  const encode = (events: ReadonlyArray<Event>) => events.map(desk.event.encode);
  return (...history: ReadonlyArray<object>) => {
    const run = new DeciderRun(desk, entityId);
    run.replay(history, usually);
    return {
      state: run.state,
      run,
      when: (tag: CommandTagOf<C>, fields: object, at = usually): Expectation =>
        expectation(run.command(tag, fields, at), encode),
      /** The entity gives itself a command: an alarm rings, a process gets on. */
      itself: (command: Internal, at = usually) =>
        expectation({ ok: true, events: run.itself(command, at), reply: undefined }, encode),
    };
  };
};

const expectation = <Event>(
  decided: Decided<Event>,
  encode: (events: ReadonlyArray<Event>) => unknown,
): Expectation => {
  const self: Expectation = {
    then: (events) => {
      expect(decided.ok ? encode(decided.events) : decided).toEqual(events);
      return self;
    },
    replying: (reply) => {
      expect(decided.ok ? decided.reply : decided).toMatchObject(reply);
      return self;
    },
    refused: (tag, fields = {}) => {
      expect(decided.ok ? decided.events : decided.rejection).toMatchObject({
        _tag: tag,
        ...fields,
      });
    },
  };
  return self;
};
