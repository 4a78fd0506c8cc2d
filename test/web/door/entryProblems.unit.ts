import { expect, test } from "vitest";
import { entryProblemKey, invalidField } from "../../../web/src/door/entryProblems.ts";

test("the server's codes have words, those of a newer server too", () => {
  expect(entryProblemKey("bad_credentials")).toBe("badCredentials");
  expect(entryProblemKey("username_taken")).toBe("usernameTaken");
  expect(entryProblemKey("offline")).toBe("offline");
  expect(entryProblemKey("of_a_newer_server")).toBe("other");
});

test.each([
  ["ada", "longenough", null],
  ["a.d-a_1", "x".repeat(128), null],
  ["ad", "longenough", "username"],
  ["ada lovelace", "longenough", "username"],
  ["x".repeat(33), "longenough", "username"],
  ["ada", "short77", "password"],
  ["ada", "x".repeat(129), "password"],
])("%s with a password of %s: %s is wrong", (username, password, wrong) => {
  expect(invalidField({ username, password })).toBe(wrong);
});
