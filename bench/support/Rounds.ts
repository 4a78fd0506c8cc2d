/** Rounds: how two sides are compared, and how the best of several configurations is found. */

export const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Runs `a` and `b` in turns, `rounds` times each, and gives what each returned, in order. */
export const interleave = async <A, B>(
  rounds: number,
  sides: { readonly a: () => Promise<A>; readonly b: () => Promise<B> },
): Promise<{ readonly a: ReadonlyArray<A>; readonly b: ReadonlyArray<B> }> => {
  const a: Array<A> = [];
  const b: Array<B> = [];
  for (let round = 0; round < rounds; round += 1) {
    a.push(await sides.a());
    b.push(await sides.b());
  }
  return { a, b };
};

export interface Best<Candidate> {
  readonly candidate: Candidate;
  readonly score: number;
  /** Every candidate with its score, in the order of trial. */
  readonly trials: ReadonlyArray<readonly [Candidate, number]>;
}

/** Tries every candidate once and gives the one with the highest score. */
export const bestOf = async <Candidate>(
  candidates: ReadonlyArray<Candidate>,
  score: (candidate: Candidate) => Promise<number>,
): Promise<Best<Candidate>> => {
  const trials: Array<readonly [Candidate, number]> = [];
  for (const candidate of candidates) trials.push([candidate, await score(candidate)]);
  const [candidate, top] = trials.reduce((best, trial) => (trial[1] > best[1] ? trial : best));
  return { candidate, score: top, trials };
};
