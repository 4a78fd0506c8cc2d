/**
 * What is always true of a wallet, as code: asserted after every step of the property tests, and over the whole
 * database by the audit.
 */
import { HashMap } from "effect";
import type { WalletState } from "./state.ts";

/** The sentences that a wallet's state breaks; none for a sound one. */
export const broken = (state: WalletState): ReadonlyArray<string> => {
  const found: Array<string> = [];
  const check = (holds: boolean, sentence: string) => void (holds || found.push(sentence));
  const open = [...HashMap.values(state.holds)];
  const heldMinor = open.reduce((sum, hold) => sum + hold.amountMinor, 0);
  check(state.lockedMinor >= 0, "locked is not negative");
  check(state.lockedMinor <= state.totalMinor, "locked is at most total");
  check(state.lockedMinor === heldMinor, "locked is the sum of the open holds");
  check(
    state.doubted === open.filter((hold) => hold.doubted).length,
    "the doubted holds are counted",
  );
  check(
    open.every(
      (hold) => hold.doubted || (state.nextCheckAt !== null && state.nextCheckAt <= hold.checkAt),
    ),
    "every open hold will be checked in time",
  );
  check(
    state.opened || (state.totalMinor === 0 && open.length === 0),
    "a wallet that is not open is empty",
  );
  check(state.opened || state.freeze === null, "only an open wallet is frozen");
  return found;
};
