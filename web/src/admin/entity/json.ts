/** A value as the journal and the wire have it. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json };

export type JsonObject = { readonly [name: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The entries of a map: JSON has none, so a map by text is written as a list of pairs. A list that merely looks like
 * one reads the same.
 */
export function entriesOf(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const entries = new Map<string, Json>();
  for (const pair of value as readonly Json[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [key, entry] = pair as readonly Json[];
    if (typeof key !== "string" || entry === undefined || entries.has(key)) return undefined;
    entries.set(key, entry);
  }
  return entries;
}
