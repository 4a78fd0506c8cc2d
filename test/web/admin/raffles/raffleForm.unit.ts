import { describe, expect, test } from "vitest";
import { formatsOf } from "../../../../web/src/i18n/formats.ts";
import {
  EMPTY_RAFFLE,
  fieldOfWire,
  formOf,
  localMinute,
  readRaffle,
} from "../../../../web/src/admin/raffles/raffleForm.ts";
import type { RaffleForm } from "../../../../web/src/admin/raffles/raffleForm.ts";

const NOW = Date.parse("2026-06-01T12:00:00.000Z");
const DAY_MS = 86_400_000;
const { money, parseMoney } = formatsOf("en");
const format = { parseMoney, example: "2.50", nowMs: NOW };

const GOOD: RaffleForm = {
  title: "  A cargo bike ",
  id: "cargo-bike",
  description: "",
  price: "2.50",
  numbers: "500",
  drawAt: localMinute(NOW + DAY_MS),
  organiser: "",
  minSold: "",
  prizes: [{ key: 0, name: "Bike", description: " Electric " }],
};

const faultsOf = (part: Partial<RaffleForm>) => {
  const reading = readRaffle({ ...GOOD, ...part }, format);
  return reading.ok ? [] : [...reading.faults].map(([field, { key }]) => [field, key]);
};

test("what is typed is read as the contract has it", () => {
  expect(readRaffle(GOOD, format)).toEqual({
    ok: true,
    raffleId: "cargo-bike",
    terms: {
      title: "A cargo bike",
      description: "",
      ticket_price: 250,
      total_numbers: 500,
      draw_at: new Date(NOW + DAY_MS).toISOString(),
      prizes: [{ name: "Bike", description: "Electric" }],
      organiser_id: null,
      min_sold_percent: 0,
    },
  });
});

test("an empty form says what is missing, each at its field", () => {
  const reading = readRaffle(EMPTY_RAFFLE, format);
  expect(reading.ok ? [] : [...reading.faults.keys()]).toEqual([
    "title",
    "id",
    "price",
    "drawAt",
    "prize.0",
  ]);
});

describe("what cannot be", () => {
  test.each<[string, Partial<RaffleForm>, string, string]>([
    ["a short title", { title: "Bike" }, "title", "fault.tooShort"],
    ["an id with a slash", { id: "a/b" }, "id", "fault.unsafeId"],
    ["no amount", { price: "two" }, "price", "fault.money"],
    ["a price of nothing", { price: "0" }, "price", "fault.notZero"],
    ["a price beyond a million", { price: "1000000.01" }, "price", "raffleForm.tooDear"],
    ["no numbers", { numbers: "0" }, "numbers", "fault.atLeast"],
    ["too many numbers", { numbers: "100001" }, "numbers", "fault.atMost"],
    ["half a number", { numbers: "10.5" }, "numbers", "fault.whole"],
    ["more than all", { minSold: "101" }, "minSold", "fault.atMost"],
    ["a date that has passed", { drawAt: localMinute(NOW - DAY_MS) }, "drawAt", "raffleForm.past"],
    [
      "a prize without a name",
      { prizes: [{ key: 0, name: " ", description: "" }] },
      "prize.0",
      "fault.required",
    ],
  ])("%s", (_, part, field, key) => {
    expect(faultsOf(part)).toEqual([[field, key]]);
  });

  test("more prizes than numbers", () => {
    const prizes = [0, 1].map((key) => ({ key, name: "A", description: "" }));
    expect(faultsOf({ numbers: "1", prizes })).toEqual([["prizes", "raffleForm.tooManyPrizes"]]);
  });
});

test("a raffle that is edited unchanged stays as it is", () => {
  const read = readRaffle(GOOD, format);
  if (!read.ok) throw new Error("it is good");
  const { terms } = read;
  const form = formOf({ ...terms, id: "cargo-bike", description: "" } as never, money);
  expect(readRaffle(form, format)).toEqual(read);
});

test("what the server finds fault with is shown at its field", () => {
  expect(fieldOfWire("ticket_price")).toBe("price");
  expect(fieldOfWire("prizes.2.name")).toBe("prize.2");
  expect(fieldOfWire("prizes")).toBe("prizes");
  expect(fieldOfWire("anything")).toBeUndefined();
});
