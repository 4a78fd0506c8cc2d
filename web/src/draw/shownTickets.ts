/** As many as a box on the page can hold without a browser toiling at it. */
const MAX_SHOWN = 200;
const FIRST = 100;
const LAST = 20;

/** The list as it is hashed; of a long one its beginning and its end, for the whole is there to be saved. */
export function shownTickets(tickets: readonly string[]): string {
  if (tickets.length <= MAX_SHOWN) return tickets.join(",");
  const hidden = tickets.length - FIRST - LAST;
  return [
    tickets.slice(0, FIRST).join(","),
    `… (${hidden}) …`,
    tickets.slice(-LAST).join(","),
  ].join(",\n");
}
