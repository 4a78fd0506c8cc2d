/** What the gateway needs of the poker side of the house: equity, recorded hands, their statistics, and SQL over exports. */
import type {
  EquityAnswer,
  EquityProgress,
  EquityQuestion,
  EquityRefused,
} from "../../rpc/equity.ts";
import type { Unavailable } from "../../rpc/failure.ts";
import type { CellFilter } from "../../rpc/handPlayer.ts";
import type { ImportedBody, HandBody, HandNotFound, HandsBody } from "../../rpc/http/hand.ts";
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
  readonly recent: (page: {
    readonly limit: number;
    readonly offset: number;
    readonly before?: number | undefined;
    readonly player?: string | undefined;
  }) => Promise<HandsBody>;
  readonly hand: (handId: string) => Promise<Outcome<HandBody, HandNotFound>>;
  /** Reads hand histories as they come, in whatever pieces; resolves when all that could be read is durable. */
  readonly import: (source: string, bytes: AsyncIterable<Uint8Array>) => Promise<ImportedBody>;
  /** Folders that this process watches. */
  readonly watchedFolders: number;
}

/** Days, UTC, both included. */
export interface DayRange {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

export interface StatsDesk {
  readonly player: (
    name: string,
    filter: CellFilter,
    days: DayRange,
  ) => Promise<Outcome<PlayerStatsBody, RecordedPlayerNotFound | Unavailable>>;
  readonly players: (search: string | undefined, limit: number) => Promise<HandPlayersBody>;
  readonly sessions: (
    name: string,
    page: { readonly limit: number; readonly before?: number | undefined },
  ) => Promise<SessionsBody>;
  readonly tournaments: (name: string, limit: number) => Promise<TournamentsBody>;
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
