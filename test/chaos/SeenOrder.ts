/** Answers that bear the version they saw, in real time: none is older than what anyone was told before it was asked for. */

export interface Seen {
  readonly name: string;
  readonly invokedAt: number;
  readonly answeredAt: number;
  readonly version: number;
}

/** `told` are answers that say less than what they saw: they bound the reads after them, and nothing bounds them. */
export const checkOrder = (
  reads: ReadonlyArray<Seen>,
  told: ReadonlyArray<Seen>,
  bad: (sentence: string) => void,
): void => {
  const byAnswer = [...reads, ...told].toSorted((one, other) => one.answeredAt - other.answeredAt);
  let answered = 0;
  let newest = { name: "", version: 0 };
  for (const read of reads.toSorted((one, other) => one.invokedAt - other.invokedAt)) {
    for (;;) {
      const before = byAnswer[answered];
      if (before === undefined || before.answeredAt >= read.invokedAt) break;
      if (before.version > newest.version) newest = before;
      answered++;
    }
    if (read.version < newest.version)
      bad(
        `${read.name} saw version ${read.version} after ${newest.name} had seen ${newest.version}`,
      );
  }
};
