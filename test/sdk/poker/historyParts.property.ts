/** However a history comes and wherever it is cut: its parts are it, and each but the first begins with a hand. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { historyParts } from "../../../sdk/src/poker/historyParts.ts";
import type { HistorySource } from "../../../sdk/src/poker/historyParts.ts";

const header = (id: number) =>
  `Winamax Poker - CashGame - HandId: #${id}-1-2 - Holdem no limit (0.02€/0.05€)\r\n`;
/** A hand; some players call themselves as hands begin, and lines may end either way. */
const record = fc
  .tuple(fc.nat(), fc.array(fc.constantFrom("a\n", "Winamax Poker - é€\n", "W", "\r\n", "x")))
  .map(([id, lines]) => `${header(id)}${lines.join("")}\n\n\n`);
const history = fc
  .tuple(fc.constantFrom("", "\uFEFF", "junk\n"), fc.array(record, { maxLength: 30 }))
  .map(([begin, records]) => begin + records.join(""));

const all = async (source: HistorySource, partBytes: number) => {
  const parts = [];
  for await (const part of historyParts(source, partBytes)) parts.push(part);
  return parts;
};

test("any history, in any pieces", () =>
  fc.assert(
    fc.asyncProperty(
      history,
      fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
      fc.integer({ min: 50, max: 1_000 }),
      async (text, sizes, partBytes) => {
        const bytes = new TextEncoder().encode(text);
        async function* pieces() {
          for (let at = 0, n = 0; at < bytes.length; n += 1) {
            const size = sizes[n % sizes.length] ?? 1;
            yield bytes.slice(at, at + size);
            at += size;
          }
        }
        const blob = new Blob([bytes]);
        for (const source of [pieces(), blob, text, bytes]) {
          const parts = await all(source, partBytes);
          expect(Buffer.concat(parts.map((part) => part.bytes)).equals(bytes)).toBe(true);
          let lines = 0;
          for (const [n, part] of parts.entries()) {
            const partText = new TextDecoder().decode(part.bytes);
            expect(part.firstLine).toBe(lines);
            lines += partText.split("\n").length - 1;
            if (n > 0) expect(partText).toMatch(/^Winamax Poker - CashGame - HandId: #/);
          }
          expect(parts.every((part) => part.bytes.length > 0)).toBe(true);
        }
      },
    ),
    { numRuns: 200 },
  ));

test("what is no history is cut before it is too much for the server, and a read error comes out", async () => {
  const junk = new Uint8Array(20 * 1024 * 1024).fill(65);
  const parts = await all(junk, 1024);
  expect(parts.length).toBeGreaterThan(1);
  expect(Math.max(...parts.map(({ bytes }) => bytes.length))).toBeLessThan(32 * 1024 * 1024);
  async function* torn() {
    yield header(1);
    throw new Error("the disk is gone");
  }
  await expect(all(torn(), 1024)).rejects.toThrow("the disk is gone");
});
