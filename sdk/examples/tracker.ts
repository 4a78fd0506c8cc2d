/**
 * A poker tracker for Node: imports the histories that are named, prints what each player does, and then each hand as it is
 * recorded, with the hero's equity against the cards that were shown. Stop it and start it again: no hand is printed twice or left out.
 *
 *     CROUPIER_URL=http://127.0.0.1:8080 npx tsx tracker.ts history/*.txt
 */
import { createReadStream } from "node:fs";
import { createCroupier } from "@croupier/sdk";
import { fileStorage, openNodeSocket } from "@croupier/sdk/node";
import { createPoker } from "@croupier/sdk/poker";
import type { Hand } from "@croupier/sdk/poker";

const url = process.env["CROUPIER_URL"] ?? "http://127.0.0.1:8080";
/** Ends after so many hands; goes on for ever without. */
const count = Number(process.env["HANDS"] ?? Number.POSITIVE_INFINITY);
const storage = fileStorage(process.env["TRACKER_FOLDER"] ?? "./tracker");
const LAST = "tracker.last";

const croupier = createCroupier({ url, storage, openSocket: openNodeSocket });
const poker = createPoker(croupier);

if (croupier.session.get() === null) {
  const joined = await croupier.join({ displayName: "Tracker" });
  if (!joined.ok) throw new Error(joined.problem.detail);
}
for (const path of process.argv.slice(2)) {
  const outcome = await poker.importHands(createReadStream(path), {
    onProgress: ({ doneBytes, duplicates, imported }) =>
      console.log(`${path}: ${doneBytes} bytes, ${imported} new, ${duplicates} known`),
  });
  for (const { line, reason } of outcome.imported.failed) console.log(`${path}:${line}: ${reason}`);
  if (!outcome.ok) console.log(`${path}: ${outcome.refusal.detail}`);
}

const known = await poker.players({ limit: 5 });
for (const { player } of known.ok ? known.body.players : []) {
  const stats = await poker.stats(player);
  if (!stats.ok) continue;
  const { hands, pfr, vpip } = stats.body;
  const percent = (share: number | null): string =>
    share === null ? "–" : `${Math.round(100 * share)} %`;
  console.log(`${player}: ${hands} hands, VPIP ${percent(vpip.share)}, PFR ${percent(pfr.share)}`);
}

/** Of hold'em hands that were shown down: before the flop, the hero first. */
const equity = async (summary: Hand): Promise<string> => {
  if (summary.game_type !== "holdem" || summary.hero === null) return "";
  const hand = await poker.hand(summary.hand_id);
  if (!hand.ok) return "";
  const shown = hand.body.showdown.filter(({ player }) => player !== summary.hero);
  if (shown.length === 0 || summary.hero_cards.length !== 2) return "";
  const players = [summary.hero_cards, ...shown.map(({ cards }) => cards)];
  const outcome = await poker.calculateEquity({ players: players.map((cards) => cards.join("")) });
  if (!outcome.ok) return outcome.refusal.code;
  return `equity ${((outcome.answer.players[0]?.equity ?? 0) * 100).toFixed(1)} %`;
};

// From the beginning at first; then from where the last run of this program was.
let printed = 0;
for await (const hand of poker.followHands({ afterSeq: Number(storage.getItem(LAST) ?? 0) })) {
  console.log(`hand ${hand.seq}: ${hand.hand_id} pot ${hand.total_pot} ${await equity(hand)}`);
  storage.setItem(LAST, String(hand.seq));
  printed += 1;
  if (printed >= count) break;
}
croupier.close();
