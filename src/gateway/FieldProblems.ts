/** What is wrong with an input, one entry a field. */
import { ParseResult } from "effect";
import type { FieldProblem } from "../../rpc/http/failure.ts";

const EXPECTED = /^Expected ([\s\S]+), actual ([\s\S]*)$/;

/** A field that fits none of several alternatives is reported once for each; as one sentence it reads better. */
const asOneSentence = (messages: ReadonlyArray<string>) => {
  const matches = messages.map((message) => EXPECTED.exec(message));
  const alternatives = matches.flatMap((match) => (match === null ? [] : [match[1]!]));
  return alternatives.length < messages.length
    ? [...new Set(messages)].join("; ")
    : `Expected ${[...new Set(alternatives)].join(" or ")}, actual ${matches[0]![2]!}`;
};

export const fieldProblems = (error: ParseResult.ParseError): ReadonlyArray<FieldProblem> => {
  const byPath = new Map<string, Array<string>>();
  for (const { path, message } of ParseResult.ArrayFormatter.formatErrorSync(error)) {
    const messages = byPath.get(path.join("."));
    if (messages === undefined) byPath.set(path.join("."), [message]);
    else messages.push(message);
  }
  return [...byPath].map(([path, messages]) => ({ path, message: asOneSentence(messages) }));
};
