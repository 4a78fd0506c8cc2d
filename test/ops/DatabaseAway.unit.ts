import { expect, test } from "vitest";
import { isDatabaseAway } from "../../src/ops/DatabaseAway.ts";

const error = (message: string, code?: string) =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

test.each([
  error("connect ECONNREFUSED", "ECONNREFUSED"),
  error("terminating connection due to administrator command", "57P01"),
  error("the database system is starting up", "57P03"),
  error("sorry, too many clients already", "53300"),
  error("Connection terminated unexpectedly"),
  error("timeout exceeded when trying to connect"),
  new AggregateError([error("connect ECONNREFUSED", "ECONNREFUSED")]),
])("%s: ask again", (cause) => {
  expect(isDatabaseAway(cause)).toBe(true);
});

test.each([
  error("syntax error", "42601"),
  error("duplicate key value", "23505"),
  new TypeError("undefined is not a function"),
  new AggregateError([]),
  "a string",
  undefined,
])("%s: a fault of ours", (cause) => {
  expect(isDatabaseAway(cause)).toBe(false);
});
