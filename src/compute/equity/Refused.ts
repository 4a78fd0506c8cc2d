/** Why a question has no answer; `rpc/equity.ts` has the errors that are made of it. */
export type Refusal =
  | { readonly _tag: "InvalidCards"; readonly where: string; readonly reason: string }
  | { readonly _tag: "NoCombination"; readonly reason: string }
  | { readonly _tag: "NotExact"; readonly reason: string };

/** Thrown where a question is read, and caught in `plan.ts` alone. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.reason);
    this.refusal = refusal;
  }
}

export const invalid = (where: string, reason: string): never => {
  throw new Refused({ _tag: "InvalidCards", where, reason });
};

export const impossible = (reason: string): never => {
  throw new Refused({ _tag: "NoCombination", reason });
};
