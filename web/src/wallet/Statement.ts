/**
 * The lines of a statement as far as they have been read: pages back into the past, and what came new at the top. A line
 * never changes, so readings only ever add. Pure.
 */
import type { StatementBody, StatementLineBody } from "../../../sdk/src/index.ts";

export interface Statement {
  /** Newest first. */
  readonly lines: readonly StatementLineBody[];
  /** Asks for the page after the last line; null when there is none. */
  readonly nextBefore: string | null;
}

export const startOf = ({ lines, next_before: nextBefore }: StatementBody): Statement => ({
  lines,
  nextBefore,
});

/** With the page that `nextBefore` asked for. */
export function withOlder(statement: Statement, page: StatementBody): Statement {
  const known = new Set(statement.lines.map(({ line_id: id }) => id));
  return {
    lines: [...statement.lines, ...page.lines.filter(({ line_id: id }) => !known.has(id))],
    nextBefore: page.next_before,
  };
}

/**
 * With the newest page. When it does not reach back to what was known, there are lines between that nobody has read:
 * then what it tells is all that is known, and older lines are asked for from there.
 */
export function withNewest(statement: Statement, page: StatementBody): Statement {
  const newest = statement.lines[0];
  if (newest === undefined) return startOf(page);
  const reach = page.lines.findIndex(({ line_id: id }) => id === newest.line_id);
  if (reach === -1)
    return page.next_before === null && page.lines.length === 0 ? statement : startOf(page);
  return reach === 0
    ? statement
    : { ...statement, lines: [...page.lines.slice(0, reach), ...statement.lines] };
}
