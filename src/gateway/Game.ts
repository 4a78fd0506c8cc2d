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
  FavorsBody,
  FavorChangedBody,
  LoyaltiesBody,
  OfferFavorBody,
} from "../../rpc/http/favor.ts";
import type { NotYours } from "../../rpc/failure.ts";
import type {
  BetId,
  FavorId,
  LobbyId,
  PaymentId,
  PlayerId,
  RaffleId,
  ReservationId,
} from "../../rpc/id.ts";
import type { Intent } from "../../rpc/intent.ts";
import type { FailureOf } from "../../rpc/contract.ts";
import type { AdjustBody } from "../../rpc/http/admin/players.ts";
import type { UnclaimedBody } from "../../rpc/http/admin/unclaimed.ts";
import type { RacesBody, RunnerHistoryBody, RunnerTotalsBody } from "../../rpc/http/analytics.ts";
import type { BetBody, BetsBody } from "../../rpc/http/bet.ts";
import type { RaceBody, ReplayBody, VerifyBody } from "../../rpc/http/race.ts";
import type {
  AdminPaymentsBody,
  PaymentNotFound,
  ResolveRefundBody,
} from "../../rpc/http/payment.ts";
import type { RafflesBody } from "../../rpc/http/raffle.ts";
import type { PaidAnswer, TicketsBody } from "../../rpc/http/reservation.ts";
import type { StatementLineBody } from "../../rpc/http/wallet.ts";
import type { Lobby, RaceChanged } from "../../rpc/lobby.ts";
import type { PaymentStatus, PaymentView, ProviderName } from "../../rpc/payment.ts";
import type { NotInCheckout, Raffle, RaffleStatus } from "../../rpc/raffle.ts";
import type { PaymentDeclined, ProviderUnavailable, Reservation } from "../../rpc/reservation.ts";
import type { ReservationBody } from "../../rpc/reservationBody.ts";
import type { Standing, Wallet } from "../../rpc/wallet.ts";
import type { ProviderEvent } from "../payments/PaymentProvider.ts";
import type { Ask, Outcome } from "../actor/Ask.ts";
import type { Topics } from "../actor/Topics.ts";

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

type RaffleFailure<
  Tag extends "Reserve" | "AddNumber" | "RemoveNumber" | "CheckOut" | "Free" | "GetClaim",
> = FailureOf<typeof Raffle, Tag>;
type ReservationFailure<Tag extends "Pay" | "Cancel" | "GetReservation"> = FailureOf<
  typeof Reservation,
  Tag
>;

export type ReserveFailure = RaffleFailure<"Reserve">;
export type ReadReservationFailure =
  | RaffleFailure<"GetClaim">
  | ReservationFailure<"GetReservation">
  | NotYours;
export type PayFailure =
  | ReadReservationFailure
  | ReservationFailure<"Pay">
  | NotInCheckout
  | PaymentDeclined
  | ProviderUnavailable;

/** What players do about reservations. */
export interface Reservations {
  readonly reserve: (
    intent: Intent,
    raffleId: RaffleId,
    numbers: ReadonlyArray<number>,
  ) => Promise<Outcome<ReservationBody, ReserveFailure>>;
  readonly addNumber: (
    intent: Intent,
    reservationId: ReservationId,
    number: number,
  ) => Promise<Outcome<ReservationBody, RaffleFailure<"AddNumber">>>;
  readonly removeNumber: (
    intent: Intent,
    reservationId: ReservationId,
    number: number,
  ) => Promise<Outcome<ReservationBody, RaffleFailure<"RemoveNumber">>>;
  readonly moveToCheckout: (
    intent: Intent,
    reservationId: ReservationId,
  ) => Promise<Outcome<ReservationBody, RaffleFailure<"CheckOut">>>;
  readonly cancel: (
    intent: Intent,
    reservationId: ReservationId,
  ) => Promise<
    Outcome<
      ReservationBody,
      RaffleFailure<"Free"> | ReservationFailure<"Cancel"> | ReadReservationFailure
    >
  >;
  /** Whatever phase it is in, for its player. */
  readonly get: (
    playerId: PlayerId,
    reservationId: ReservationId,
  ) => Promise<Outcome<ReservationBody, ReadReservationFailure>>;
  /**
   * `unavailable` says why the provider takes no new payments now; what was begun with the same key is not asked. `isOver`:
   * the numbers are sold; else the payer has to go on.
   */
  readonly pay: (
    intent: Intent,
    reservationId: ReservationId,
    how: {
      readonly provider: ProviderName;
      readonly returnUrl: string;
      /** As the payer has asked for it; undefined: the gateway's own. */
      readonly askedReturnUrl: string | undefined;
      readonly unavailable: () => ProviderUnavailable | undefined;
    },
  ) => Promise<Outcome<PaidAnswer & { readonly isOver: boolean }, PayFailure>>;
  /** What an authentic webhook says. */
  readonly hear: (
    provider: ProviderName,
    event: ProviderEvent,
  ) => Promise<Outcome<{ readonly isNews: boolean }, FailureOf<typeof Reservation, "Hear">>>;
}

