import { HandReader } from "../src/hands/winamax/HandReader.ts";
import type { Bench } from "./Bench.ts";
import { historyText } from "./hands/histories.ts";
import { median } from "./support/Rounds.ts";

/** 1,000 hands each. */
const FILES = { full: 100, quick: 10 };
/** As a file is read. */
const PIECE_BYTES = 65_536;
const US_PER_MS = 1000;
/** 20,000 hands a second. */
const WITHIN_US = 50;

/** Parses all files, each by a reader of its own; resolves to the hands and the milliseconds that they took. */
const parseAll = (files: ReadonlyArray<Buffer>) => {
  let hands = 0;
  const since = performance.now();
  for (const file of files) {
    const reader = new HandReader({
      onHand: () => void (hands += 1),
      onRefused: ({ line, reason }) => {
        throw new Error(`A generated hand is refused: line ${line}, ${reason}.`);
      },
      onSummary: () => undefined,
    });
    for (let at = 0; at < file.length; at += PIECE_BYTES)
      reader.write(file.subarray(at, at + PIECE_BYTES));
    reader.end();
  }
  return { hands, ms: performance.now() - since };
};

export const handsParse: Bench = {
  name: "hands-parse",
  about:
    "generated hands of all games parsed and checked, bytes to objects, on one core: time a hand",
  unit: "µs",
  bar: { oursAtMost: WITHIN_US },
  run: async (stage) => {
    const count = stage.quick ? FILES.quick : FILES.full;
    const files = Array.from({ length: count }, (_, n) => Buffer.from(historyText(n)));
    const bytes = files.reduce((sum, { length }) => sum + length, 0);
    const rounds = Array.from({ length: stage.rounds }, () => parseAll(files));
    const each = rounds.map(({ hands, ms }) => (ms * US_PER_MS) / hands);
    const us = median(each);
    const hands = rounds[0]?.hands ?? 0;
    return {
      ours: us,
      notes: [
        `${hands} hands, ${(bytes / 1e6).toFixed(0)} MB: ${Math.round(1e6 / us)} hands/s, ${(bytes / hands / us).toFixed(0)} MB/s`,
      ],
    };
  },
};
