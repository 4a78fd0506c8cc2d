import type { RunnerTotalsBody } from "../../../sdk/src/index.ts";

export const SORT_KEYS = [
  "name",
  "starts",
  "wins",
  "win_rate",
  "place_rate",
  "average_odds",
  "return_per_unit",
] as const satisfies readonly (keyof RunnerTotalsBody)[];
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** Another column starts with what one looks for in it: names from A, figures from the greatest. */
export function sortBy({ key, isDescending }: Sorting, next: SortKey): Sorting {
  return { key: next, isDescending: key === next ? !isDescending : next !== "name" };
}

/** Those whose name has the query in it, whatever the case and accents, in order; equals by name. */
export function sortRunners(
  runners: readonly RunnerTotalsBody[],
  { key, isDescending }: Sorting,
  query: string,
): readonly RunnerTotalsBody[] {
  const wanted = plain(query.trim());
  const sign = isDescending ? -1 : 1;
  return runners
    .filter(({ name }) => plain(name).includes(wanted))
    .toSorted((a, b) => {
      const order = key === "name" ? a.name.localeCompare(b.name) : a[key] - b[key];
      return sign * order || a.name.localeCompare(b.name);
    });
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
