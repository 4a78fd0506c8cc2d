/**
 * Generated hand histories: as many hands as a diligent player has in a year or two, in files as the client keeps them. What is
 * played is as in the files of real players: hold'em, and one hand in thirty of any game.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateHand } from "../../src/hands/generator/HandGenerator.ts";

const HANDS_IN_A_FILE = 1000;
const SEED = 20_240_501;
const OTHER_GAMES_EVERY = 30;
const HOLDEM = { games: ["holdem"] } as const;

/** The hands of one file, as text. */
export const historyText = (file: number): string =>
  Array.from({ length: HANDS_IN_A_FILE }, (_, n) => {
    const at = file * HANDS_IN_A_FILE + n;
    return generateHand(SEED, at, at % OTHER_GAMES_EVERY === 0 ? {} : HOLDEM).text;
  }).join("");

/** A folder with so many hands. */
export const writeHistories = async (hands: number) => {
  const folder = await mkdtemp(join(tmpdir(), "croupier-hands-"));
  for (let file = 0; file * HANDS_IN_A_FILE < hands; file += 1)
    await writeFile(
      join(folder, `20240501_Table ${file}_real_holdem_no-limit.txt`),
      historyText(file),
    );
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};
