/**
 * A tally in two releases. The newer one's `Add` takes a note that the older has not heard of, its events bear the note, and
 * it has a command of its own, `Double`. Its events are of the kinds that the older one has: that is the rule for a
 * release that shares its journal with the one before.
 */
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract, query } from "../../../rpc/contract.ts";
import { accept, answer, type Decider } from "../../../src/actor/Decider.ts";
import { type AnyDurableActor, make } from "../../../src/actor/DurableActor.ts";

export const KIND = "tally";

const amount = Schema.Int;
const Total = Schema.Struct({ total: Schema.Int });
const State = Total;
type State = typeof State.Type;
const total = (state: State) => ({ total: state.total });
const evolve = (state: State, event: { readonly amount: number }): State => ({
  total: state.total + event.amount,
});
const snapshots = { schema: State, revision: 1, everyEntries: 4 };
const parts = { snapshots, recentReplies: 8, projections: [], project: () => [] };

const OldAdded = Schema.TaggedStruct("Added", { amount });
type OldAdded = typeof OldAdded.Type;

export const OldTally = contract(
  KIND,
  RpcGroup.make(
    command("Add", { payload: { amount }, success: Total }),
    query("Get", { payload: {}, success: Total }),
  ),
);

const oldDecider: Decider<typeof OldTally, State, OldAdded, never> = {
  initial: () => ({ total: 0 }),
  decide: {
    Add: (_, { amount: by }) => accept([{ _tag: "Added" as const, amount: by }], total),
  },
  decideInternal: () => [],
  answer: { Get: (state) => answer(total(state)) },
  evolve,
};

export const oldTally: AnyDurableActor = make<typeof OldTally, State, OldAdded>({
  contract: OldTally,
  decider: oldDecider,
  event: OldAdded,
  ...parts,
});

const note = Schema.optional(Schema.String);
const NewAdded = Schema.TaggedStruct("Added", { amount, note });
type NewAdded = typeof NewAdded.Type;

export const NewTally = contract(
  KIND,
  RpcGroup.make(
    command("Add", { payload: { amount, note }, success: Total }),
    command("Double", { payload: {}, success: Total }),
    query("Get", { payload: {}, success: Total }),
  ),
);

const newDecider: Decider<typeof NewTally, State, NewAdded, never> = {
  initial: () => ({ total: 0 }),
  decide: {
    Add: (_, { amount: by, note: said }) =>
      accept([{ _tag: "Added" as const, amount: by, note: said }], total),
    Double: (state) =>
      accept([{ _tag: "Added" as const, amount: state.total, note: "doubled" }], total),
  },
  decideInternal: () => [],
  answer: { Get: (state) => answer(total(state)) },
  evolve,
};

export const newTally: AnyDurableActor = make<typeof NewTally, State, NewAdded>({
  contract: NewTally,
  decider: newDecider,
  event: NewAdded,
  ...parts,
});
