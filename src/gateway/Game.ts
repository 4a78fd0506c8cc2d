/**
 * What the gateway needs of the game behind it: the whole of it, so that the gateway can be tested with any game and
 * the game without a gateway. `main.ts` joins the two.
 */
import type {
  BetCancelledBody,
  BetPlacedBody,
  CastPowerBody,
  PlaceBetBody,
  PowerCastBody,
} from "../../rpc/frames.ts";
import type { BorrowerNotFound, Favor } from "../../rpc/favor.ts";
import type {
  FavorBody,
  FavorChangedBody,
  LoyaltiesBody,
  OfferFavorBody,
} from "../../rpc/http/favor.ts";
import type { BetId, FavorId, LobbyId, PlayerId } from "../../rpc/id.ts";
import type { FailureOf } from "../../rpc/contract.ts";
import type { Lobby, RaceChanged } from "../../rpc/lobby.ts";
import type { Wallet } from "../../rpc/wallet.ts";
import type { Ask, Outcome } from "../actor/Ask.ts";
import type { Topics } from "../actor/Topics.ts";

/** Who asks, for what intent. */
export interface Intent {
  readonly playerId: PlayerId;
  /** The client's idempotency key; with the player it names the intent for ever. */
  readonly key: string;
  readonly requestId: string;
}

export type PlaceBetFailure =
  | FailureOf<typeof Wallet, "Hold">
  | FailureOf<typeof Lobby, "AcceptBet">
  | FailureOf<typeof Lobby, "GetRace">;
export type CancelBetFailure =
  | FailureOf<typeof Lobby, "CancelBet">
  | FailureOf<typeof Wallet, "Release">;
export type CastPowerFailure =
  | FailureOf<typeof Lobby, "QuotePower">
  | FailureOf<typeof Lobby, "CastPower">
  | FailureOf<typeof Wallet, "Hold">
  | RaceChanged;

/** What a player does about a favor. */
type FavorAct<Failure> = (
  intent: Intent,
  favorId: FavorId,
) => Promise<Outcome<FavorChangedBody, Failure | FailureOf<typeof Favor, "GetFavor">>>;

export interface Favors {
  readonly offer: (
    intent: Intent,
    body: OfferFavorBody,
  ) => Promise<
    Outcome<
      FavorChangedBody,
      BorrowerNotFound | FailureOf<typeof Wallet, "Hold"> | FailureOf<typeof Favor, "Offer">
    >
  >;
  readonly accept: FavorAct<FailureOf<typeof Favor, "Accept"> | FailureOf<typeof Wallet, "Settle">>;
  readonly decline: FavorAct<
    FailureOf<typeof Favor, "Decline"> | FailureOf<typeof Wallet, "Settle">
  >;
  readonly withdraw: FavorAct<
    FailureOf<typeof Favor, "Withdraw"> | FailureOf<typeof Wallet, "Settle" | "Release">
  >;
  readonly repay: FavorAct<
    FailureOf<typeof Favor, "Repay"> | FailureOf<typeof Wallet, "Hold" | "Settle">
  >;
}

export interface BetRow {
  readonly bet_id: string;
  readonly race_id: string;
  readonly lobby_id: string;
  readonly market: string;
  readonly selection: ReadonlyArray<number>;
  readonly stake: number;
  readonly status: "accepted" | "cancelled" | "won" | "lost" | "refunded";
  readonly payout: number | null;
  readonly placed_at: string;
  readonly settled_at: string | null;
}

export interface StatementLine {
  readonly line_id: string;
  readonly at: string;
  readonly purpose: string;
  readonly account: string;
  readonly counter_account: string;
  readonly amount: number;
  readonly balance_total: number;
  readonly balance_locked: number;
  readonly ref: string;
}

/** Reads of what has been committed; JSON as the wire has it (see the HTTP contract). */
export interface Views {
  readonly lobbies: () => Promise<ReadonlyArray<LobbyId>>;
  readonly statement: (
    playerId: PlayerId,
    page: { readonly before?: string; readonly limit: number },
  ) => Promise<ReadonlyArray<StatementLine>>;
  readonly bets: (
    playerId: PlayerId,
    page: { readonly raceId?: string; readonly limit: number },
  ) => Promise<ReadonlyArray<BetRow>>;
  /** The owner is told apart so that another's bet answers 403 and none 404. */
  readonly bet: (
    betId: string,
  ) => Promise<{ readonly playerId: string; readonly bet: BetRow } | undefined>;
  readonly race: (raceId: string) => Promise<unknown | undefined>;
  readonly replay: (raceId: string) => Promise<unknown | undefined>;
  readonly verify: (raceId: string) => Promise<unknown | undefined>;
  readonly favors: (
    playerId: PlayerId,
    page: { readonly limit: number },
  ) => Promise<ReadonlyArray<FavorBody>>;
  readonly loyalty: (playerId: PlayerId) => Promise<LoyaltiesBody>;
  readonly runnerAnalytics: () => Promise<ReadonlyArray<unknown>>;
  readonly raceAnalytics: (page: { readonly limit: number }) => Promise<ReadonlyArray<unknown>>;
}

export interface Game {
  readonly ask: Ask;
  readonly topics: Topics;
  readonly views: Views;
  readonly placeBet: (
    intent: Intent,
    lobbyId: LobbyId,
    body: PlaceBetBody,
  ) => Promise<Outcome<BetPlacedBody, PlaceBetFailure>>;
  readonly cancelBet: (
    intent: Intent,
    betId: BetId,
  ) => Promise<Outcome<BetCancelledBody, CancelBetFailure>>;
  readonly castPower: (
    intent: Intent,
    lobbyId: LobbyId,
    body: CastPowerBody,
  ) => Promise<Outcome<PowerCastBody, CastPowerFailure>>;
  readonly favors: Favors;
}
