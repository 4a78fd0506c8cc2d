import { expect, test } from "vitest";
import { mayBeUnkeepable, unkeepable } from "../../src/gateway/KeepableText.ts";

const paths = (json: string) => unkeepable(JSON.parse(json)).map(({ path }) => path);

test.each([
  [String.raw`{"title":"a\u0000b"}`, ["title"]],
  [String.raw`{"prizes":[{"name":"fine"},{"name":"\u0000"}]}`, ["prizes.1.name"]],
  [String.raw`{"half":"\ud800","other half":"\udc00"}`, ["other half", "half"]],
  [String.raw`{"a":{"b\u0000":1}}`, ["a"]],
  [String.raw`"\u0000"`, [""]],
  [String.raw`{"title":"\ud83c\udfb2 \u00e9 \\u0000","n":0,"none":null}`, []],
])("%s has what no text may have at %j", (json, expected) => {
  expect(paths(json)).toEqual(expected);
  expect(mayBeUnkeepable(json)).toBe(true);
});

test("text without an escape is not looked through", () => {
  expect(mayBeUnkeepable('{"title":"Año 🎲"}')).toBe(false);
});

test("neither depth nor number of faults costs more than the body is long", () => {
  const depth = 30_000;
  const deep = `${"[".repeat(depth)}"\\u0000"${"]".repeat(depth)}`;
  expect(paths(deep)).toHaveLength(1);
  expect(paths(`[${String.raw`"\u0000",`.repeat(7000)}1]`)).toHaveLength(10);
});
