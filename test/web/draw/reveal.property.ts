import * as fc from "fast-check";
import { expect, test } from "vitest";
import { allRevealed, prizeMs, revealAt, rolling } from "../../../web/src/draw/reveal.ts";

const prizes = fc.integer({ min: 1, max: 100 });

test("whatever the number of prizes, all are revealed in half a minute, one after another", () => {
  fc.assert(
    fc.property(
      prizes,
      fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 2 }),
      (count, times) => {
        expect(revealAt(30_001, count)).toEqual(allRevealed(count));
        const seen = times.toSorted((a, b) => a - b).map((ms) => revealAt(ms, count).revealed);
        expect(seen).toEqual(seen.toSorted((a, b) => a - b));
      },
    ),
  );
});

test("a winner is shown only when its hash stands and its mark has arrived", () => {
  fc.assert(
    fc.property(prizes, fc.integer({ min: 0, max: 30_000 }), (count, ms) => {
      const { current, hash, mark, revealed } = revealAt(ms, count);
      if (current === null) return;
      expect(revealed).toBe(hash === 1 && mark === 1 ? current + 1 : current);
    }),
  );
  expect(revealAt(0, 3)).toEqual({ revealed: 0, current: 0, hash: 0, mark: 0 });
  expect(revealAt(prizeMs(3), 3)).toMatchObject({ revealed: 1, current: 1 });
});

test("the digits that roll are the hash's own; all of them stand at the end", () => {
  const hash = "2053eb28f07d2157038ff2191d8d82522f80fa605268c6baa049f43edc061858";
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (share, tick) => {
      const shown = rolling(hash, share, tick);
      expect(shown).toHaveLength(hash.length);
      expect(shown.startsWith(hash.slice(0, Math.floor(hash.length * share)))).toBe(true);
    }),
  );
  expect(rolling(hash, 1, 5)).toBe(hash);
  expect(rolling(hash, 0, 5)).not.toBe(hash);
});
