import { expect, test } from "vitest";
import type { NumberGrid, ReservationState } from "../../../sdk/src/index.ts";
import { gridOf, withChanges } from "../../../sdk/src/raffle/NumberGrid.ts";
import { createSelection, ownOf } from "../../../web/src/raffle/Selection.ts";
import type { SelectionOptions } from "../../../web/src/raffle/Selection.ts";
import { memoryStorage } from "../support/memoryStorage.ts";

type Croupier = SelectionOptions["croupier"];
type Outcome = Awaited<ReturnType<Croupier["reserve"]>>;

const reservationOf = (
  numbers: readonly number[],
  part: Partial<ReservationState> = {},
): ReservationState => ({
  id: "r.1",
  raffleId: "r",
  phase: "selection",
  numbers,
  totalMinor: numbers.length * 100,
  expiresAtMs: 1_000,
  payment: null,
  ...part,
});

/** A raffle of twenty numbers, and a server that answers what the test says, when it says so. */
function stage(storage = memoryStorage()) {
  let reservation: ReservationState | null = null;
  const listeners = new Set<() => void>();
  const orders: { readonly order: unknown; readonly answer: (outcome: Outcome) => void }[] = [];
  const asked = (order: unknown) =>
    new Promise<Outcome>((resolve) => orders.push({ order, answer: resolve }));
  const expired: string[] = [];
  let nowMs = 0;
  const selection = createSelection({
    raffleId: "r",
    storage,
    drawBelow: () => 0,
    nowMs: () => nowMs,
    onExpired: ({ id }) => expired.push(id),
    croupier: {
      reservation: () => ({
        get: () => reservation,
        subscribe: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      }),
      reserve: asked,
      addNumber: asked,
      removeNumber: asked,
      moveToCheckout: asked,
      cancelReservation: asked,
      get: () => Promise.resolve({ ok: true, status: 200, body: { reservations: [] } }) as never,
    },
  });
  let grid: NumberGrid = gridOf(20, "", "");
  const rules = { isOnSale: true, most: 4 };
  const heed = () => selection.heed(grid, rules);
  heed();
  return {
    selection,
    orders,
    expired,
    state: () => selection.store.get(),
    own: () => ownOf(selection.store.get()),
    take: (status: "reserved" | "sold" | "available", ...numbers: number[]) => {
      grid = withChanges(grid, [{ status, numbers }]);
      heed();
    },
    have: (next: ReservationState | null) => {
      reservation = next;
      for (const listener of listeners) listener();
    },
    wait: (ms: number) => {
      nowMs += ms;
    },
    answer: async (outcome: Outcome) => {
      orders.shift()?.answer(outcome);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    },
  };
}

const refused = (code: string, fields: Readonly<Record<string, unknown>> = {}): Outcome => ({
  ok: false,
  key: "k",
  refusal: { code, detail: "", fields },
});
const done = (numbers: readonly number[]): Outcome => ({
  ok: true,
  key: "k",
  reservation: {
    id: "r.1",
    raffle_id: "r",
    phase: "selection",
    expires_at: "",
    numbers: numbers.map((number) => ({ id: String(number), number })),
    total_amount: 0,
    payment: null,
  },
});

test("numbers are picked and given up, up to the most, and only free ones", () => {
  const { own, selection, state, take } = stage();
  take("sold", 9);
  for (const number of [1, 2, 3]) selection.toggle(number);
  selection.toggle(2);
  selection.toggle(9);
  expect(state().remark).toMatchObject({ about: "sold", number: 9 });
  selection.toggle(4);
  selection.toggle(5);
  selection.toggle(6);
  expect(state().remark).toMatchObject({ about: "full", number: 6 });
  expect(own().picked).toEqual([1, 3, 4, 5]);
});

test("picks outlive the page, and who picks for another raffle has others", () => {
  const storage = memoryStorage();
  stage(storage).selection.toggle(7);
  expect(stage(storage).own().picked).toEqual([7]);
  expect(stage().own().picked).toEqual([]);
});

test("a sweep picks what it passes, or gives it up, and says nothing of what cannot be had", () => {
  const { own, selection, take } = stage();
  take("reserved", 2);
  selection.sweep([1, 2, 3], true);
  expect(own().picked).toEqual([1, 3]);
  selection.sweep([3, 4], false);
  expect(own().picked).toEqual([1]);
});

