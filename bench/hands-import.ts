import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bench, Stage } from "./Bench.ts";
import { writeHistories } from "./hands/histories.ts";
import { median } from "./support/Rounds.ts";

const HANDS = { full: 100_000, quick: 10_000 };
const IMPORT = fileURLToPath(new URL("../src/import.ts", import.meta.url));
const US = 1e6;
/** 5,000 hands a second. */
const WITHIN_US = 200;

const run = promisify(execFile);

/** What the program says at its end. */
const SAID = /^(\d+) hands, (\d+) known before, (\d+) refused: (\d+)\/s/m;

/** Imports a folder into a new database; resolves to hands a second, parsed, counted and stored. */
const importOnce = async ({ postgres }: Stage, folder: string, hands: number): Promise<number> => {
  const database = await postgres.createDatabase("import");
  try {
    const env = { ...process.env, DATABASE_URL: database.url };
    const { stdout } = await run(process.execPath, ["--import", "tsx", IMPORT, folder], { env });
    const [, imported, , refused, rate] = SAID.exec(stdout) ?? [];
    if (Number(imported) !== hands || refused !== "0")
      throw new Error(`The import of ${hands} hands said: ${stdout}`);
    return Number(rate);
  } finally {
    await database.drop();
  }
};

export const handsImport: Bench = {
  name: "hands-import",
  about: `${HANDS.full.toLocaleString("en")} generated hands through npm run import into an empty database: time a hand`,
  unit: "µs",
  bar: { oursAtMost: WITHIN_US },
  run: async (stage) => {
    const hands = stage.quick ? HANDS.quick : HANDS.full;
    const { folder, remove } = await writeHistories(hands);
    stage.defer(remove);
    const rates: Array<number> = [];
    for (let round = 0; round < stage.rounds; round += 1) {
      rates.push(await importOnce(stage, folder, hands));
      stage.progress(`round ${round + 1}: ${rates.at(-1)} hands/s`);
    }
    const rate = median(rates);
    return {
      ours: US / rate,
      notes: [
        `${hands} hands a round: ${rate} hands/s read, parsed, counted for each player and durable; by round ${rates.join(", ")}`,
        "hold'em, one hand in thirty of any game; one thread of Node, one connection to PostgreSQL, fsync on",
      ],
    };
  },
};
