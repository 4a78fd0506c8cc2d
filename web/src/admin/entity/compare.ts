/**
 * One tree of two values, the state before a command and after it, so that a reader sees at once what the command did:
 * each part says whether it was there before, is there now, and differs.
 */
import { entriesOf, isObject } from "./json.ts";
import type { Json } from "./json.ts";

/** Of a part with parts: `changed` when any of them is not the same. */
export type Change = "same" | "added" | "removed" | "changed";

export interface Part {
  /** Field name, key or position; empty at the root. */
  readonly name: string;
  /** Unique in the tree. */
  readonly path: string;
  readonly change: Change;
  /** What it is now; before, if it was removed. */
  readonly value: Json;
  /** What it was, if it has changed and has no parts. */
  readonly was?: Json;
  readonly shape: "leaf" | "object" | "list" | "map";
  readonly parts: readonly Part[];
}

/** `undefined` is nothing at all: before the first command, or where no comparison is wanted. */
export function compare(before: Json | undefined, after: Json): Part {
  return part("", "", before, after);
}

/** Everything as it is, nothing marked. */
export function unmarked(value: Json): Part {
  return part("", "", value, value);
}

/** Parts that differ, each counted where the difference begins: what was added as a whole is one. */
export function countChanges(root: Part): number {
  if (root.change === "same") return 0;
  if (root.change !== "changed" || root.was !== undefined || root.parts.length === 0) return 1;
  return root.parts.reduce((sum, child) => sum + countChanges(child), 0);
}

function part(name: string, path: string, before: Json | undefined, after: Json | undefined): Part {
  if (before !== undefined && after !== undefined && kindOf(before) !== kindOf(after)) {
    return { ...part(name, path, undefined, after), change: "changed", was: before };
  }
  const value = after === undefined ? (before ?? null) : after;
  const shape = shapeOf(before, after);
  if (shape === "leaf") {
    const change = changeOf(before, after, before === after);
    const leaf = { name, path, change, value, shape, parts: [] } as const;
    return change === "changed" && before !== undefined ? { ...leaf, was: before } : leaf;
  }
  const older = partsOf(before, shape);
  const newer = partsOf(after, shape);
  // What was removed stays where it stood, behind what it stood behind.
  const names = [...newer.keys()];
  let at = 0;
  for (const child of older.keys()) {
    const found = names.indexOf(child);
    if (found >= 0) at = found + 1;
    else names.splice(at++, 0, child);
  }
  const parts = names.map((child) =>
    part(child, `${path}/${child}`, older.get(child), newer.get(child)),
  );
  const isSame = parts.every((child) => child.change === "same");
  return { name, path, change: changeOf(before, after, isSame), value, shape, parts };
}

function changeOf(before: Json | undefined, after: Json | undefined, isSame: boolean): Change {
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  return isSame ? "same" : "changed";
}

function kindOf(value: Json): "leaf" | "object" | "array" {
  return Array.isArray(value) ? "array" : isObject(value) ? "object" : "leaf";
}

/** Of two values of one kind, or one alone. A list that is empty on one side has the other side's shape. */
function shapeOf(before: Json | undefined, after: Json | undefined): Part["shape"] {
  const both = [before, after].filter((value) => value !== undefined);
  const [first = null] = both;
  if (kindOf(first) !== "array") return kindOf(first) === "object" ? "object" : "leaf";
  const full = both.filter((value) => Array.isArray(value) && value.length > 0);
  return full.length > 0 && full.every((value) => entriesOf(value) !== undefined) ? "map" : "list";
}

function partsOf(value: Json | undefined, shape: Part["shape"]): ReadonlyMap<string, Json> {
  if (shape === "object") return new Map(isObject(value) ? Object.entries(value) : []);
  if (shape === "map") return entriesOf(value) ?? new Map();
  return new Map(Array.isArray(value) ? value.map((item, at) => [String(at), item]) : []);
}
