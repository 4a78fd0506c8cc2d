/**
 * Time travel: an entity's state right after any of its journal entries, by the decider that decided them. The fold begins
 * at a snapshot when there is one that is not past the version asked for, else at the beginning; both lead to the same state
 * (the audit compares them). A page of entries is in memory at a time, and other work has its turn between pages.
 */
import { ParseResult } from "effect";
import type { AuditedKind } from "../audit/EntityFold.ts";

export interface FoldedEntry {
  readonly version: number;
  readonly events: ReadonlyArray<unknown>;
}

export interface Unfolded {
  /** Undefined when the journal could not be folded; `broken` says why. */
  readonly state: unknown;
  /** What should be true of the state and is not. */
  readonly broken: ReadonlyArray<string>;
}

export const unfold = async (
  { actor, broken, decodeEvent, decodeState }: AuditedKind,
  from: {
    readonly entityId: string;
    /** As stored, of the actor's revision. */
    readonly snapshot: { readonly version: number; readonly state: unknown } | undefined;
  },
  /** All entries after the snapshot's version up to the one asked for, in order. */
  pages: (after: number) => AsyncIterable<ReadonlyArray<FoldedEntry>>,
): Promise<Unfolded> => {
  let version = from.snapshot?.version ?? 0;
  let state: unknown;
  const problem =
    from.snapshot === undefined
      ? attempted(() => (state = actor.decider.initial(from.entityId)))
      : attempted(() => (state = decodeState(from.snapshot?.state)));
  if (problem !== undefined) return failed(version, problem);
  for await (const page of pages(version)) {
    for (const entry of page) {
      if (entry.version !== version + 1) return failed(version + 1, "it is not there");
      version = entry.version;
      const wrong = attempted(() => {
        for (const event of entry.events) state = actor.decider.evolve(state, decodeEvent(event));
      });
      if (wrong !== undefined) return failed(version, wrong);
    }
  }
  return { state, broken: broken(state) };
};

/** Why `step` cannot be done, in a line; undefined when it was. A database that is away is no matter of a step. */
const attempted = (step: () => void): string | undefined => {
  try {
    step();
    return undefined;
  } catch (cause) {
    if (!ParseResult.isParseError(cause)) return String(cause);
    const [issue] = ParseResult.ArrayFormatter.formatErrorSync(cause);
    return `${issue?.path.join(".")}: ${issue?.message}`;
  }
};

const failed = (version: number, reason: string): Unfolded => ({
  state: undefined,
  broken: [`the journal can be folded at version ${version}: ${reason}`],
});
