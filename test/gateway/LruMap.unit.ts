import { expect, test } from "vitest";
import { LruMap } from "../../src/gateway/LruMap.ts";

test("pushes out what was used longest ago", () => {
  const map = new LruMap<string, number>(2);
  map.set("a", 1);
  map.set("b", 2);
  expect(map.get("a")).toBe(1);
  map.set("c", 3);
  expect(map.get("b")).toBeUndefined();
  expect(map.get("a")).toBe(1);
  expect(map.get("c")).toBe(3);
  expect(map.size).toBe(2);
});

test("setting a key again keeps one entry", () => {
  const map = new LruMap<string, number>(2);
  map.set("a", 1);
  map.set("a", 2);
  expect(map.size).toBe(1);
  expect(map.get("a")).toBe(2);
  map.delete("a");
  expect(map.get("a")).toBeUndefined();
});
