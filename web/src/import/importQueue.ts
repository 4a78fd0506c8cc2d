/** The files that are to be imported, and how far each has come: one after the other, in the order in which they came. Pure. */
import type { ImportedBody, Refusal } from "../../../sdk/src/index.ts";

export type ItemState =
  | { readonly kind: "waiting" }
  /** `isWaiting`: the server is busy or away for now. */
  | { readonly kind: "sending"; readonly sentBytes: number; readonly isWaiting: boolean }
  | { readonly kind: "done"; readonly result: ImportedBody }
  | { readonly kind: "failed"; readonly refusal: Refusal }
  | { readonly kind: "cancelled" };

export interface Item {
  readonly id: number;
  /** With the folders that it was found in. */
  readonly path: string;
  readonly bytes: number;
  /** Hands in it, counted here; null until they have been. */
  readonly hands: number | null;
  readonly state: ItemState;
}

export interface Picked {
  readonly path: string;
  readonly bytes: number;
}

/** Those that are new, behind those that are there. A file that came before and went through is not sent again. */
export function withFiles(items: readonly Item[], picked: readonly Picked[]): readonly Item[] {
  const known = new Set(
    items.flatMap(({ bytes, path, state }) =>
      state.kind === "failed" || state.kind === "cancelled" ? [] : [`${bytes} ${path}`],
    ),
  );
  let id = items.length;
  const added: Item[] = [];
  for (const { bytes, path } of picked) {
    const key = `${bytes} ${path}`;
    if (known.has(key)) continue;
    known.add(key);
    added.push({ id, path, bytes, hands: null, state: { kind: "waiting" } });
    id += 1;
  }
  return [...items, ...added];
}

export const withItem = (
  items: readonly Item[],
  id: number,
  change: Partial<Pick<Item, "hands" | "state">>,
): readonly Item[] => items.map((item) => (item.id === id ? { ...item, ...change } : item));

/** What has not ended, ends here. */
export const cancelled = (items: readonly Item[]): readonly Item[] =>
  items.map((item) =>
    item.state.kind === "waiting" || item.state.kind === "sending"
      ? { ...item, state: { kind: "cancelled" } }
      : item,
  );

/** Files that did not come through wait again. */
export const again = (items: readonly Item[]): readonly Item[] =>
  items.map((item) =>
    item.state.kind === "cancelled" || item.state.kind === "failed"
      ? { ...item, state: { kind: "waiting" } }
      : item,
  );

export interface Totals {
  readonly files: number;
  /** That have ended, one way or another. */
  readonly ended: number;
  readonly failed: number;
  readonly bytes: number;
  readonly sentBytes: number;
  /** Of the files that have been counted. */
  readonly hands: number;
  readonly imported: number;
  readonly duplicates: number;
  readonly summaries: number;
  readonly refused: number;
  readonly isRunning: boolean;
}

export function totalsOf(items: readonly Item[]): Totals {
  const results = items.flatMap(({ state }) => (state.kind === "done" ? [state.result] : []));
  const sum = (valueOf: (result: ImportedBody) => number): number =>
    results.reduce((all, result) => all + valueOf(result), 0);
  return {
    files: items.length,
    ended: items.filter(({ state }) => state.kind !== "waiting" && state.kind !== "sending").length,
    failed: items.filter(({ state }) => state.kind === "failed").length,
    bytes: items.reduce((all, { bytes }) => all + bytes, 0),
    sentBytes: items.reduce((all, { bytes, state }) => {
      if (state.kind === "sending") return all + Math.min(bytes, state.sentBytes);
      return state.kind === "waiting" ? all : all + bytes;
    }, 0),
    hands: items.reduce((all, { hands }) => all + (hands ?? 0), 0),
    imported: sum(({ imported }) => imported),
    duplicates: sum(({ duplicates }) => duplicates),
    summaries: sum(({ summaries }) => summaries),
    refused: sum((result) => result.failed_count),
    isRunning: items.some(({ state }) => state.kind === "waiting" || state.kind === "sending"),
  };
}
