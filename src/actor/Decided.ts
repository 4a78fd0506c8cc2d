/**
 * What becomes of a message, worked out and not yet done. A command has its events, where they lead step by step, the rows
 * they project, and the reply. A refusal is decided like anything else: it has no events, and its reply is stored all
 * the same, so that a repetition is refused alike. A query has an answer. Nothing here changes the entity.
 */
import type { Answer, Decision, Meta } from "./Decider.ts";
import type { Entity } from "./Entity.ts";
import type { StoredReply } from "./Journal.ts";
import type { AnyOutcome, Delivery, MessageCodec } from "./Message.ts";
import type { ProjectedRow } from "./Projection.ts";

export interface Step {
  readonly event: unknown;
  readonly after: unknown;
}

interface Evolved {
  readonly events: ReadonlyArray<unknown>;
  readonly steps: ReadonlyArray<Step>;
  readonly rows: ReadonlyArray<ProjectedRow>;
  readonly after: unknown;
}

export interface Decided {
  readonly evolved: Evolved;
  /** As it is stored; null for what the entity told itself: nobody repeats that. */
  readonly reply: StoredReply | null;
  readonly outcome: AnyOutcome;
}

type Decide = (...of: ReadonlyArray<unknown>) => Decision<unknown, unknown, unknown, unknown>;
type AnswerQuery = (...of: ReadonlyArray<unknown>) => Answer<unknown, unknown>;

/** What the decider answers to a query, from the committed state. Throws when the decider does: a defect. */
export const answer = (
  { committed, definition }: Readonly<Entity>,
  { payload, tag }: Delivery,
  at: number,
): AnyOutcome => {
  const answers = definition.decider.answer as Record<string, AnswerQuery>;
  const answered = answers[tag]?.(committed, payload, { at });
  if (answered === undefined) throw new Error(`no answer to ${tag}`);
  return answered.accepted
    ? { ok: true, value: answered.reply, replayed: false }
    : { ok: false, error: answered.rejection, replayed: false };
};

/** What the decider makes of a command. Throws when the decider does: a defect. */
export const decide = (
  entity: Readonly<Entity>,
  codec: MessageCodec,
  { payload, tag }: Delivery,
  meta: Meta,
): Decided => {
  const decides = entity.definition.decider.decide as Record<string, Decide>;
  const decision = withoutStacks(() => decides[tag]?.(entity.ahead, payload, meta));
  if (decision === undefined) throw new Error(`no decision on ${tag}`);
  if (!decision.accepted) {
    const error = codec.encodeFailure(decision.rejection);
    return {
      evolved: evolve(entity, [], meta),
      reply: { ok: false, error },
      outcome: { ok: false, error: decision.rejection, replayed: false },
    };
  }
  const evolved = evolve(entity, decision.events, meta);
  const value = decision.reply(evolved.after);
  return { evolved, reply: { ok: true, value }, outcome: { ok: true, value, replayed: false } };
};

/**
 * A rejection is an `Error` by its class and a value by its use: where it was made interests nobody, and finding that out
 * would be most of what a refusal costs. What is thrown is a defect, and there the place matters: deciding again, which a
 * pure function allows, throws it again with its stack.
 */
const withoutStacks = <A>(decides: () => A): A => {
  const frames = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return decides();
  } catch {
    Error.stackTraceLimit = frames;
    return decides();
  } finally {
    Error.stackTraceLimit = frames;
  }
};

/** Where events lead that follow from no message. */
export const decideUnasked = (
  entity: Readonly<Entity>,
  events: ReadonlyArray<unknown>,
  meta: Meta,
): Decided => ({
  evolved: evolve(entity, events, meta),
  reply: null,
  outcome: { ok: true, value: undefined, replayed: false },
});

const evolve = (
  { ahead, definition, version }: Readonly<Entity>,
  events: ReadonlyArray<unknown>,
  meta: Meta,
): Evolved => {
  const steps: Array<Step> = [];
  const rows: Array<ProjectedRow> = [];
  let after = ahead;
  for (const event of events) {
    after = definition.decider.evolve(after, event);
    steps.push({ event, after });
    for (const row of definition.project(event, after, meta, version + 1)) rows.push(row);
  }
  return { events, steps, rows, after };
};
