/** What may stand in a history: text, in lengths that a name or a sentence can have. */

/** The site allows a fraction of it; it bounds what a hostile file can make of a name. */
export const MAX_NAME_LENGTH = 100;
/** Of the words for a hand, and of a tournament's facts. */
export const MAX_WORDS_LENGTH = 200;

/** Longer quotations from a file that nobody has vouched for are of no use in a report. */
const MAX_QUOTED_LENGTH = 60;

const FIRST_PRINTABLE = 32;
const DELETE = 127;

/** Without control characters: no client writes them, and a database's text cannot hold the first. */
export function isPrintable(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code < FIRST_PRINTABLE || code === DELETE) return false;
  }
  return true;
}

/** The beginning of a text, for a report. */
export function shorten(text: string): string {
  return text.length <= MAX_QUOTED_LENGTH ? text : `${text.slice(0, MAX_QUOTED_LENGTH)}…`;
}
