import { expect, test } from "vitest";
import { makeCors } from "../../src/gateway/Cors.ts";

const allows = (origins: ReadonlyArray<string>, origin: string) =>
  makeCors(origins)
    .headers(origin)
    .some(([name, value]) => name === "Access-Control-Allow-Origin" && value === origin);

test.each([
  ["http://localhost:5173", true],
  ["http://localhost", true],
  ["http://127.0.0.1:8080", true],
  ["http://[::1]:3000", true],
  ["http://localhost.evil.example", false],
  ["http://evil.example", false],
  ["http://localhost:80@evil.example", false],
  ["null", false],
])("without a setting %s is allowed: %s", (origin, allowed) => {
  expect(allows([], origin)).toBe(allowed);
});

test("with a setting only what it names is allowed", () => {
  expect(allows(["https://play.example.com"], "https://play.example.com")).toBe(true);
  expect(allows(["https://play.example.com"], "https://play.example.com.evil.example")).toBe(false);
  expect(allows(["https://play.example.com"], "http://localhost:5173")).toBe(false);
});

test("an answer always says that it depends on the origin", () => {
  expect(makeCors([]).headers("http://evil.example")).toEqual([["Vary", "Origin"]]);
});
