/**
 * A counter: the smallest durable actor that has all parts one can have. It adds up to a limit, rings an alarm that
 * adds more, gives amounts to other counters (a process), shows each change to those who watch, and keeps two tables.
 */
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "../../rpc/contract.ts";
import { CommandId } from "../../rpc/id.ts";
import { accept, answer, type Decider, reject } from "../../src/actor/Decider.ts";
import { type AnyDurableActor, make, type Process } from "../../src/actor/DurableActor.ts";
import type { Projection } from "../../src/actor/Projection.ts";

export const LIMIT = 1_000_000;
export const HISTORY = 3;
export const SAMPLE_EVERY_MS = 50;
export const EVERY_ENTRIES = 5;
export const RECENT_REPLIES = 2;

export class OverLimit extends Schema.TaggedError<OverLimit>()("OverLimit", {
  limit: Schema.Int,
  total: Schema.Int,
}) {}

const Total = Schema.Struct({ total: Schema.Int });
const amount = Schema.Int;

export const Counter = contract(
  "counter",
  RpcGroup.make(
    command("Add", { payload: { amount }, success: Total, error: OverLimit }),
    /** Adds `amount` when the alarm rings at `dueAt`; an amount of zero is an alarm that leads to nothing. */
    command("Schedule", { payload: { dueAt: Schema.Int, amount }, success: Total }),
    /** Adds `amount` to the counter `to`, by and by. */
    command("Give", { payload: { to: Schema.String, amount }, success: Total }),
    /** A defect: dies while deciding. */
    command("Die", { payload: {}, success: Total }),
    /** Writes what no store keeps: a text that PostgreSQL refuses. */
    command("Spoil", { payload: {}, success: Total }),
    query("Get", { payload: {}, success: Total }),
  ),
);

export const CounterState = Schema.Struct({
  total: Schema.Int,
  /** Version of the newest frame: one up for each change of the total. */
  changes: Schema.Int,
  alarm: Schema.NullOr(Schema.Struct({ dueAt: Schema.Int, amount })),
  gifts: Schema.Array(Schema.Struct({ id: Schema.String, to: Schema.String, amount })),
});
export type CounterState = typeof CounterState.Type;

const Added = Schema.TaggedStruct("Added", { amount, note: Schema.optional(Schema.String) });
const Scheduled = Schema.TaggedStruct("Scheduled", { dueAt: Schema.Int, amount });
const Rung = Schema.TaggedStruct("Rung", { amount });
const Promised = Schema.TaggedStruct("Promised", { id: Schema.String, to: Schema.String, amount });
const Given = Schema.TaggedStruct("Given", { id: Schema.String });
export const CounterEvent = Schema.Union(Added, Scheduled, Rung, Promised, Given);
export type CounterEvent = typeof CounterEvent.Type;

type CounterInternal =
  | { readonly _tag: "Ring"; readonly now: number }
  | { readonly _tag: "Finish"; readonly id: string };

const initial: CounterState = { total: 0, changes: 0, alarm: null, gifts: [] };

const raised = (state: CounterState, by: number): CounterState => ({
  ...state,
  total: state.total + by,
  changes: state.changes + 1,
});

const evolve = (state: CounterState, event: CounterEvent): CounterState => {
  switch (event._tag) {
    case "Added":
      return raised(state, event.amount);
    case "Scheduled":
      return { ...state, alarm: { dueAt: event.dueAt, amount: event.amount } };
    case "Rung":
      return { ...raised(state, event.amount), alarm: null };
    case "Promised": {
      const { _tag, ...gift } = event;
      return { ...state, gifts: [...state.gifts, gift] };
    }
    case "Given":
      return { ...state, gifts: state.gifts.filter((gift) => gift.id !== event.id) };
  }
};

/** The total that a list of events leads to. */
export const fold = (events: ReadonlyArray<unknown>): CounterState =>
  events.reduce<CounterState>((state, event) => evolve(state, event as CounterEvent), initial);

