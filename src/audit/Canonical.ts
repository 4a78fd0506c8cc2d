/**
 * Compares states by what they hold. A hash map's entries have no order of their own, so two equal states may be
 * written differently: here sets of words and maps under words are put in order first.
 */
import { Schema } from "effect";

const isWord = (one: unknown): one is string => typeof one === "string";
const isEntry = (one: unknown): one is readonly [string, unknown] =>
  Array.isArray(one) && one.length === 2 && isWord(one[0]);
const byWord = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** An encoded value with one order only. What is a sequence in truth consists of numbers or records, and keeps its order. */
export const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    if (value.every(isWord)) return value.toSorted(byWord);
    const items = value.map(canonical);
    return items.every(isEntry) ? items.toSorted(([one], [other]) => byWord(one, other)) : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .toSorted(([one], [other]) => byWord(one, other))
      .map(([name, field]) => [name, canonical(field)]),
  );
};

/** The text of a state that all equal states share. */
export const canonicalText = <State, Encoded>(
  schema: Schema.Schema<State, Encoded>,
): ((state: State) => string) => {
  const encode = Schema.encodeSync(schema);
  return (state) => JSON.stringify(canonical(encode(state)));
};
