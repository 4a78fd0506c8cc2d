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
import { serveChunks } from "../../../../src/compute/pool/serveChunks.ts";

const LOOK_EVERY_MS = 2;
/** Holds the thread, as a kernel does that computes, but takes nobody's core. */
const hold = (ms?: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

serveChunks(({ chunk, question: { board, seed } }) => {
  if (board === "die") process.exit(1);
  if (board === "throw") throw new Error("the kernel is broken");
  if (board === "hang") hold();
  const file = board.slice(board.lastIndexOf(" ") + 1);
  if (board.startsWith("die once") && !existsSync(file)) {
    writeFileSync(file, "");
    process.exit(1);
  }
  while (board.startsWith("wait") && !existsSync(file)) hold(LOOK_EVERY_MS);
  if (board.startsWith("wait then die")) process.exit(1);
  return { ok: true, tally: { samples: chunk, sums: [seed] } };
});