const total = (state: CounterState) => ({ total: state.total });

const decider: Decider<typeof Counter, CounterState, CounterEvent, CounterInternal> = {
  initial: () => initial,
  decide: {
    Add: (state, { amount: by }) =>
      state.total + by > LIMIT
        ? reject(new OverLimit({ limit: LIMIT, total: state.total }))
        : accept([{ _tag: "Added" as const, amount: by }], total),
    Schedule: (_, { amount: by, dueAt }) =>
      accept([{ _tag: "Scheduled" as const, dueAt, amount: by }], total),
    Give: (_, { amount: by, to }, { commandId }) =>
      accept([{ _tag: "Promised" as const, id: commandId, to, amount: by }], total),
    Die: () => {
      throw new Error("the counter's code is wrong");
    },
    Spoil: () => accept([{ _tag: "Added" as const, amount: 0, note: "\u0000" }], total),
  },
  decideInternal: (state, internal) => {
    if (internal._tag === "Finish")
      return state.gifts.some((gift) => gift.id === internal.id)
        ? [{ _tag: "Given", id: internal.id }]
        : [];
    const { alarm } = state;
    return alarm === null || alarm.dueAt > internal.now || alarm.amount === 0
      ? []
      : [{ _tag: "Rung", amount: alarm.amount }];
  },
  answer: { Get: (state) => answer(total(state)) },
  evolve,
};

const process: Process<CounterState, CounterInternal> = {
  outstanding: (state) => state.gifts.length > 0,
  run: async ({ ask, state, tell }) => {
    for (const { amount: given, id, to } of state().gifts) {
      const commandId = CommandId.make(`gift:${id}`);
      const added = await ask(Counter, "Add", { entityId: to, commandId, amount: given });
      if (added.ok) await tell({ _tag: "Finish", id });
    }
  },
};

export const CounterTotal: Projection = {
  table: "counter_total",
  columns: { counter_id: "text", total: "bigint" },
  key: ["counter_id"],
  write: "upsert",
};

export const CounterChange: Projection = {
  table: "counter_change",
  columns: { counter_id: "text", change: "integer", note: "text" },
  key: ["counter_id", "change"],
  write: "insert",
};

/** The tables of the projections. */
export const COUNTER_TABLES = `
CREATE TABLE counter_total (counter_id text PRIMARY KEY, total bigint NOT NULL);
CREATE TABLE counter_change (
  counter_id text, change integer, note text, PRIMARY KEY (counter_id, change)
)`;

export const counter: AnyDurableActor = make<
  typeof Counter,
  CounterState,
  CounterEvent,
  CounterInternal
>({
  contract: Counter,
  decider,
  event: CounterEvent,
  snapshots: { schema: CounterState, revision: 1, everyEntries: EVERY_ENTRIES },
  recentReplies: RECENT_REPLIES,
  alarm: {
    dueAt: (state) => state.alarm?.dueAt,
    command: (_, now) => ({ _tag: "Ring", now }),
  },
  process,
  topic: {
    version: (state) => state.changes,
    history: HISTORY,
    frames: (event, after) =>
      event._tag === "Added" || event._tag === "Rung"
        ? [{ version: after.changes, frame: { type: "CHANGED", total: after.total } }]
        : [],
    sample: ({ alarm }, now) =>
      alarm === null
        ? undefined
        : { everyMs: SAMPLE_EVERY_MS, frame: () => ({ type: "DUE", inMs: alarm.dueAt - now }) },
  },
  projections: [CounterTotal, CounterChange],
  project: (event, after, { entityId }) =>
    event._tag === "Added" || event._tag === "Rung"
      ? [
          { projection: CounterTotal, row: { counter_id: entityId, total: after.total } },
          {
            projection: CounterChange,
            row: {
              counter_id: entityId,
              change: after.changes,
              note: event._tag === "Added" ? (event.note ?? null) : null,
            },
          },
        ]
      : [],
});
