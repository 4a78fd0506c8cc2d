/** What the list of hands is asked for, as its address and as the server have it; and lists that are put together. Pure. */
import type { Endpoints, HandsBody } from "../../../sdk/src/index.ts";
import { isRecord } from "../http/request.ts";

export type HandSummary = HandsBody["hands"][number];

/** Everything that the list may be sifted by; null is anything. */
export interface HandFilter {
  /** Empty for everyone's. */
  readonly player: string;
  /** Of the player, where several sites have one of that name. */
  readonly site: string | null;
  readonly game: HandSummary["game_type"] | null;
  readonly format: HandSummary["format"] | null;
  /** `EUR 0.02/0.05`. */
  readonly stakes: string | null;
  /** Days, `2025-03-01`. */
  readonly from: string | null;
  readonly to: string | null;
  /** In the minor unit of the hands' currency. */
  readonly minPot: number | null;
  /** These three are the player's, or the hero's. */
  readonly position: (typeof POSITIONS)[number] | null;
  readonly result: (typeof RESULTS)[number] | null;
  readonly showdown: (typeof ANSWERS)[number] | null;
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

export const POSITIONS = ["BTN", "CO", "MP", "UTG", "SB", "BB"] as const;
export const RESULTS = ["won", "lost"] as const;
export const ANSWERS = ["yes", "no"] as const;

export const NO_FILTER: HandFilter = {
  player: "",
  site: null,
  game: null,
  format: null,
  stakes: null,
  from: null,
  to: null,
  minPot: null,
  position: null,
  result: null,
  showdown: null,
};

export const isAnyone = (filter: HandFilter): boolean => queryOf(filter) === "";

/** Names in the address, in this order. */
const NAMES = [
  ["player", "player"],
  ["site", "site"],
  ["game", "game"],
  ["format", "format"],
  ["stakes", "stakes"],
  ["from", "from"],
  ["to", "to"],
  ["minPot", "min_pot"],
  ["position", "position"],
  ["result", "result"],
  ["showdown", "showdown"],
] as const satisfies readonly (readonly [keyof HandFilter, string])[];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINOR = /^\d{1,15}$/;
const SITE = /^[a-z0-9_]{1,32}$/;

/** `2025-02-30` is a day in no calendar. */
const isDay = (text: string): boolean => {
  const time = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** What an address asks for; what it does not know is left out. */
export function filterIn(query: URLSearchParams): HandFilter {
  const one = <Value extends string>(name: string, values: readonly Value[]): Value | null =>
    values.find((value) => value === query.get(name)) ?? null;
  const like = (name: string, isGood: (text: string) => boolean): string | null => {
    const text = query.get(name);
    return text !== null && isGood(text) ? text : null;
  };
  const minPot = like("min_pot", (text) => MINOR.test(text));
  const player = query.get("player") ?? "";
  return {
    player,
    site: player === "" ? null : like("site", (text) => SITE.test(text)),
    game: one("game", GAMES),
    format: one("format", FORMATS),
    stakes: like("stakes", (text) => stakesIn(text) !== undefined),
    from: like("from", isDay),
    to: like("to", isDay),
    minPot: minPot === null ? null : Number(minPot),
    position: one("position", POSITIONS),
    result: one("result", RESULTS),
    showdown: one("showdown", ANSWERS),
  };
}

/** The same as a query, empty without any; to be read back by `filterIn`. */
export function queryOf(filter: HandFilter): string {
  const query = new URLSearchParams();
  for (const [field, name] of NAMES) {
    const value = filter[field];
    if (value !== null && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

type Currency = HandSummary["currency"];
const CURRENCIES: readonly Currency[] = ["EUR", "play", "chips"];

/** `EUR 0.02/0.05` in its parts. */
export function stakesIn(
  key: string,
): { readonly currency: Currency; readonly stake: string } | undefined {
  const blank = key.indexOf(" ");
  const currency = CURRENCIES.find((one) => one === key.slice(0, blank));
  return currency === undefined ? undefined : { currency, stake: key.slice(blank + 1) };
}

export const stakesKey = (currency: string, stake: string): string => `${currency} ${stake}`;

type RecentQuery = Endpoints["GET /api/v1/hands/recent"]["query"];

/** What the server is asked. */
export function askedOf(filter: HandFilter): Partial<RecentQuery> {
  const { format, from, game, minPot, player, position, result, showdown, site, stakes, to } =
    filter;
  const played = stakes === null ? undefined : stakesIn(stakes);
  return {
    player: player === "" ? undefined : player,
    site: site ?? undefined,
    game: game ?? undefined,
    format: format ?? undefined,
    currency: played?.currency,
    stake: played?.stake,
    from: from ?? undefined,
    to: to ?? undefined,
    min_pot: minPot ?? undefined,
    position: position ?? undefined,
    result: result ?? undefined,
    showdown: showdown ?? undefined,
  };
}

/** Minor units in the unit in which an amount is typed: chips are whole. */
export const unitOf = ({ format, stakes }: HandFilter): number =>
  format === "tournament" || stakes?.startsWith("chips ") === true ? 1 : 100;

/** What is typed, in minor units as text: `2.50` and `2,5` of hundredths are `250`. What is no amount is empty. */
export function minorIn(typed: string, unit: number): string {
  const text = typed.trim().replace(",", ".");
  const minor = /^\d{1,10}(\.\d{0,2})?$/.test(text) ? Math.round(Number(text) * unit) : 0;
  return minor > 0 ? String(minor) : "";
}

/** Each hand once, the newest first. */
export function together(
  hands: readonly HandSummary[],
  others: readonly HandSummary[],
): readonly HandSummary[] {
  const bySeq = new Map([...others, ...hands].map((hand) => [hand.seq, hand]));
  return [...bySeq.values()].toSorted((a, b) => b.seq - a.seq);
}

/** Whether a page that was read anew reaches down to what is known already. */
export const meets = (
  { hands, next_before: nextBefore }: Pick<HandsBody, "hands" | "next_before">,
  known: readonly HandSummary[],
): boolean => {
  const newest = known[0]?.seq;
  return (
    nextBefore === null ||
    (newest !== undefined &&
      (Number(nextBefore) <= newest || hands.some(({ seq }) => seq === newest)))
  );
};

/** Whether hands are missing between what is known and one that has come: a connection was away, or a large batch came. */
export function hasGap(known: readonly HandSummary[], come: readonly HandSummary[]): boolean {
  const newest = known[0]?.seq;
  if (newest === undefined || come.length === 0) return false;
  const seqs = new Set(come.map(({ seq }) => seq));
  const last = Math.max(...seqs);
  for (let seq = newest + 1; seq <= last; seq += 1) if (!seqs.has(seq)) return true;
  return false;
}

/** The sites to choose from when a name is not enough. */
export const sitesIn = (problem: unknown): readonly string[] =>
  isRecord(problem) && problem["code"] === "player_ambiguous" && Array.isArray(problem["sites"])
    ? problem["sites"].filter((site) => typeof site === "string")
    : [];
