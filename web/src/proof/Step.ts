/**
 * One step of a verification, in data: what went in, what came out here, what the house says, and what is wrong with it.
 * Races and raffles have steps of their own; what makes a verdict of them, and how they are shown, is the same.
 */

/** `idle`: there was nothing to compare with, such as a commitment that nobody noted. */
export type StepVerdict = "agrees" | "differs" | "idle";

export interface StepInput {
  /** As the wire names it. */
  readonly name: string;
  readonly value: string;
}

export interface StepOf<Id extends string, Finding> {
  readonly id: Id;
  readonly verdict: StepVerdict;
  /** In the notation that everyone reads, so it needs no language. */
  readonly formula: string;
  readonly inputs: readonly StepInput[];
  /** Null where there is nothing to show. */
  readonly computed: string | null;
  readonly claimed: string | null;
  readonly findings: readonly Finding[];
}

type Judged<Id extends string> = Pick<StepOf<Id, unknown>, "id" | "verdict">;

export interface Verdict<Id extends string> {
  readonly holds: boolean;
  /** The first step that differs; null when all holds. */
  readonly failsAt: Id | null;
  /** Whether the commitment was compared with one that was noted before. */
  readonly wasNoted: boolean;
}

export function verdictOf<Id extends string>(steps: readonly Judged<Id>[]): Verdict<Id> {
  const failsAt = steps.find(({ verdict }) => verdict === "differs")?.id ?? null;
  const noted = steps.find(({ id }) => id === "noted");
  return {
    holds: failsAt === null,
    failsAt,
    wasNoted: noted !== undefined && noted.verdict !== "idle",
  };
}

/** The first of `causes` that differs; null for none. */
export function firstFalse<Id extends string>(
  steps: readonly Judged<Id>[],
  causes: readonly Id[],
): Id | null {
  const isFalse = (cause: Id) =>
    steps.some(({ id, verdict }) => id === cause && verdict === "differs");
  return causes.find(isFalse) ?? null;
}
