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

/** A message repeats what was sent; the client knows that, so a little of it is enough. */
const MAX_MESSAGE_CHARACTERS = 200;

const shortened = (message: string) =>
  message.length <= MAX_MESSAGE_CHARACTERS
    ? message
    : `${message.slice(0, MAX_MESSAGE_CHARACTERS)}…`;

const issuesOf = (error: ParseResult.ParseError) => {
  try {
    return ParseResult.ArrayFormatter.formatErrorSync(error);
  } catch {
    // JSON of thousands of brackets parses, but to print it takes more stack than there is. Nothing else fails here.
    return [{ path: [], message: "is nested too deeply" }];
  }
};

export const fieldProblems = (error: ParseResult.ParseError): ReadonlyArray<FieldProblem> => {
  const byPath = new Map<string, Array<string>>();
  for (const { path, message } of issuesOf(error)) {
    const messages = byPath.get(path.join("."));
    if (messages === undefined) byPath.set(path.join("."), [message]);
    else messages.push(message);
  }
  return [...byPath].map(([path, messages]) => ({
    path,
    message: shortened(asOneSentence(messages)),
  }));
};
