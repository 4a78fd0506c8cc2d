/**
 * A compute thread that does as the board says, whatever the cards: it stands for kernels with faults. Otherwise a chunk's
 * tally is its number and the question's seed.
 *
 * - `die`: it exits, in the middle of the chunk; `die once <file>`: only if nobody has written the file before.
 * - `throw`: an error that nobody catches.
 * - `hang`: it never ends.
 * - `wait <file>`: until the file is there; `wait then die <file>`: and then it exits.
 */
import { existsSync, writeFileSync } from "node:fs";
import { lowPriority } from "../../../../src/compute/pool/lowPriority.ts";
import { serveChunks } from "../../../../src/compute/pool/serveChunks.ts";

lowPriority();
serveChunks(({ chunk, question: { board, seed } }) => {
  if (board === "die") process.exit(1);
  if (board === "throw") throw new Error("the kernel is broken");
  if (board === "hang") for (;;);
  const file = board.slice(board.lastIndexOf(" ") + 1);
  if (board.startsWith("die once") && !existsSync(file)) {
    writeFileSync(file, "");
    process.exit(1);
  }
  while (board.startsWith("wait") && !existsSync(file));
  if (board.startsWith("wait then die")) process.exit(1);
  return { ok: true, tally: { samples: chunk, sums: [seed] } };
});
