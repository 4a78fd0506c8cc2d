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
import { PlayerAmbiguous } from "../../rpc/http/hand.ts";
import { RecordedPlayerNotFound } from "../../rpc/http/handStats.ts";
import type { Ask } from "../actor/Ask.ts";
import type { DayRange, StatsDesk } from "../gateway/PokerDesks.ts";
import { make as makeViews } from "./playerViews.ts";
import type { FilteredStats } from "./stats/FilteredStats.ts";
import { playerBody } from "./stats/playerBody.ts";
import { isStorable } from "./store/isStorable.ts";
import { findPlayer, type SitePlayer } from "./store/SitePlayer.ts";

export interface StatsDeskOptions {
  readonly ask: Ask;
  readonly pool: pg.Pool;
  readonly filtered: FilteredStats;
}

export const makeStatsDesk = ({ ask, filtered, pool }: StatsDeskOptions): StatsDesk => {
  const views = makeViews(pool);

  /** Of all hands in a currency, or in any. */
  const fromEntity = async (known: SitePlayer, currency: HandCurrency | null) => {
    const entityId = handPlayerId(known.site, known.player);
    const [overview, results] = await Promise.all([
      ask(HandPlayer, "GetOverview", { entityId }),
      ask(HandPlayer, "GetDays", { entityId }),
    ]);
    if (!overview.ok) return overview;
    if (!results.ok) return results;
    const { firstAt, lastAt } = overview.value;
    if (firstAt === null) return notFound(known.player);
    const isAsked = (one: { readonly currency: HandCurrency }) =>
      currency === null || one.currency === currency;
    const parts = overview.value.parts.filter(isAsked);
    const days = results.value.days.filter(isAsked);
    return found(playerBody({ ...known, firstAt, lastAt, parts, days }));
  };

  const fromRows = async (known: SitePlayer, filter: CellFilter, { from, to }: DayRange) => {
    const [{ firstAt, lastAt }, { cells, days }] = await Promise.all([
      views.times(known),
      filtered.ask({ ...known, filter, from, to }),
    ]);
    if (firstAt === null) return notFound(known.player);
    return found(playerBody({ ...known, firstAt, lastAt, parts: partsOf(cells), days }));
  };

  return {
    player: async (asked, filter, days) => {
      const player = await findPlayer(pool, asked);
      if (player instanceof PlayerAmbiguous) return failed(player);
      if (player === undefined || !isStorable(filter.stakes ?? "")) return notFound(asked.name);
      return isPart(filter, days)
        ? fromRows(player, filter, days)
        : fromEntity(player, filter.currency);
    },
    players: async (search, page) =>
      isStorable(search ?? "") && isStorable(page.before ?? "")
        ? views.players(search, page)
        : { players: [], next_before: null },
    sessions: async (asked, page) => {
      const player = await findPlayer(pool, asked);
      if (player instanceof PlayerAmbiguous) return failed(player);
      return found(
        player === undefined
          ? { sessions: [], next_before: null }
          : await views.sessions(player, page),
      );
    },
    tournaments: async (asked, page) => {
      const player = await findPlayer(pool, asked);
      if (player instanceof PlayerAmbiguous) return failed(player);
      return found(
        player === undefined || !isStorable(page.before ?? "")
          ? { tournaments: [], next_before: null }
          : await views.tournaments(player, page),
      );
    },
  };
};

/** Whether the question is about less than a currency. */
const isPart = ({ game, players, position, stakes }: CellFilter, { from, to }: DayRange): boolean =>
  [game, players, position, stakes].some((one) => one !== null) ||
  from !== undefined ||
  to !== undefined;

const found = <Body>(value: Body) => ({ ok: true, value, replayed: false }) as const;

const failed = <Failure>(error: Failure) => ({ ok: false, error, replayed: false }) as const;

const notFound = (player: string) => failed(new RecordedPlayerNotFound({ player }));
