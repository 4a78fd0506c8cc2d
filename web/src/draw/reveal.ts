/**
 * How the winners are revealed one after another: for each prize the hash settles digit by digit, the mark travels over the
 * list of tickets to the place that the hash names, and the number stands there. Nothing in it is chance: the digits
 * that still roll are the hash's own, shifted. Pure.
 */

/** For one prize; with many, all of them together take no longer than `WHOLE_MS`. */
const PRIZE_MS = 3_600;
const WHOLE_MS = 30_000;
/** Parts of a prize's time at which the hash stands and the mark has arrived; then the number is read. */
const HASH_UNTIL = 0.4;
const MARK_UNTIL = 0.75;

export interface Reveal {
  /** How many prizes are revealed. */
  readonly revealed: number;
  /** The one that is being revealed, from 0; null when all are. */
  readonly current: number | null;
  /** Of the hash's digits, how many stand: 0 to 1. */
  readonly hash: number;
  /** How far the mark has come: 0 to 1. */
  readonly mark: number;
}

export const prizeMs = (prizes: number): number =>
  Math.min(PRIZE_MS, WHOLE_MS / Math.max(1, prizes));

export const allRevealed = (prizes: number): Reveal => ({
  revealed: prizes,
  current: null,
  hash: 1,
  mark: 1,
});

export function revealAt(elapsedMs: number, prizes: number): Reveal {
  const each = prizeMs(prizes);
  const current = Math.floor(elapsedMs / each);
  if (current >= prizes) return allRevealed(prizes);
  const part = elapsedMs / each - current;
  const travelled = clamp((part - HASH_UNTIL) / (MARK_UNTIL - HASH_UNTIL));
  return {
    revealed: part >= MARK_UNTIL ? current + 1 : current,
    current,
    hash: clamp(part / HASH_UNTIL),
    // Comes to rest instead of stopping.
    mark: 1 - (1 - travelled) ** 3,
  };
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

const STRIDE = 7;

/** The hash with that share of its digits standing, the others rolling; `tick` turns them. */
export function rolling(hash: string, share: number, tick: number): string {
  const standing = Math.floor(hash.length * share);
  const rest = Array.from(
    { length: hash.length - standing },
    (_, index) => hash[((standing + index) * STRIDE + tick) % hash.length],
  );
  return hash.slice(0, standing) + rest.join("");
}
