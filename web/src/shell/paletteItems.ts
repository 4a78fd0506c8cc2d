/** What the command palette finds. Pure. */
import type { IconName } from "./Icon.tsx";

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** Further words to be found by. */
  readonly alsoFoundBy?: string;
  /** Whether it stands in the list before anything is typed. */
  readonly isFirstChoice: boolean;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly value: string;
  readonly label: string;
  readonly items: readonly PaletteItem[];
}

/** A race's id is its lobby's with a number behind: `demo-42`, or any id without blanks that has a digit. */
const RACE_ID = /^(?=.*\d)[!-~]{3,128}$/;

/** The race that a query names; null when it is no id. */
export function raceIdIn(query: string): string | null {
  const text = query.trim();
  return RACE_ID.test(text) ? text : null;
}

/**
 * The groups with what matches: each word of the query begins a word of the item's, whatever the accents and capitals.
 * Before anything is typed the first choices are offered.
 */
export function matching(groups: readonly PaletteGroup[], query: string): readonly PaletteGroup[] {
  const wanted = words(query);
  const matches = (item: PaletteItem): boolean => {
    if (wanted.length === 0) return item.isFirstChoice;
    const having = words(`${item.label} ${item.alsoFoundBy ?? ""}`);
    return wanted.every((word) => having.some((other) => other.startsWith(word)));
  };
  return groups
    .map((group) => ({ ...group, items: group.items.filter(matches) }))
    .filter(({ items }) => items.length > 0);
}

function words(text: string): readonly string[] {
  return text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}
