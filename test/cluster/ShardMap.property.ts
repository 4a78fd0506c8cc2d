/** Whose claim counts, against the whole history of claims read anew each time. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ProcessInfo } from "../../src/cluster/ProcessReport.ts";
import { ShardMap } from "../../src/cluster/ShardMap.ts";

const GROUPS = ["default", "equity"];
const SHARDS = ["default:1", "default:2", "equity:1", "equity:2"];
const HOLDERS = ["p1", "p2", "p3"].map((name) => ({ info: { name } as ProcessInfo }));
type Holder = (typeof HOLDERS)[number];

const claim = fc.record({
  by: fc.constantFrom(...HOLDERS),
  shards: fc.uniqueArray(fc.constantFrom(...SHARDS)),
});

/** When each began to claim the shard without having taken it back since; the newest of them holds it. */
const holderBy = (
  history: ReadonlyArray<{ readonly by: Holder; readonly shards: ReadonlyArray<string> }>,
  shard: string,
): Holder | undefined => {
  const since = new Map<Holder, number>();
  history.forEach(({ by, shards }, time) => {
    if (!shards.includes(shard)) since.delete(by);
    else if (!since.has(by)) since.set(by, time);
  });
  return [...since].toSorted(([, a], [, b]) => b - a)[0]?.[0];
};

it("the newest claim counts; what is taken back falls to whoever still claims it", () => {
  let overtaken = 0;
  let fellBack = 0;
  fc.assert(
    fc.property(fc.array(claim, { maxLength: 30 }), (claims) => {
      const map = new ShardMap<Holder>();
      let told = 0;
      map.onChange(() => told++);
      claims.forEach(({ by, shards }, time) => {
        const before = SHARDS.map((shard) => map.holderOf(shard));
        const toldBefore = told;
        map.claim(by, shards);
        const history = claims.slice(0, time + 1);
        const after = SHARDS.map((shard) => map.holderOf(shard));
        expect(after).toEqual(SHARDS.map((shard) => holderBy(history, shard)));
        for (const group of GROUPS) {
          const held = SHARDS.filter(
            (shard, i) => shard.startsWith(group) && after[i] !== undefined,
          );
          expect(map.heldIn(group)).toBe(held.length);
        }
        expect(map.countOf(by)).toBe(shards.length);
        // Whoever waits for a holder hears of every change.
        if (after.some((holder, i) => holder !== before[i])) expect(told).toBe(toldBefore + 1);
        else expect(told).toBe(toldBefore);
        after.forEach((holder, i) => {
          if (before[i] === undefined || holder === undefined || holder === before[i]) return;
          if (holder === by) overtaken++;
          else fellBack++;
        });
      });
    }),
    { numRuns: 1000 },
  );
  expect(overtaken).toBeGreaterThan(100);
  expect(fellBack).toBeGreaterThan(100);
});

it("a process that was paused and claims what it held takes nothing from its heir in the end", () => {
  const [paused, heir] = HOLDERS as [Holder, Holder];
  const map = new ShardMap<Holder>();
  map.claim(paused, ["default:1"]);
  // Its link was lost, and another took over.
  map.claim(paused, []);
  map.claim(heir, ["default:1"]);
  // It wakes, is dialled again and says what it believes; then it looks.
  map.claim(paused, ["default:1"]);
  map.claim(paused, []);
  expect(map.holderOf("default:1")).toBe(heir);
});
