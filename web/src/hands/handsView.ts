/** What the list of hands shows, out of what has been read and what has come since. Pure. */
import type { HandsBody } from "../../../sdk/src/index.ts";

export type HandSummary = HandsBody["hands"][number];

export interface HandFilter {
  /** The server looks for; the others are looked for here. Empty for everyone's. */
  readonly player: string;
  readonly game: HandSummary["game_type"] | null;
  readonly format: HandSummary["format"] | null;
  /** `EUR 0.02/0.05`. */
  readonly stakes: string | null;
}

export const GAMES = [
  "holdem",
  "omaha",
  "omaha_hilo",
  "omaha5",
  "omaha5_hilo",
  "stud",
  "stud_hilo",
  "razz",
  "draw_27_triple",
] as const satisfies readonly HandSummary["game_type"][];

export const FORMATS = [
  "cash",
  "fast_fold",
  "tournament",
] as const satisfies readonly HandSummary["format"][];

export const stakesKey = ({ currency, stakes }: HandSummary): string => `${currency} ${stakes}`;

/** What an address asks for; what it does not know is left out. */
export const filterIn = (query: URLSearchParams): HandFilter => ({
  player: query.get("player") ?? "",
  game: GAMES.find((game) => game === query.get("game")) ?? null,
  format: FORMATS.find((format) => format === query.get("format")) ?? null,
  stakes: query.get("stakes"),
});

/** The same as a query, empty without any; to be read back by `filterIn`. */
export function queryOf(filter: HandFilter): string {
  const query = new URLSearchParams();
  for (const name of ["player", "game", "format", "stakes"] as const) {
    const value = filter[name];
    if (value !== null && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

export const fits = (hand: HandSummary, { format, game, stakes }: HandFilter): boolean =>
  (game === null || hand.game_type === game) &&
  (format === null || hand.format === format) &&
  (stakes === null || stakesKey(hand) === stakes);

/** Whether hands are looked for here, among those that have been read. */
export const isSifted = ({ format, game, stakes }: HandFilter): boolean =>
  format !== null || game !== null || stakes !== null;

/** Each hand once, the newest first. */
export function together(
  hands: readonly HandSummary[],
  others: readonly HandSummary[],
): readonly HandSummary[] {
  const bySeq = new Map([...others, ...hands].map((hand) => [hand.seq, hand]));
  return [...bySeq.values()].toSorted((a, b) => b.seq - a.seq);
}

/** The stakes that occur, to choose from. */
export const stakesAmong = (hands: readonly HandSummary[]): readonly string[] =>
  [...new Set(hands.map(stakesKey))].toSorted((a, b) =>
    a.localeCompare(b, undefined, { numeric: true }),
  );

/** Whether hands are missing between what is known and one that has come: a connection was away, or a large batch came. */
export function hasGap(known: readonly HandSummary[], come: readonly HandSummary[]): boolean {
  const newest = known[0]?.seq;
  if (newest === undefined || come.length === 0) return false;
  const seqs = new Set(come.map(({ seq }) => seq));
  const last = Math.max(...seqs);
  for (let seq = newest + 1; seq <= last; seq += 1) if (!seqs.has(seq)) return true;
  return false;
}
