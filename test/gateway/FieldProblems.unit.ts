import { Either, Schema } from "effect";
import { expect, test } from "vitest";
import { PlaceBetBody } from "../../rpc/frames.ts";
import { fieldProblems } from "../../src/gateway/FieldProblems.ts";

const problemsOf = (input: unknown) => {
  const decoded = Schema.decodeUnknownEither(PlaceBetBody, { errors: "all" })(input);
  if (Either.isRight(decoded)) throw new Error("was accepted");
  return fieldProblems(decoded.left);
};

test("names every wrong field once, by its path", () => {
  const problems = problemsOf({ market: "superfecta", selection: [1, "x"], stake: -1 });
  expect(problems.map(({ path }) => path)).toEqual(["market", "selection.1", "stake"]);
  expect(problems[0]?.message).toBe(
    'Expected "win" or "place" or "show" or "exacta" or "quinella" or "trifecta", actual "superfecta"',
  );
});

test("a missing field is said to be missing", () => {
  expect(problemsOf({ selection: [1], stake: 100 })).toEqual([
    { path: "market", message: "is missing" },
  ]);
});
