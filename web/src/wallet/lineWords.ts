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
  favor: "favor",
  transfer: "transfer",
  player: "player",
  provider: "provider",
};

const HOLDS: Readonly<Record<string, HoldKey>> = { bet: "bet", power: "power", favor: "favor" };

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

/**
 * The race of each hold, by the hold's id, as far as it is known here: an open hold names it, and of a settled one the
 * settlement's counter-account does.
 */
export function racesOf(
  lines: readonly StatementLineBody[],
  holds: readonly Hold[],
): ReadonlyMap<string, string> {
  const races = new Map<string, string>();
  for (const { hold_id: holdId, purpose, ref } of holds) {
    if (holdKey(purpose) === "bet" || holdKey(purpose) === "power") races.set(holdId, ref);
  }
  for (const { counter_account: account, ref } of lines) {
    const race = /^race:(.+):pool$/.exec(account)?.[1];
    if (race !== undefined) races.set(ref, race);
  }
  return races;
}
