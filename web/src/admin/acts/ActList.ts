/**
 * What is known of the journal of acts: an unbroken piece from the newest on, read page by page, of which the newest page is
 * asked for again and again, for new acts come and old ones get their outcome.
 */
import type { ActBody } from "../../../../rpc/http/admin/acts.ts";

export interface ActList {
  /** Newest first. */
  readonly acts: readonly ActBody[];
  /** Asks for what comes after; null when that is all. */
  readonly nextBefore: string | null;
}

interface ActPage {
  readonly acts: readonly ActBody[];
  readonly next_before: string | null;
}

/** A page left open for days keeps so many; what someone has read on beyond stays until then. */
export const MAX_LIVE_ACTS = 1_000;

export function firstPage({ acts, next_before: nextBefore }: ActPage): ActList {
  return { acts, nextBefore };
}

/** The newest page asked for again: what it does not reach stays, unless so much has happened that they do not touch. */
export function withNewest(list: ActList, page: ActPage): ActList {
  const oldest = page.acts.at(-1);
  if (oldest === undefined || page.next_before === null) return firstPage(page);
  const overlap = list.acts.findIndex((act) => act.act_id === oldest.act_id);
  if (overlap < 0) return firstPage(page);
  const all = [...page.acts, ...list.acts.slice(overlap + 1)];
  const acts = all.slice(0, Math.max(MAX_LIVE_ACTS, list.acts.length));
  const isCut = acts.length < all.length;
  return { acts, nextBefore: isCut ? (acts.at(-1)?.act_id ?? null) : list.nextBefore };
}

/** The page after. */
export function withOlder(list: ActList, page: ActPage): ActList {
  const known = new Set(list.acts.map((act) => act.act_id));
  const older = page.acts.filter((act) => !known.has(act.act_id));
  return { acts: [...list.acts, ...older], nextBefore: page.next_before };
}

/** What was asked for since `sinceMs`; what is older comes after it, so nothing more need be read. */
export function since(list: ActList, sinceMs: number | null): ActList {
  if (sinceMs === null) return list;
  const end = list.acts.findIndex((act) => Date.parse(act.at) < sinceMs);
  return end < 0 ? list : { acts: list.acts.slice(0, end), nextBefore: null };
}
