/** What the page says to a newer worker that waits, and the worker understands. */
export const TAKE_OVER = "croupier:take-over";
