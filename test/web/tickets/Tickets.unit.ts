import { expect, test } from "vitest";
import { groupsOf, withNewest, withOlder } from "../../../web/src/tickets/Tickets.ts";
import type { Reservation } from "../../../web/src/tickets/Tickets.ts";

const NOW = Date.parse("2026-06-01T12:00:00.000Z");
const at = (ms: number) => new Date(NOW + ms).toISOString();

let made = 0;
const reservation = (
  raffleId: string,
  part: Partial<Reservation> & { readonly status?: string; readonly drawInMs?: number } = {},
): Reservation => {
  made += 1;
  const { drawInMs = 60_000, status = "active", ...rest } = part;
  return {
    id: `${raffleId}.${made}`,
    raffle_id: raffleId,
    phase: "sold",
    expires_at: at(10_000),
    numbers: [{ id: "1", number: 1 }],
    total_amount: 100,
    payment: null,
    created_at: at(-made),
    raffle: { id: raffleId, title: raffleId, status, draw_at: at(drawInMs), total_numbers: 10 },
    won: [],
    ...rest,
  };
};
const numbered = (...numbers: readonly number[]) =>
  numbers.map((number) => ({ id: String(number), number }));

test("what runs out comes first, then what is to be drawn, then what is over", () => {
  const groups = groupsOf(
    [
      reservation("over-old", { status: "completed", drawInMs: -90_000 }),
      reservation("over", { status: "completed", drawInMs: -60_000 }),
      reservation("expired", { phase: "expired", drawInMs: 1_000 }),
      reservation("later", { drawInMs: 90_000 }),
      reservation("sooner", { drawInMs: 5_000 }),
      reservation("checkout", { phase: "checkout", expires_at: at(9_000) }),
      reservation("selection", { phase: "selection", expires_at: at(4_000) }),
    ],
    NOW,
  );
  expect(groups.map(({ raffle }) => raffle.id)).toEqual([
    "selection",
    "checkout",
    "sooner",
    "later",
    "expired",
    "over",
    "over-old",
  ]);
});

test("a raffle's tickets stand together by number, with what they have won", () => {
  const won = [{ prize: 2, prize_name: "Print", number: 7 }];
  const [group] = groupsOf(
    [
      reservation("r", { numbers: numbered(9, 7), won, status: "completed" }),
      reservation("r", { numbers: numbered(3), status: "completed" }),
    ],
    NOW,
  );
  expect(group?.stubs.map(({ number, prizeName }) => [number, prizeName])).toEqual([
    [3, null],
    [7, "Print"],
    [9, null],
  ]);
  expect(group?.won).toEqual(won);
});

test("a reservation whose time is up is no longer live, though nobody has said so yet", () => {
  const late = reservation("r", { phase: "checkout", expires_at: at(0) });
  const [group] = groupsOf([late], NOW);
  expect(group?.live).toBeNull();
  expect(group?.over).toEqual([]);
});

test("what was bought in a raffle that is cancelled is being refunded, until it is", () => {
  const [refunding] = groupsOf([reservation("r", { status: "cancelled" })], NOW);
  expect(refunding?.isRefunding).toBe(true);
  const back = reservation("r", { status: "cancelled", phase: "refunded" });
  const [refunded] = groupsOf([back], NOW);
  expect(refunded).toMatchObject({ isRefunding: false, stubs: [], over: [back] });
});

test("the newest page replaces what it says anew, and keeps what was read before", () => {
  const [a, b, c] = [reservation("a"), reservation("b"), reservation("c")];
  const known = withOlder(
    { reservations: [a, b], nextBefore: "b" },
    { reservations: [c], next_before: null },
  );
  expect(known).toEqual({ reservations: [a, b, c], nextBefore: null });
  const newer = reservation("d");
  const changed = { ...a, phase: "refunded" as const };
  expect(withNewest(known, { reservations: [newer, changed], next_before: "a" })).toEqual({
    reservations: [newer, changed, b, c],
    nextBefore: null,
  });
  expect(withNewest(known, { reservations: [newer], next_before: null })).toEqual({
    reservations: [newer],
    nextBefore: null,
  });
});
