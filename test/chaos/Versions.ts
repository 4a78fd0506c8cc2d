/** The journal itself: versions without gaps, one entry a command, and one effect for each thing that has an id. */
import type { Find } from "./Finding.ts";
import { byEntity, type Entry, nameOf } from "./Journal.ts";

/** Events that may happen once for what their field names, in all of the journal. */
const ONCE: ReadonlyMap<string, string> = new Map([
  ["MoneyHeld", "holdId"],
  ["BetAccepted", "betId"],
  ["BetCancelled", "betId"],
  ["PowerCast", "castId"],
  ["FavorOffered", "favorId"],
  ["RepaymentAccepted", "holdId"],
  ["RaceOpened", "raceId"],
  ["TransferReceived", "transferId"],
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
      if (field !== undefined) once(`${event._tag} of ${String(event[field])}`, entry);
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
