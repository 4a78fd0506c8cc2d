/**
 * The gateway's desk for statistics. All of a player's hands together are answered by the player's entity, which keeps them
 * added up; a part of them is counted from the rows. Results by day are kept by currency, so that is the one part that the
 * entity can tell as well.
 *
 * An entity is told of hands a moment after they are stored, so what it says may be that much older than the rows.
 */
import type pg from "pg";
import { partsOf } from "../../entities/handPlayer/parts.ts";
import type { HandCurrency } from "../../rpc/hand.ts";
import { type CellFilter, HandPlayer, handPlayerId } from "../../rpc/handPlayer.ts";
import { RecordedPlayerNotFound } from "../../rpc/http/handStats.ts";
import type { Ask } from "../actor/Ask.ts";
import type { DayRange, StatsDesk } from "../gateway/PokerDesks.ts";
import { make as makeViews } from "./playerViews.ts";
import type { FilteredStats } from "./stats/FilteredStats.ts";
import { playerBody } from "./stats/playerBody.ts";

export interface StatsDeskOptions {
  readonly ask: Ask;
  readonly pool: pg.Pool;
  readonly filtered: FilteredStats;
}

/** The one site whose hands are recorded. */
const SITE = "winamax";

export const makeStatsDesk = ({ ask, filtered, pool }: StatsDeskOptions): StatsDesk => {
  const views = makeViews(pool);

  /** Of all hands in a currency, or in any. */
  const fromEntity = async (player: string, currency: HandCurrency | null) => {
    const entityId = handPlayerId(SITE, player);
    const [overview, results] = await Promise.all([
      ask(HandPlayer, "GetOverview", { entityId }),
      ask(HandPlayer, "GetDays", { entityId }),
    ]);
    if (!overview.ok) return overview;
    if (!results.ok) return results;
    const { firstAt, lastAt } = overview.value;
    if (firstAt === null) return notFound(player);
    const isAsked = (one: { readonly currency: HandCurrency }) =>
      currency === null || one.currency === currency;
    const parts = overview.value.parts.filter(isAsked);
    const days = results.value.days.filter(isAsked);
    return found(playerBody({ player, firstAt, lastAt, parts, days }));
  };

  const fromRows = async (player: string, filter: CellFilter, { from, to }: DayRange) => {
    const [{ firstAt, lastAt }, { cells, days }] = await Promise.all([
      views.times(player),
      filtered.ask({ player, filter, from, to }),
    ]);
    if (firstAt === null) return notFound(player);
    return found(playerBody({ player, firstAt, lastAt, parts: partsOf(cells), days }));
  };

  return {
    player: async (name, filter, days) => {
      if (!isStorable(name) || !isStorable(filter.stakes ?? "")) return notFound(name);
      return isPart(filter, days)
        ? fromRows(name, filter, days)
        : fromEntity(name, filter.currency);
    },
    players: async (search, limit) =>
      isStorable(search ?? "") ? views.players(search, limit) : { players: [] },
    sessions: async (name, page) =>
      isStorable(name) ? views.sessions(name, page) : { sessions: [], next_before: null },
    tournaments: async (name, limit) =>
      isStorable(name) ? views.tournaments(name, limit) : { tournaments: [] },
  };
};

/** Whether the question is about less than a currency. */
const isPart = ({ game, players, position, stakes }: CellFilter, { from, to }: DayRange): boolean =>
  [game, players, position, stakes].some((one) => one !== null) ||
  from !== undefined ||
  to !== undefined;

/** PostgreSQL's text has no NUL, and UTF-8 no half of a pair: nobody who was stored is called so. */
const isStorable = (text: string): boolean => !/\0|\p{Surrogate}/u.test(text);

const found = <Body>(value: Body) => ({ ok: true, value, replayed: false }) as const;

const notFound = (player: string) =>
  ({ ok: false, error: new RecordedPlayerNotFound({ player }), replayed: false }) as const;
