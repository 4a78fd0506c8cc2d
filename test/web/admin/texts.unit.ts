import { expect, test } from "vitest";
import { en } from "../../../web/src/admin/texts/en.ts";
import { es } from "../../../web/src/admin/texts/es.ts";

interface Part {
  readonly [name: string]: string | Part;
}

/** All texts by their dotted path. */
function flat(part: Part, before = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(part).flatMap(([name, value]) =>
      typeof value === "string" ? [[before + name, value]] : [...flat(value, `${before}${name}.`)],
    ),
  );
}
const names = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();

const english = flat(en);
const spanish = flat(es as unknown as Part);

test("what a text leaves open, its translation leaves open too", () => {
  expect([...spanish.keys()].filter((key) => !english.has(key))).toEqual([]);
  for (const [key, text] of english)
    expect(names(spanish.get(key) ?? ""), key).toEqual(names(text));
});

test("no text is empty or left in English", () => {
  // Names that are the same in both.
  const alike = new Set(
    [...english].filter(([key, text]) => spanish.get(key) === text).map(([key]) => key),
  );
  for (const [key, text] of spanish) expect(text.trim(), key).not.toBe("");
  expect(
    [...alike].filter((key) =>
      /[a-z]{2,} [a-z]{2,} [a-z]{2,}/i.test(
        (english.get(key) ?? "").replaceAll(/\{\{\w+\}\}/g, ""),
      ),
    ),
  ).toEqual([]);
});
