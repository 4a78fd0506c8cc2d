/** What the gateway needs of the poker side of the house: equity, recorded hands, their statistics, and SQL over exports. */
import type {
  EquityAnswer,
  EquityProgress,
  EquityQuestion,
  EquityRefused,
} from "../../rpc/equity.ts";
import type { Unavailable } from "../../rpc/failure.ts";
import type { HandCurrency, HandFormat, HandGame, HandSite, Position } from "../../rpc/hand.ts";
import type { CellFilter } from "../../rpc/handPlayer.ts";
import type {
  HandBody,
  HandKindsBody,
  HandNotFound,
  HandsBody,
  ImportedBody,
  PlayerAmbiguous,
} from "../../rpc/http/hand.ts";
import type {
  HandPlayersBody,
  PlayerStatsBody,
  RecordedPlayerNotFound,
  SessionsBody,
  TournamentsBody,
} from "../../rpc/http/handStats.ts";
import type { EvaluateBody, EvaluatedBody } from "../../rpc/http/equity.ts";
import type { DatasetsBody, QueriedBody, QueryFailed, QueryTooLong } from "../../rpc/http/query.ts";
import type { InvalidCards } from "../../rpc/equity.ts";
import type { Outcome } from "../actor/Ask.ts";

export interface EquityDesk {
  /**
   * Small questions are answered at once, in this turn of the event loop; others go to the compute pool. Whoever aborts
   * `signal` gets `undefined`. `onProgress` is called at most ten times a second.
   */
  readonly ask: (
    question: EquityQuestion,
    options?: {
      readonly signal?: AbortSignal;
      readonly onProgress?: (progress: EquityProgress) => void;
    },
  ) => Promise<Outcome<EquityAnswer, EquityRefused | Unavailable> | undefined>;
  readonly evaluate: (body: EvaluateBody) => Outcome<EvaluatedBody, InvalidCards>;
  /** Worker threads of this process. */
  readonly workers: number;
}

export interface HandDesk {
  readonly recent: (page: HandsPage) => Promise<Outcome<HandsBody, PlayerAmbiguous>>;
  readonly kinds: () => Promise<HandKindsBody>;
  readonly hand: (handId: string) => Promise<Outcome<HandBody, HandNotFound>>;
  /** Reads hand histories as they come, in whatever pieces; resolves when all that could be read is durable. */
  readonly import: (source: string, bytes: AsyncIterable<Uint8Array>) => Promise<ImportedBody>;
  /** Folders that this process watches. */
  readonly watchedFolders: number;
}

/** A player as a question names one; the site may be left out while one site alone has a player of the name. */
export interface AskedPlayer {
  readonly name: string;
  readonly site?: HandSite | undefined;
}

/** What a hand must be to be listed; undefined is anything. */
export interface HandFilter {
  readonly game?: HandGame | undefined;
  readonly format?: HandFormat | undefined;
  readonly currency?: HandCurrency | undefined;
  readonly stakes?: string | undefined;
  /** Dealt in. */
  readonly players?: number | undefined;
  /** `YYYY-MM-DD`, UTC, both included. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly minPot?: number | undefined;
  /** The player's, or without one the hero's. */
  readonly position?: Position | undefined;
  readonly result?: "won" | "lost" | undefined;
  /** Whether the player was in it, or without one whether there was one. */
  readonly showdown?: "yes" | "no" | undefined;
}

export interface HandsPage {
  readonly limit: number;
  readonly offset: number;
  readonly before?: number | undefined;
  readonly player?: AskedPlayer | undefined;
  readonly filter: HandFilter;
}

/** `before`: a page's `next_before`. */
export interface MarkedPage {
  readonly limit: number;
  readonly before?: string | undefined;
}

/** Days, UTC, both included. */
export interface DayRange {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface StatsDesk {
  readonly player: (
    player: AskedPlayer,
    filter: CellFilter,
    days: DayRange,
  ) => Promise<Outcome<PlayerStatsBody, RecordedPlayerNotFound | PlayerAmbiguous | Unavailable>>;
  readonly players: (search: string | undefined, page: MarkedPage) => Promise<HandPlayersBody>;
  readonly sessions: (
    player: AskedPlayer,
    page: { readonly limit: number; readonly before?: number | undefined },
  ) => Promise<Outcome<SessionsBody, PlayerAmbiguous>>;
  readonly tournaments: (
    player: AskedPlayer,
    page: MarkedPage,
  ) => Promise<Outcome<TournamentsBody, PlayerAmbiguous>>;
}

export interface QueryDesk {
  readonly datasets: () => Promise<DatasetsBody>;
  readonly query: (
    sql: string,
    limit: number,
  ) => Promise<Outcome<QueriedBody, QueryFailed | QueryTooLong | Unavailable>>;
}

export interface PokerDesks {
  readonly equity: EquityDesk;
  readonly hands: HandDesk;
  readonly stats: StatsDesk;
  readonly query: QueryDesk;
}
