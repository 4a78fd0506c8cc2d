import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GeneratedHand } from "../../../src/hands/generator/HandGenerator.ts";
import { generateHand } from "../../../src/hands/generator/HandGenerator.ts";
import { readAll } from "./readAll.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const generated = fc
  .tuple(seeds, fc.nat({ max: 1_000 }))
  .map(([seed, index]) => generateHand(seed, index));
/** Different seeds may give two hands one number: those that follow each other never do. */
const sequences = fc
  .tuple(seeds, fc.integer({ min: 0, max: 8 }))
  .map(([seed, count]) => Array.from({ length: count }, (_, at) => generateHand(seed, at * 9)));
const pieces = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 });

/** Lines that no record begins with, ended by a blank one as records are. */
const junk = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("Seat 3: Bob (2€)", "Total pot 3€", "x".repeat(3_000), "Winamax", "***x"),
    ),
    { maxLength: 4 },
  )
  .map((lines) =>
    lines
      .map((line) => line.replaceAll(/[\n\r]/g, " "))
      .filter((line) => !line.startsWith("*** ") && !line.startsWith("Table: '"))
      .map((line) => `${line}\n`)
      .join(""),
  );

const textOf = (hands: ReadonlyArray<GeneratedHand>) => hands.map(({ text }) => text).join("");
const handsOf = (hands: ReadonlyArray<GeneratedHand>) => hands.map(({ hand }) => hand);

describe("generated hands", () => {
  it("are read as what they are, however the bytes are cut and whatever lies between", () => {
    fc.assert(
      fc.property(sequences, pieces, fc.array(junk, { maxLength: 9 }), (hands, cuts, between) => {
        const text = hands.map((one, at) => (between[at] ?? "") + one.text).join("");
        const { hands: read, refused } = readAll(text, { pieces: cuts });
        expect(refused).toEqual([]);
        expect(read).toEqual(handsOf(hands));
      }),
      { numRuns: 150 },
    );
  });

  it("are read in Windows-1252 too, where it can write them", () => {
    fc.assert(
      fc.property(sequences, pieces, (hands, cuts) => {
        const isLatin = (letter: string) => letter === "€" || letter.charCodeAt(0) < 256;
        const latin = hands.filter(({ text }) => [...text].every(isLatin));
        // In which these letters are one byte and the euro sign is 0x80.
        const bytes = Buffer.from(textOf(latin).replaceAll("€", "\u0080"), "latin1");
        expect(readAll(bytes, { pieces: cuts }).hands).toEqual(handsOf(latin));
      }),
      { numRuns: 50 },
    );
  });

  it("are read once each by readers that follow each other", () => {
    fc.assert(
      fc.property(sequences, fc.array(fc.nat(), { maxLength: 6 }), (hands, stops) => {
        const bytes = Buffer.from(textOf(hands));
        const cuts = stops.map((stop) => stop % (bytes.length + 1)).toSorted((a, b) => a - b);
        const read = [];
        let place = { offset: 0, line: 0 };
        for (const cut of [...cuts, bytes.length]) {
          const part = readAll(bytes.subarray(0, cut), { from: place, open: true });
          read.push(...part.hands);
          place = part.place;
        }
        expect(read).toEqual(handsOf(hands));
        expect(place.offset).toBe(bytes.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe("a damaged line", () => {
  const damages: ReadonlyArray<(line: string, at: number, noise: string) => string | null> = [
    () => null,
    (line, at, noise) => line.slice(0, at % (line.length + 1)) + noise,
    (line, at, noise) =>
      line.slice(0, at % (line.length + 1)) + noise + line.slice(at % line.length),
    (_line, _at, noise) => noise,
    (line) => line.toUpperCase(),
    (line) => `${line}\n${line}`,
    (line) => [...line].toReversed().join(""),
  ];

  it("costs at most the hand it is in", () => {
    fc.assert(
      fc.property(
        fc.tuple(generated, seeds),
        fc.record({
          line: fc.nat(),
          at: fc.nat(),
          damage: fc.nat({ max: damages.length - 1 }),
          noise: fc.string({ unit: "binary", maxLength: 30 }),
        }),
        ([victim, seed], { line, at, damage, noise }) => {
          const [before, after] = [generateHand(seed, 2_000), generateHand(seed, 2_100)];
          const lines = victim.text.trimEnd().split("\n");
          const place = line % lines.length;
          const damaged = damages[damage]!(lines[place]!, at, noise);
          const rest = damaged === null ? lines.toSpliced(place, 1) : lines.with(place, damaged);
          const text = `${before.text}${rest.join("\n")}\n\n\n${after.text}`;
          const { hands, refused } = readAll(text);
          expect(hands[0]).toEqual(before.hand);
          expect(hands.at(-1)).toEqual(after.hand);
          expect(hands.length).toBeLessThanOrEqual(3);
          // Taken or reported, and never both; with its header gone and the table's, it is no more than junk.
          if (place > 1) {
            // What comes after an empty line may look like the beginning of another hand: a player's name can be `Table: 'x'`.
            const most = noise.includes("\n") ? 4 : 3;
            expect(hands.length + refused.length).toBeGreaterThanOrEqual(3);
            expect(hands.length + refused.length).toBeLessThanOrEqual(most);
          }
        },
      ),
      { numRuns: 800 },
    );
  });
});

it("never throws, whatever the bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), pieces, (bytes, cuts) => {
      expect(readAll(bytes, { pieces: cuts }).hands).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
