/**
 * What is always true of a favor, as code: asserted after every step of the property tests, and over the whole database
 * by the audit.
 */
import { HashSet } from "effect";
import type { FavorStatus } from "../../rpc/favor.ts";
import { type FavorState, loanHold } from "./state.ts";

const ON_LOAN: ReadonlySet<FavorStatus> = new Set([
  "accepted",
  "active",
  "overdue",
  "repaying",
  "repaid",
  "returned",
]);
const CALLED_OFF: ReadonlySet<FavorStatus> = new Set(["declined", "withdrawn", "expired"]);

/** The sentences that a favor's state breaks; none for a sound one. */
export const broken = ({ favor, voided }: FavorState): ReadonlyArray<string> => {
  if (favor === null) return [];
  const found: Array<string> = [];
  const check = (holds: boolean, sentence: string) => void (holds || found.push(sentence));
  const { view, work } = favor;
  const { acceptedAt, amountMinor, dueAt, dueInMs, repaidAt, repayMinor, status } = view;
  check(view.lenderId !== view.borrowerId, "nobody lends to themselves");
  check(amountMinor > 0 && repayMinor >= amountMinor, "at least what is lent is paid back");
  check((acceptedAt !== null) === ON_LOAN.has(status), "it was accepted if it was ever lent");
  check(
    dueAt === (acceptedAt === null ? null : acceptedAt + dueInMs),
    "the time to repay runs from the acceptance",
  );
  check(
    (repaidAt !== null) === (status === "repaying" || status === "repaid"),
    "it was repaid when a repayment was accepted",
  );
  const isPaying = work !== null && work.step !== "release";
  check((isPaying && work.leg === "loan") === (status === "accepted"), "a loan is paid out once");
  check(
    (isPaying && work.leg === "repayment") === (status === "repaying"),
    "a repayment is paid on once",
  );
  check(
    work?.step !== "release" || (CALLED_OFF.has(status) && work.holdId === loanHold(view)),
    "only the hold of an offer that came to nothing is released",
  );
  check(
    work?.leg !== "loan" || work.holdId === loanHold(view),
    "the hold of the loan has the favor's id",
  );
  check(!HashSet.has(voided, loanHold(view)), "the hold of an offer was not given up before it");
  check(work === null || !HashSet.has(voided, work.holdId), "nothing stands under a voided id");
  return found;
};