test("given picks that another takes when it is heard then they are lost and can be replaced", () => {
  const { orders, own, selection, state, take } = stage();
  for (const number of [5, 6]) selection.toggle(number);
  take("reserved", 5);
  expect(own().picked).toEqual([6]);
  expect(state().trouble).toEqual({ kind: "taken", numbers: [5], isRefusal: false });
  void selection.replaceTaken();
  expect(own().picked).toHaveLength(2);
  expect(own().picked).not.toContain(5);
  expect(orders).toEqual([]);
});

test("given picks that are lost at the moment of the press then the rest is not reserved unseen", () => {
  const { orders, selection, take, wait } = stage();
  for (const number of [5, 6]) selection.toggle(number);
  take("reserved", 5);
  wait(100);
  void selection.reserve();
  expect(orders).toEqual([]);
  wait(1_000);
  void selection.reserve();
  expect(orders[0]?.order).toEqual({ raffleId: "r", numbers: [6] });
});

test("given a refusal that names taken numbers then they are replaced and reserved at one tap", async () => {
  const { answer, orders, own, selection, state, take } = stage();
  for (const number of [5, 6, 7]) selection.toggle(number);
  void selection.reserve();
  expect(orders[0]?.order).toEqual({ raffleId: "r", numbers: [5, 6, 7] });
  expect(own()).toEqual({ picked: [], held: [5, 6, 7], bought: [] });
  // Heard before the answer: the answer says what became of it.
  take("reserved", 5, 6);
  expect(state().picks).toEqual([5, 6, 7]);
  await answer(refused("number_taken", { numbers: [5, 6] }));
  expect(state().trouble).toEqual({ kind: "taken", numbers: [5, 6], isRefusal: true });
  expect(own().picked).toEqual([7]);
  void selection.replaceTaken();
  expect(orders[0]?.order).toMatchObject({ raffleId: "r" });
  const { numbers = [] } = (orders[0]?.order ?? {}) as { readonly numbers?: readonly number[] };
  expect(numbers).toHaveLength(3);
  expect(numbers).toContain(7);
  expect(numbers.filter((number) => number === 5 || number === 6)).toEqual([]);
});

test("given a reservation when it is tapped then numbers are ordered one by one and shown at once", async () => {
  const { answer, have, orders, own, selection, state } = stage();
  const stop = selection.follow();
  have(reservationOf([1, 2]));
  selection.toggle(3);
  expect(own().held).toEqual([1, 2, 3]);
  expect(orders[0]?.order).toEqual({ reservationId: "r.1", number: 3 });
  await answer(refused("number_taken", { numbers: [3] }));
  expect(own().held).toEqual([1, 2]);
  expect(state().trouble).toMatchObject({ kind: "taken", numbers: [3] });
  selection.toggle(2);
  expect(own().held).toEqual([1]);
  selection.toggle(1);
  expect(state().remark).toMatchObject({ about: "last", number: 1 });
  await answer(done([1]));
  have(reservationOf([1]));
  expect(own().held).toEqual([1]);
  stop();
});

test("given a reservation at the checkout then its numbers are fixed", () => {
  const { have, orders, selection, state } = stage();
  selection.follow();
  have(reservationOf([1, 2], { phase: "checkout" }));
  selection.toggle(5);
  selection.pickRandom(2);
  expect(orders).toEqual([]);
  expect(state().remark?.about).toBe("fixed");
});

test("given a reservation whose time runs out then that is told once, and it can be picked again", () => {
  const { expired, have, own, selection, state, take } = stage();
  selection.follow();
  have(reservationOf([1, 2]));
  have(reservationOf([1, 2], { phase: "expired" }));
  have(reservationOf([1, 2], { phase: "expired" }));
  expect(expired).toEqual(["r.1"]);
  expect(state().trouble).toEqual({ kind: "expired", numbers: [1, 2] });
  take("reserved", 2);
  expect(selection.pickAgain()).toBe(1);
  expect(own().picked).toEqual([1]);
});

test("given a reservation that is sold then its numbers are tickets", () => {
  const { have, own, selection } = stage();
  selection.follow();
  have(reservationOf([1, 2], { phase: "checkout" }));
  have(reservationOf([1, 2], { phase: "sold" }));
  expect(own()).toEqual({ picked: [], held: [], bought: [1, 2] });
});
