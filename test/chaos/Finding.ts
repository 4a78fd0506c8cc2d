/** One promise that was broken: which, by what, and in a sentence how. */
export interface Finding {
  readonly promise:
    | "linearizable"
    | "acknowledged is durable"
    | "the stored reply is the given one"
    | "a repetition hears the same"
    | "one effect"
    | "no version is missing"
    | "money is conserved"
    | "nothing is ahead of the journal"
    | "a stream has no gap and no repeat"
    | "the audit is clean"
    | "a number has one owner"
    | "nobody is put out before the deadline"
    | "a reservation comes to rest"
    | "a hand counts once"
    | "an equity is exact or refused";
  readonly subject: string;
  readonly sentence: string;
}

export type Find = (finding: Finding) => void;
