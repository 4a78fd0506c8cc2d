import type { IconName } from "./Icon.tsx";

/** A way through the console. */
export interface NavEntry {
  readonly id: string;
  /** In the page's language. */
  readonly label: string;
  /** As `paths` has it. */
  readonly href: string;
  readonly icon: IconName;
  /** What it belongs to, such as a product: those of one group stand together where there is room for all. */
  readonly group: string;
  /** Whether it is where one is; without, it is by its `href` and all below it. */
  readonly isHere?: (location: string) => boolean;
}

export function isAt({ href, isHere }: NavEntry, location: string): boolean {
  if (isHere !== undefined) return isHere(location);
  return location === href || (href !== "/" && location.startsWith(`${href}/`));
}

/** Group by group, in the order in which the groups first come. */
export function grouped(
  entries: readonly NavEntry[],
): readonly { readonly group: string; readonly entries: readonly NavEntry[] }[] {
  const groups = new Set(entries.map(({ group }) => group));
  return [...groups].map((group) => ({
    group,
    entries: entries.filter((entry) => entry.group === group),
  }));
}
