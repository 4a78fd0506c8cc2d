/** An unbroken piece of an entity's journal, newest first, as it was read page by page. */
import type { JournalEntryBody } from "../../../../rpc/http/admin.ts";

export type JournalBlock = readonly JournalEntryBody[];

/** So many are kept; who reads on for longer loses what is farthest away. */
export const MAX_ENTRIES = 400;
/** The selected entry is shown with some of those that came after it, and so few that are new are joined at once. */
const LATER_ENTRIES = 20;

/** The piece with the page, if they touch or overlap; else the page alone. */
export function withPage(block: JournalBlock, page: JournalBlock): JournalBlock {
  const [newest, oldest] = [block[0], block.at(-1)];
  const [pageNewest, pageOldest] = [page[0], page.at(-1)];
  if (pageNewest === undefined || pageOldest === undefined) return block;
  const touches =
    newest !== undefined &&
    oldest !== undefined &&
    pageNewest.version >= oldest.version - 1 &&
    pageOldest.version <= newest.version + 1;
  if (!touches) return page;
  const byVersion = new Map([...block, ...page].map((entry) => [entry.version, entry]));
  const whole = [...byVersion.values()].toSorted((a, b) => b.version - a.version);
  const isAbove = pageNewest.version > newest.version;
  return isAbove ? whole.slice(0, MAX_ENTRIES) : whole.slice(-MAX_ENTRIES);
}

/**
 * What to ask for next so that `version` is among the entries, and the newest too when they are followed or near: the
 * `before_version` of a page, null for the newest page, undefined when nothing is missing.
 */
export function missingPage(
  block: JournalBlock,
  version: number,
  newestVersion: number,
  isFollowing: boolean,
): number | null | undefined {
  const [newest, oldest] = [block[0], block.at(-1)];
  if (newest === undefined || oldest === undefined) {
    return version + LATER_ENTRIES >= newestVersion ? null : version + LATER_ENTRIES + 1;
  }
  const behind = newestVersion - newest.version;
  if (behind > 0 && (isFollowing || behind <= LATER_ENTRIES)) return null;
  if (version >= oldest.version && version <= newest.version) return undefined;
  return version + LATER_ENTRIES >= newestVersion ? null : version + LATER_ENTRIES + 1;
}
