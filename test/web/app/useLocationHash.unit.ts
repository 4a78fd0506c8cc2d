import { expect, test } from "vitest";
import { pathIn, queryIn } from "../../../web/src/app/useLocationHash.ts";

test("a page is found whatever its address asks for, and a question mark in a name is no query", () => {
  for (const hash of ["#/races", "#/races?x=y", "#races?", "#/races?x=a?b/c"]) {
    expect(pathIn(hash), hash).toBe("/races");
  }
  expect(pathIn("")).toBe("/");
  expect(pathIn("#/?x=y")).toBe("/");
  expect(pathIn("#/runners/Who%3F?t=1")).toBe("/runners/Who%3F");
});

test("what the address asks for begins at the first question mark", () => {
  expect(queryIn("#/races/r_1?t=12.3").get("t")).toBe("12.3");
  expect(queryIn("#/races?x=a?b").get("x")).toBe("a?b");
  expect([...queryIn("#/races")]).toEqual([]);
});
