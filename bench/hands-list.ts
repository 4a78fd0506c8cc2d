import pg from "pg";
import type { HandFilter } from "../src/gateway/PokerDesks.ts";
import { HandLister } from "../src/hands/store/HandList.ts";
import { migrate, readMigrations } from "../src/ops/Migrations.ts";
import type { Bench } from "./Bench.ts";
import { recordManyHands } from "./hands/manyHands.ts";
import { median } from "./support/Rounds.ts";

const HANDS = { full: 1_000_000, quick: 100_000 };
const LIMIT = 50;
const ASKED = 21;
/** Of all the questions, the median of the slowest. */
const BAR_MS = 50;

/** What is asked of a list, of everyone's hands and of one player's. */
const FILTERS: Readonly<Record<string, HandFilter>> = {
  everything: {},
  "a game": { game: "holdem" },
  "a rare game": { game: "razz" },
  "a game of long ago": { game: "omaha5" },
  "a format": { format: "tournament" },
  stakes: { currency: "EUR", stakes: "0.05/0.10" },
  "three days of spring": { from: "2025-04-01", to: "2025-04-03" },
  "half a year": { from: "2025-03-01", to: "2025-08-31" },
  "hands that were won": { result: "won" },
  "large pots": { minPot: 1_900 },
  showdowns: { showdown: "yes" },
  "stakes, days, won, at showdown": {
    currency: "EUR",
    stakes: "0.10/0.25",
    from: "2025-02-01",
    to: "2025-06-30",
    result: "won",
    showdown: "yes",
  },
  "one pot in fifty thousand": { minPot: 100_000 },
  "what there is not": { position: "BTN", players: 2 },
};
const PLAYERS = [undefined, "Ada", "Bob 7", "Cid"];

export const handsList: Bench = {
  name: "hands-list",
  about:
    "one page of fifty recorded hands among a million, by each filter: the median of the slowest",
  unit: "ms",
  bar: { oursAtMost: BAR_MS },
  run: async (stage) => {
    const database = await stage.postgres.createDatabase("hands_list");
    stage.defer(database.drop);
    await migrate(database.url, await readMigrations());
    const pool = new pg.Pool({ connectionString: database.url, max: 4 });
    stage.defer(() => pool.end());
    const hands = stage.quick ? HANDS.quick : HANDS.full;
    await recordManyHands(pool, hands, stage.progress);
    const lister = new HandLister(pool);
    const notes: Array<string> = [];
    let slowest = 0;
    for (const name of PLAYERS) {
      const player = name === undefined ? undefined : { site: "winamax", player: name };
      for (const [what, filter] of Object.entries(FILTERS)) {
        const times: Array<number> = [];
        let found = 0;
        for (let round = 0; round < ASKED; round += 1) {
          const startedAt = performance.now();
          const page = await lister.list({ limit: LIMIT, offset: 0, player, filter });
          times.push(performance.now() - startedAt);
          found = page.rows.length;
        }
        const ms = median(times);
        slowest = Math.max(slowest, ms);
        notes.push(`${name ?? "everyone"}, ${what}: ${ms.toFixed(1)} ms, ${found} hands`);
      }
    }
    return { ours: slowest, notes: [`${hands} hands`, ...notes] };
  },
};
