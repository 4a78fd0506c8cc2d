/** The journal itself: versions without gaps, one entry a command, and one effect for each thing that has an id. */
import type { Find } from "./Finding.ts";
import { byEntity, type Entry, nameOf } from "./Journal.ts";

/** Events that may happen once for what their field names, in all the journals of a kind. */
const ONCE: ReadonlyMap<string, string> = new Map([
  ["MoneyHeld", "holdId"],
  ["BetAccepted", "betId"],
  ["BetCancelled", "betId"],
  ["PowerCast", "castId"],
  ["FavorOffered", "favorId"],
  ["RepaymentAccepted", "holdId"],
  ["RaceOpened", "raceId"],
  ["TransferReceived", "transferId"],
  ["NumbersReserved", "reservationId"],
  ["ClaimCancelled", "reservationId"],
  ["NumbersSold", "paymentId"],
  ["PaymentBegan", "paymentId"],
  ["PaymentSucceeded", "paymentId"],
  ["PaymentRefunded", "paymentId"],
]);

export const checkVersions = (journal: ReadonlyArray<Entry>, find: Find): void => {
  for (const [subject, entries] of byEntity(journal)) {
    let version = 0;
    const commands = new Set<string>();
    for (const entry of entries) {
      if (entry.version !== version + 1)
        find({
          promise: "no version is missing",
          subject,
          sentence: `version ${entry.version} comes after ${version}`,
        });
      ({ version } = entry);
      if (commands.has(entry.commandId))
        find({
          promise: "one effect",
          subject,
          sentence: `command ${entry.commandId} was carried out again in version ${version}`,
        });
      commands.add(entry.commandId);
    }
  }
};

export const checkEffects = (journal: ReadonlyArray<Entry>, find: Find): void => {
  const done = new Map<string, Entry>();
  /** Bets, casts and favors by the one intent that each came from. */
  const made = new Map<string, string>();
  const once = (effect: string, entry: Entry) => {
    const first = done.get(effect);
    if (first !== undefined)
      find({
        promise: "one effect",
        subject: nameOf(entry),
        sentence: `${effect} in version ${entry.version} has happened before, in version ${first.version} of ${nameOf(first)}`,
      });
    done.set(effect, entry);
  };
  for (const entry of journal) {
    for (const event of entry.events) {
      const field = ONCE.get(event._tag);
      if (field !== undefined)
        once(`${event._tag} of ${entry.kind} ${String(event[field])}`, entry);
      // A raffle ends once, and pays its organiser once.
      if (entry.kind === "raffle" && /^(RaffleDrawn|RaffleCancelled)$/.test(event._tag))
        once(`the end of raffle ${entry.entityId}`, entry);
      if (/^Payout(Made|Unclaimed)$/.test(event._tag))
        once(`the payout of raffle ${entry.entityId}`, entry);
      // However it ends, a wallet's hold ends once.
      if (
        entry.kind === "wallet" &&
        (event._tag === "HoldReleased" || event._tag === "HoldSettled")
      )
        once(`the end of hold ${String(event["holdId"])}`, entry);
      const id = event["betId"] ?? event["castId"];
      if (typeof id !== "string" || (event._tag !== "BetAccepted" && event._tag !== "PowerCast"))
        continue;
      const intent = id.replace(/~\d+$/, "");
      const other = made.get(intent);
      if (other !== undefined && other !== id)
        find({
          promise: "one effect",
          subject: nameOf(entry),
          sentence: `one request made both ${other} and ${id}`,
        });
      made.set(intent, id);
    }
  }
};
