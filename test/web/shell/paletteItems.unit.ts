import { expect, test } from "vitest";
import { matching, raceIdIn } from "../../../web/src/shell/paletteItems.ts";
import type { PaletteItem } from "../../../web/src/shell/paletteItems.ts";

const item = (label: string, more: Partial<PaletteItem> = {}): PaletteItem => ({
  id: label,
  label,
  icon: "check",
  isFirstChoice: true,
  run: () => undefined,
  ...more,
});
const groups = [
  {
    value: "pages",
    label: "Pages",
    items: [item("Wallet"), item("My bets"), item("Administración")],
  },
  {
    value: "runners",
    label: "Runners",
    items: [
      item("Midnight Tesla", { isFirstChoice: false }),
      item("Demo", { alsoFoundBy: "demo-1" }),
    ],
  },
];
const found = (query: string) =>
  matching(groups, query).flatMap(({ items }) => items.map(({ label }) => label));

test("before anything is typed the first choices stand there", () => {
  expect(found("")).toEqual(["Wallet", "My bets", "Administración", "Demo"]);
});

test("each word typed begins a word of what is found, whatever accents and capitals", () => {
  expect(found("wal")).toEqual(["Wallet"]);
  expect(found("bets my")).toEqual(["My bets"]);
  expect(found("administracion")).toEqual(["Administración"]);
  expect(found("tes")).toEqual(["Midnight Tesla"]);
  expect(found("demo-1")).toEqual(["Demo"]);
  expect(found("allet")).toEqual([]);
});

test("a group without a find is left out", () => {
  expect(matching(groups, "wallet").map(({ value }) => value)).toEqual(["pages"]);
});

test("what looks like a race's id is one: no blanks, a digit", () => {
  expect(raceIdIn(" demo-42 ")).toBe("demo-42");
  for (const text of ["", "demo", "demo 42", "d1", "x".repeat(200)]) {
    expect(raceIdIn(text), text).toBeNull();
  }
});
