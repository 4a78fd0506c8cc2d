const FIRST = 6;
const LAST = 4;

/** An id that people only tell apart from others: its ends. The whole of it belongs in a title. */
export const shortId = (id: string): string =>
  id.length <= FIRST + LAST + 1 ? id : `${id.slice(0, FIRST)}…${id.slice(-LAST)}`;
