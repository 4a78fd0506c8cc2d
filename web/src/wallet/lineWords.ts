/** A statement's line in words: which of the texts says its purpose and its counter-account. Pure. */
import type { StatementLineBody } from "../../../sdk/src/index.ts";
import type { wallet } from "../i18n/en/wallet.ts";
import type { Hold } from "./readStatement.ts";

type PurposeKey = keyof (typeof wallet)["purpose"];
type AccountKey = keyof (typeof wallet)["account"];
type HoldKey = keyof (typeof wallet)["holds"]["purpose"];

const PURPOSES: Readonly<Record<string, PurposeKey>> = {
  grant: "grant",
  deposit: "deposit",
  withdrawal: "withdrawal",
  spend: "spend",
  hold: "hold",
  release: "release",
  settle: "settle",
  transfer: "transfer",
  "transfer returned": "transferReturned",
  adjustment: "adjustment",
};

const HOUSE: Readonly<Record<string, AccountKey>> = {
  grants: "grants",
  takeout: "takeout",
  breakage: "breakage",
  powers: "powers",
  fees: "fees",
  adjustments: "adjustments",
  unclaimed: "unclaimed",
};

const OTHERS: Readonly<Record<string, AccountKey>> = {
  race: "race",
  raffle: "raffle",
  reservation: "raffle",
  favor: "favor",
  transfer: "transfer",
  player: "player",
  provider: "provider",
};

const HOLDS: Readonly<Record<string, HoldKey>> = {
  bet: "bet",
  power: "power",
  favor: "favor",
  ticket: "raffle",
};

/** A purpose that is not known yet has the general word. */
export const purposeKey = (purpose: string): PurposeKey => PURPOSES[purpose] ?? "other";

export const holdKey = (purpose: string): HoldKey => HOLDS[purpose] ?? "other";

/** Accounts are `player:<id>:held`, `race:<id>:pool`, `house:<what>` and the like; `playerId` is whose statement it is. */
export function accountKey(account: string, playerId: string): AccountKey {
  const [kind = "", ...rest] = account.split(":");
  if (kind === "house") return HOUSE[rest[0] ?? ""] ?? "house";
  if (account === `player:${playerId}:available`) return "available";
  if (account === `player:${playerId}:held`) return "held";
  return OTHERS[kind] ?? "other";
}

/** What money moved for. */
export interface Subject {
  readonly kind: "race" | "raffle";
  readonly id: string;
}

/** What an account is of: `race:<id>:pool`, `raffle:<id>:escrow`, `reservation:<id>`, whose id begins with its raffle's. */
function subjectOf(account: string): Subject | undefined {
  const race = /^race:(.+):pool$/.exec(account)?.[1];
  if (race !== undefined) return { kind: "race", id: race };
  const raffle =
    /^raffle:(.+):escrow$/.exec(account)?.[1] ?? /^reservation:(.+)\.[^.]+$/.exec(account)?.[1];
  return raffle === undefined ? undefined : { kind: "raffle", id: raffle };
}

/** What an open hold is for, as far as it says. */
export function subjectOfHold({ purpose, ref }: Hold): Subject | undefined {
  const key = holdKey(purpose);
  if (key === "bet" || key === "power") return { kind: "race", id: ref };
  return key === "raffle" ? { kind: "raffle", id: ref } : undefined;
}

/**
 * What each line's money moved for, by the line's ref, as far as it is known here: an open hold names it, and of a settled
 * one the settlement's counter-account does.
 */
export function subjectsOf(
  lines: readonly StatementLineBody[],
  holds: readonly Hold[],
): ReadonlyMap<string, Subject> {
  const subjects = new Map<string, Subject>();
  const note = (ref: string, subject: Subject | undefined) => {
    if (subject !== undefined) subjects.set(ref, subject);
  };
  for (const hold of holds) note(hold.hold_id, subjectOfHold(hold));
  for (const { counter_account: account, ref } of lines) note(ref, subjectOf(account));
  return subjects;
}