/** Reads of what has been committed; JSON as the wire has it (see the HTTP contract). */
export interface Views {
  readonly lobbies: () => Promise<ReadonlyArray<LobbyId>>;
  readonly statement: (
    playerId: PlayerId,
    page: { readonly before?: string; readonly limit: number },
  ) => Promise<ReadonlyArray<StatementLineBody>>;
  readonly bets: (
    playerId: PlayerId,
    page: Page & {
      readonly raceId?: string | undefined;
      readonly lobbyId?: string | undefined;
      readonly status?: BetBody["status"] | undefined;
    },
  ) => Promise<BetsBody>;
  /** The owner is told apart so that another's bet answers 403 and none 404. */
  readonly bet: (
    betId: string,
  ) => Promise<{ readonly playerId: string; readonly bet: BetBody } | undefined>;
  readonly race: (raceId: string) => Promise<RaceBody | undefined>;
  /** These two are undefined while the race is not over. */
  readonly replay: (raceId: string) => Promise<ReplayBody | undefined>;
  readonly verify: (raceId: string) => Promise<VerifyBody | undefined>;
  readonly favors: (playerId: PlayerId, page: Page) => Promise<Omit<FavorsBody, "loyalty">>;
  readonly loyalty: (playerId: PlayerId) => Promise<LoyaltiesBody>;
  readonly analytics: Analytics;
  /** Newest first, as of their last change other than a reservation. */
  readonly raffles: (
    page: Page & {
      readonly status?: RaffleStatus | undefined;
      readonly organiserId?: PlayerId | undefined;
      readonly drafts: boolean;
    },
  ) => Promise<RafflesBody>;
  /** Numbers sold by hour, oldest first: the last 72 hours with any. */
  readonly soldByHour: (
    raffleId: RaffleId,
  ) => Promise<ReadonlyArray<{ readonly hour: string; readonly numbers: number }>>;
  readonly reservations: (
    playerId: PlayerId,
    page: Page & {
      readonly raffleId?: RaffleId | undefined;
      readonly phase?: "live" | "sold" | undefined;
      /** Epoch milliseconds; what is past its time is not live. */
      readonly now: number;
    },
  ) => Promise<TicketsBody>;
  readonly payments: (
    page: Page & {
      readonly raffleId?: string | undefined;
      readonly playerId?: string | undefined;
      readonly provider?: ProviderName | undefined;
      readonly status?: PaymentStatus | undefined;
    },
  ) => Promise<AdminPaymentsBody>;
  /** Money of players that their wallets could not take. */
  readonly unclaimed: (
    page: Page & { readonly playerId?: PlayerId | undefined },
  ) => Promise<UnclaimedBody>;
}

/** A page of what is told newest first; `before` is the `next_before` of the page before it. */
export interface Page {
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface Analytics {
  readonly runners: () => Promise<ReadonlyArray<RunnerTotalsBody>>;
  /** Undefined when no runner of this name has started. */
  readonly runner: (name: string, page: Page) => Promise<RunnerHistoryBody | undefined>;
  readonly races: (page: Page & { readonly lobbyId?: string | undefined }) => Promise<RacesBody>;
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
  readonly reservations: Reservations;
  /** The intent is an administrator's, the wallet a player's. */
  readonly adjustWallet: (
    intent: Intent,
    playerId: PlayerId,
    body: AdjustBody,
  ) => Promise<Outcome<Standing, FailureOf<typeof Wallet, "Adjust">>>;
  /** The intent is an administrator's. */
  readonly resolveRefund: (
    intent: Intent,
    paymentId: PaymentId,
    body: ResolveRefundBody,
  ) => Promise<
    Outcome<
      PaymentView,
      | PaymentNotFound
      | Exclude<
          FailureOf<typeof Reservation, "ResolveRefund">,
          { readonly _tag: "ReservationNotFound" }
        >
    >
  >;
}
