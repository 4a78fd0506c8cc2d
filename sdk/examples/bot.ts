/**
 * A bot for Node: joins, bets once on the favourite of each race, and says what became of it. Kill it whenever you like:
 * started again, it is the same player, and a bet that was under way comes out.
 *
 *     CROUPIER_URL=http://127.0.0.1:8080 RACES=3 npx tsx bot.ts
 */
import { createCroupier } from "@croupier/sdk";
import type { LobbyBody } from "@croupier/sdk";
import { fileStorage, openNodeSocket } from "@croupier/sdk/node";

const url = process.env["CROUPIER_URL"] ?? "http://127.0.0.1:8080";
const races = Number(process.env["RACES"] ?? 3);
const folder = process.env["BOT_FOLDER"] ?? "./bot";
/** The lobby to play in; the first there is, when none is named. */
const asked = process.env["LOBBY"];
const STAKE = 500;

const croupier = createCroupier({ url, storage: fileStorage(folder), openSocket: openNodeSocket });
croupier.onOutcome(({ isInherited, outcome }) => {
  if (isInherited) console.log("from an earlier life:", outcome.ok ? "done" : outcome.refusal.code);
});

if (croupier.session.get() === null) {
  const joined = await croupier.join({
    displayName: "Bot",
    ...(asked === undefined ? {} : { lobbyId: asked }),
  });
  if (!joined.ok) throw new Error(joined.problem.detail);
}
const lobbyId = croupier.session.get()?.lobbyId ?? "demo";
// A Readable is fed while anyone listens.
const lobby = croupier.lobby(lobbyId);
lobby.subscribe(() => undefined);
croupier.wallet.subscribe(() => console.log("available:", croupier.wallet.get()?.available));

/** The runner with the lowest odds. */
const favourite = ({ odds }: LobbyBody): number =>
  Number(Object.entries(odds).toSorted(([, a], [, b]) => Number(a) - Number(b))[0]?.[0] ?? 1);

const seen = new Set<string>();
for await (const frame of croupier.frames(`lobby:${lobbyId}`)) {
  if (frame.type === "RACE_SETTLED") {
    console.log("settled:", frame.race_id, "order", JSON.stringify(frame.order));
    if (seen.has(frame.race_id) && seen.size >= races) break;
  }
  const race = lobby.get().lobby;
  if (race?.phase !== "betting" || seen.has(race.race_id) || seen.size >= races) continue;
  seen.add(race.race_id);
  const runner = favourite(race);
  const outcome = await croupier.placeBet({
    raceId: race.race_id,
    market: "win",
    selection: [runner],
    stake: STAKE,
  });
  if (outcome.ok) console.log("placed:", outcome.frame.bet_id, "on", runner);
  else console.log("refused:", outcome.refusal.code, outcome.refusal.detail);
}
croupier.close();
