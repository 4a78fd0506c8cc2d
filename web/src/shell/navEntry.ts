import type { IconName } from "./Icon.tsx";

/** A way through the console. */
export interface NavEntry {
  readonly id: string;
  /** In the page's language. */
  readonly label: string;
  /** As `paths` has it. */
  readonly href: string;
  readonly icon: IconName;
  /** Whether it is where one is; without, it is by its `href` and all below it. */
  readonly isHere?: (location: string) => boolean;
}

export function isAt({ href, isHere }: NavEntry, location: string): boolean {
  if (isHere !== undefined) return isHere(location);
  return location === href || (href !== "/" && location.startsWith(`${href}/`));
}
