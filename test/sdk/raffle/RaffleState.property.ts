import fc from "fast-check";
import { expect, test } from "vitest";
import type { NumberChange, RaffleState, ServerFrame } from "../../../sdk/src/index.ts";
import { createCursor } from "../../../sdk/src/Cursor.ts";
import { applyRaffleFrame, NO_RAFFLE } from "../../../sdk/src/raffle/RaffleState.ts";
import { topicFrame } from "../../../sdk/src/TopicFrame.ts";
import { change, numbersChanged, RAFFLE, raffleSnapshot } from "../support/raffles.ts";

const raffleAfter = (frames: readonly ServerFrame[]): RaffleState => {
  let state = NO_RAFFLE;
  const cursor = createCursor(null, ({ frame }) => {
    state = applyRaffleFrame(state, frame);
  });
  for (const frame of frames) {
    const ofTopic = topicFrame(frame);
    if (ofTopic !== undefined) cursor.accept(ofTopic);
  }
  return state;
};
const shown = ({ grid, raffle }: RaffleState) => ({
  version: raffle?.state_version,
  counts: [raffle?.available_count, raffle?.reserved_count, raffle?.sold_count],
  statuses: Array.from({ length: grid?.total ?? 0 }, (_, number) => grid?.status(number)),
});

const changes = fc.array(
  fc
    .tuple(
      fc.constantFrom<NumberChange["status"]>("available", "reserved", "sold"),
      fc.array(fc.nat(RAFFLE.total_numbers - 1), { minLength: 1, maxLength: 10 }),
    )
    .map(([status, numbers]) => change(status, numbers)),
  { minLength: 1, maxLength: 4 },
);
/** Changes by version, from 2 on, and the raffle as a snapshot of any version would tell it. */
const story = fc.array(changes, { minLength: 1, maxLength: 20 }).map((all) => {
  const statuses: NumberChange["status"][] = Array(RAFFLE.total_numbers).fill("available");
  const having = (wanted: string) => statuses.flatMap((one, n) => (one === wanted ? [n] : []));
  const told = all.map((each, index) => {
    for (const { numbers, status } of each) for (const n of numbers) statuses[n] = status;
    const version = index + 2;
    return {
      frame: numbersChanged(version, ...each),
      snapshot: raffleSnapshot(
        { state_version: version },
        { reserved: having("reserved"), sold: having("sold") },
      ),
    };
  });
  return told;
});

test("from whatever snapshot on, and whatever comes double, early or late, the raffle is what the last snapshot says", () => {
  const watched = story.chain((told) =>
    fc.record({
      told: fc.constant(told),
      since: fc.integer({ min: -1, max: told.length - 1 }),
      order: fc.shuffledSubarray(
        told.map((_, index) => index),
        { minLength: told.length },
      ),
      again: fc.array(fc.nat(told.length - 1), { maxLength: 10 }),
      before: fc.nat(told.length),
    }),
  );
  fc.assert(
    fc.property(watched, ({ again, before, order, since, told }) => {
      const frames = [...order, ...again].flatMap((index) => told[index]?.frame ?? []);
      const first = told[since]?.snapshot ?? raffleSnapshot();
      const last = told.at(-1)?.snapshot ?? raffleSnapshot();
      const state = raffleAfter([
        ...frames.slice(0, before),
        first,
        ...frames.slice(before),
        ...frames,
      ]);
      expect(shown(state)).toEqual(shown(raffleAfter([last])));
    }),
  );
});
