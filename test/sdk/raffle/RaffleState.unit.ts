import { expect, test } from "vitest";
import type { RaffleState, ServerFrame } from "../../../sdk/src/index.ts";
import {
  applyRaffleFrame,
  lacksDraw,
  NO_RAFFLE,
  refusedRaffle,
} from "../../../sdk/src/raffle/RaffleState.ts";
import {
  change,
  DRAW,
  numbersChanged,
  raffleChanged,
  raffleDrawn,
  raffleSnapshot,
} from "../support/raffles.ts";

const after = (...frames: readonly ServerFrame[]): RaffleState =>
  frames.reduce(applyRaffleFrame, NO_RAFFLE);

test("before a snapshot nothing is known, whatever else is told", () => {
  const frames = [numbersChanged(2, change("sold", [1])), raffleChanged(3, {}), raffleDrawn(4)];
  expect(after(...frames)).toBe(NO_RAFFLE);
});

test("a change moves its numbers and no others, and the raffle counts as its grid does", () => {
  const { grid, raffle } = after(
    raffleSnapshot({}, { reserved: [1, 2], sold: [3] }),
    numbersChanged(2, change("reserved", [4, 5]), change("available", [1], { expired: true })),
    numbersChanged(3, change("sold", [2])),
  );
  expect([1, 2, 3, 4, 5, 6].map((number) => grid?.status(number))).toEqual([
    "available",
    "sold",
    "sold",
    "reserved",
    "reserved",
    "available",
  ]);
  expect(raffle).toMatchObject({
    state_version: 3,
    reserved_count: 2,
    sold_count: 2,
    available_count: 16,
  });
});

test("what else changes about a raffle leaves its numbers, and more of them begin free", () => {
  const sold = after(raffleSnapshot({}, { sold: [3] }));
  const suspended = applyRaffleFrame(sold, raffleChanged(2, { status: "suspended" }));
  expect(suspended.raffle).toMatchObject({ status: "suspended", sold_count: 1 });
  expect(suspended.grid).toBe(sold.grid);
  const edited = after(raffleSnapshot(), raffleChanged(2, { total_numbers: 600 }));
  expect(edited.grid?.total).toBe(600);
  expect(edited.raffle?.available_count).toBe(600);
});

test("the draw comes with its frame; who came later lacks it until it is read", () => {
  const drawn = after(raffleSnapshot(), raffleDrawn(2));
  expect(drawn.draw).toEqual(DRAW);
  expect(lacksDraw(drawn)).toBe(false);
  const late = after(raffleSnapshot({ status: "completed" }));
  expect(lacksDraw(late)).toBe(true);
  expect(lacksDraw({ ...late, draw: DRAW })).toBe(false);
  const closed = after(raffleSnapshot(), raffleChanged(2, { status: "closed" }));
  expect(lacksDraw(closed)).toBe(true);
  expect(lacksDraw(after(raffleSnapshot()))).toBe(false);
});

test("a raffle that there is not is missing; one that is refused otherwise is not, and a snapshot ends both", () => {
  const missing = refusedRaffle(NO_RAFFLE, { code: "not_found", detail: "No.", fields: {} });
  expect(missing.isMissing).toBe(true);
  const forbidden = refusedRaffle(NO_RAFFLE, { code: "forbidden", detail: "No.", fields: {} });
  expect(forbidden).toMatchObject({ isMissing: false, refusal: { code: "forbidden" } });
  expect(applyRaffleFrame(missing, raffleSnapshot())).toMatchObject({
    isMissing: false,
    refusal: null,
  });
});
