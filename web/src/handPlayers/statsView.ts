/** What a player's page is asked for and shows, out of what the server says. Pure. */
import type { PlayerStatsBody, RateBody, StatLinesBody } from "../../../sdk/src/index.ts";
import { GAMES } from "../hands/handsView.ts";

export type Part = PlayerStatsBody["by_position"][number];
export type Currency = PlayerStatsBody["net"][number]["currency"];
export type Position = "BTN" | "SB" | "BB" | "UTG" | "MP" | "CO";

export const POSITIONS = [
  "UTG",
  "MP",
  "CO",
  "BTN",
  "SB",
  "BB",
] as const satisfies readonly Position[];
export const CURRENCIES = ["EUR", "chips", "play"] as const satisfies readonly Currency[];

/** Each is a share of opportunities; the order in which they are shown. */
export const RATES = [
  "vpip",
  "pfr",
  "three_bet",
  "four_bet",
  "fold_to_three_bet",
  "c_bet",
  "fold_to_c_bet",
  "steal",
  "fold_to_steal",
  "wtsd",
  "won_at_showdown",
] as const satisfies readonly (keyof StatLinesBody)[];
export type RateName = (typeof RATES)[number];

export const rateOf = (lines: StatLinesBody, name: RateName): RateBody => lines[name];

export interface StatsFilter {
  readonly game: (typeof GAMES)[number] | null;
  /** `EUR 0.02/0.05`. */
  readonly stakes: string | null;
  readonly position: Position | null;
  readonly players: number | null;
  /** Days, UTC, both included. */
  readonly from: string | null;
  readonly to: string | null;
}

export const NO_FILTER: StatsFilter = {
  game: null,
  stakes: null,
  position: null,
  players: null,
  from: null,
  to: null,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayIn = (text: string | null): string | null =>
  text !== null && DAY.test(text) ? text : null;

export const statsFilterIn = (query: URLSearchParams): StatsFilter => ({
  game: GAMES.find((game) => game === query.get("game")) ?? null,
  stakes: query.get("stakes"),
  position: POSITIONS.find((position) => position === query.get("position")) ?? null,
  players: /^([2-9]|10)$/.test(query.get("players") ?? "") ? Number(query.get("players")) : null,
  from: dayIn(query.get("from")),
  to: dayIn(query.get("to")),
});

/** What stands in the address behind a player's page; empty for nothing. */
export function statsQueryOf(tab: string, filter: StatsFilter): string {
  const query = new URLSearchParams();
  if (tab !== "statistics") query.set("tab", tab);
  for (const [name, value] of Object.entries(filter)) {
    if (value !== null) query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

export const isFiltered = (filter: StatsFilter): boolean =>
  Object.values(filter).some((value) => value !== null);

/** As the server is asked. The stakes' key has the currency before it. */
export function questionOf({ from, game, players, position, stakes, to }: StatsFilter) {
  const [currency, ...stake] = stakes?.split(" ") ?? [];
  return {
    game: game ?? undefined,
    currency: CURRENCIES.find((one) => one === currency),
    stake: stake.length === 0 ? undefined : stake.join(" "),
    position: position ?? undefined,
    players: players ?? undefined,
    from: from ?? undefined,
    to: to ?? undefined,
  };
}

/** Each list begins with nothing, before the first day. */
export interface ResultCurve {
  readonly currency: Currency;
  /** Null before the first. */
  readonly days: readonly (string | null)[];
  readonly hands: readonly number[];
  /** Minor units, summed up from the first day on. */
  readonly net: readonly number[];
  readonly evNet: readonly number[];
}

/** A curve for each currency that was played in, those with the most hands first. */
export function curvesOf(days: PlayerStatsBody["days"]): readonly ResultCurve[] {
  return CURRENCIES.flatMap((currency): ResultCurve[] => {
    const own = days.filter((day) => day.currency === currency);
    if (own.length === 0) return [];
    const summed = (valueOf: (day: (typeof own)[number]) => number): readonly number[] => {
      let sum = 0;
      return [0, ...own.map((day) => (sum += valueOf(day)))];
    };
    return [
      {
        currency,
        days: [null, ...own.map(({ day }) => day)],
        hands: summed(({ hands }) => hands),
        net: summed(({ net }) => net),
        evNet: summed((day) => day.ev_net),
      },
    ];
  }).toSorted((a, b) => (b.hands.at(-1) ?? 0) - (a.hands.at(-1) ?? 0));
}
