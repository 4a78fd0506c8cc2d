/**
 * What goes over the wire, as plain types.
 *
 * Generated from the contracts in rpc/ by `npx tsx scripts/sdk-types.ts`; not to be edited.
 */
export type ClientFrame =
  | {
      readonly type: "GET_STATE_SNAPSHOT";
      readonly id?: string | undefined;
    }
  | {
      readonly type: "SUBSCRIBE";
      readonly topic: string;
      readonly id?: string | undefined;
    }
  | {
      readonly type: "UNSUBSCRIBE";
      readonly topic: string;
      readonly id?: string | undefined;
    }
  | {
      readonly type: "RESUME";
      readonly topic: string;
      readonly after_version: number;
      readonly id?: string | undefined;
    }
  | {
      readonly type: "PLACE_BET";
      readonly id?: string | undefined;
      readonly idempotency_key: string;
      readonly lobby_id?: string | undefined;
      readonly race_id?: string | undefined;
      readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
      readonly selection: readonly number[];
      readonly stake: number;
    }
  | {
      readonly type: "CANCEL_BET";
      readonly id?: string | undefined;
      readonly idempotency_key: string;
      readonly bet_id: string;
    }
  | {
      readonly type: "CAST_POWER";
      readonly id?: string | undefined;
      readonly idempotency_key: string;
      readonly lobby_id?: string | undefined;
      readonly race_id?: string | undefined;
      readonly power: string;
      readonly target: number;
    }
  | {
      readonly type: "RESERVE_NUMBERS";
      readonly id?: string | undefined;
      readonly idempotency_key: string;
      readonly raffle_id: string;
      readonly number_ids: readonly string[];
    }
  | {
      readonly type: "CALCULATE_EQUITY";
      readonly id: string;
      readonly game?: ("holdem" | "omaha" | "omaha_hilo" | "omaha5" | "omaha5_hilo") | undefined;
      readonly players: readonly string[];
      readonly board?: string | undefined;
      readonly dead?: string | undefined;
      readonly mode?: ("auto" | "exact" | "monte_carlo") | undefined;
      readonly target_std_error?: number | undefined;
      readonly max_samples?: number | undefined;
      readonly seed?: number | undefined;
    }
  | {
      readonly type: "CANCEL_EQUITY";
      readonly id: string;
    }
  | {
      readonly type: "PING";
      readonly id?: string | undefined;
    };
export type ServerFrame =
  | {
      readonly type: "CONNECTION_ACK";
      readonly client_id: string;
      readonly server_time: string;
    }
  | {
      readonly type: "HEARTBEAT";
      readonly server_time: string;
    }
  | {
      readonly type: "PONG";
      readonly id?: string | undefined;
      readonly server_time: string;
    }
  | {
      readonly type: "ERROR";
      readonly id?: string | undefined;
      readonly code: string;
      readonly detail: string;
      readonly numbers?: readonly number[] | undefined;
      readonly reservation_id?: string | undefined;
    }
  | {
      readonly type: "SUBSCRIBED";
      readonly id?: string | undefined;
      readonly topic: string;
    }
  | {
      readonly type: "UNSUBSCRIBED";
      readonly id?: string | undefined;
      readonly topic: string;
    }
  | {
      readonly type: "STATE_SNAPSHOT";
      readonly id?: string | undefined;
      readonly lobby_id: string;
      readonly name: string;
      readonly phase: "lobby" | "betting" | "racing" | "settling";
      readonly phase_ends_at: string | null;
      readonly state_version: number;
      readonly race_id: string;
      readonly commitment: string;
      readonly runners: readonly RunnerBody[];
      readonly odds: {
        readonly [k: string]: string;
      };
      readonly pools: {
        readonly [k: string]: number;
      };
      readonly order: readonly (readonly number[])[] | null;
      readonly settings?: LobbySettingsBody | undefined;
      readonly server_time: string;
    }
  | {
      readonly type: "STATE_SYNC";
      readonly lobby_id: string;
      readonly state_version: number;
      readonly phase: "lobby" | "betting" | "racing" | "settling";
      readonly race_id: string;
      readonly server_time: string;
      readonly tick?: number | undefined;
      readonly positions?: readonly number[] | undefined;
      readonly track_mm?: number | undefined;
      readonly odds?:
        | {
            readonly [k: string]: string;
          }
        | undefined;
      readonly pools?:
        | {
            readonly [k: string]: number;
          }
        | undefined;
    }
  | {
      readonly type: "RACE_STATE_CHANGED";
      readonly lobby_id: string;
      readonly state_version: number;
      readonly phase: "lobby" | "betting" | "racing" | "settling";
      readonly race_id: string;
      readonly phase_ends_at: string | null;
      readonly commitment?: string | undefined;
      readonly runners?: readonly RunnerBody[] | undefined;
    }
  | {
      readonly type: "RUNNER_SCRATCHED";
      readonly lobby_id: string;
      readonly state_version: number;
      readonly race_id: string;
      readonly runner: number;
    }
  | {
      readonly type: "POWER_CAST";
      readonly id?: string | undefined;
      readonly lobby_id?: string | undefined;
      readonly state_version?: number | undefined;
      readonly player_id?: string | undefined;
      readonly cast_id: string;
      readonly race_id: string;
      readonly power: string;
      readonly target: number;
      readonly cost: number;
      readonly tick: number;
      readonly duration_ticks: number;
      readonly wallet?: WalletBalances | undefined;
    }
  | {
      readonly type: "RACE_SETTLED";
      readonly lobby_id: string;
      readonly state_version: number;
      readonly race_id: string;
      readonly order: readonly (readonly number[])[];
      readonly dividends: {
        readonly [k: string]: {
          readonly [k: string]: number;
        };
      };
      readonly server_seed: string;
    }
  | {
      readonly type: "RAFFLE_SNAPSHOT";
      readonly id?: string | undefined;
      readonly raffle_id: string;
      readonly state_version: number;
      readonly raffle: RaffleBody;
      readonly reserved: string;
      readonly sold: string;
      readonly server_time: string;
    }
  | {
      readonly type: "NUMBERS_CHANGED";
      readonly raffle_id: string;
      readonly state_version: number;
      readonly changes: readonly NumberChange[];
      readonly sold_count: number;
      readonly reserved_count: number;
    }
  | {
      readonly type: "RAFFLE_CHANGED";
      readonly raffle_id: string;
      readonly state_version: number;
      readonly raffle: RaffleBody;
    }
  | {
      readonly type: "RAFFLE_DRAWN";
      readonly raffle_id: string;
      readonly state_version: number;
      readonly raffle: RaffleBody;
      readonly draw: DrawBody;
    }
  | {
      readonly type: "NUMBERS_RESERVED";
      readonly id?: string | undefined;
      readonly reservation: ReservationBody;
    }
  | {
      readonly type: "HANDS_IMPORTED";
      readonly state_version: number;
      readonly count: number;
      readonly hands: readonly HandSummaryBody[];
    }
  | {
      readonly type: "HANDS_SNAPSHOT";
      readonly id?: string | undefined;
      readonly state_version: number;
      readonly hands: readonly HandSummaryBody[];
      readonly server_time: string;
    }
  | {
      readonly type: "EQUITY_PROGRESS";
      readonly id: string;
      readonly players: readonly PlayerEquityBody[];
      readonly method: "exact" | "monte_carlo";
      readonly samples: number;
      readonly converged: boolean;
      readonly elapsed_ms: number;
      readonly done: number;
      readonly of: number;
    }
  | {
      readonly type: "EQUITY_RESULT";
      readonly id: string;
      readonly players: readonly PlayerEquityBody[];
      readonly method: "exact" | "monte_carlo";
      readonly samples: number;
      readonly converged: boolean;
      readonly elapsed_ms: number;
    }
  | {
      readonly type: "BET_PLACED";
      readonly id?: string | undefined;
      readonly bet_id: string;
      readonly status: "accepted";
      readonly race_id: string;
      readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
      readonly selection: readonly number[];
      readonly stake: number;
      readonly wallet: WalletBalances;
    }
  | {
      readonly type: "BET_CANCELLED";
      readonly id?: string | undefined;
      readonly bet_id: string;
      readonly status: "cancelled";
      readonly refund: number;
      readonly fee: number;
      readonly wallet: WalletBalances;
    }
  | {
      readonly type: "WALLET_UPDATED";
      readonly player_id: string;
      readonly version: number;
      readonly balance_total: number;
      readonly balance_locked: number;
      readonly balance_available: number;
      readonly frozen?: boolean | undefined;
    };
export type Problem =
  | ValidationFailedProblem
  | PayloadTooLargeProblem
  | UnsupportedMediaTypeProblem
  | RateLimitedProblem
  | NotFoundProblem
  | LobbyNotFoundProblem
  | MethodNotAllowedProblem
  | UpgradeRequiredProblem
  | InternalErrorProblem
  | UnavailableProblem
  | UsernameTakenProblem
  | BadCredentialsProblem
  | UnauthorizedProblem
  | PasswordNotYoursProblem
  | WalletNotFoundProblem
  | LobbyExistsProblem
  | IdempotencyKeyReusedProblem
  | ForbiddenProblem
  | WalletFrozenProblem
  | HoldExistsProblem
  | BettingClosedProblem
  | InsufficientFundsProblem
  | HoldLimitProblem
  | InvalidSelectionProblem
  | StakeBelowMinProblem
  | StakeAboveMaxProblem
  | PlayerLimitProblem
  | BetNotFoundProblem
  | HoldNotFoundProblem
  | NotYoursProblem
  | BetCancelledAlreadyProblem
  | NotRacingProblem
  | CooldownProblem
  | PowerPriceChangedProblem
  | RaceChangedProblem
  | UnknownPowerProblem
  | PowerCapReachedProblem
  | RaceNotFoundProblem
  | BorrowerNotFoundProblem
  | FavorToSelfProblem
  | RepayBelowAmountProblem
  | FavorExistsProblem
  | FavorHoldLapsedProblem
  | FavorNotFoundProblem
  | BalanceLimitProblem
  | OfferClosedProblem
  | NotRepayableProblem
  | RaffleNotFoundProblem
  | RaffleExistsProblem
  | RaffleStatusConflictProblem
  | TooManyPrizesProblem
  | DrawDatePastProblem
  | NotDrawnProblem
  | RaffleNotYoursProblem
  | RaffleNotOpenProblem
  | NumberTakenProblem
  | ReservationExistsProblem
  | UnknownNumberProblem
  | ReservationNotFoundProblem
  | ReservationClosedProblem
  | NotInSelectionProblem
  | ReservationFullProblem
  | NumberNotReservedProblem
  | LastNumberProblem
  | NotInCheckoutProblem
  | PaymentDeclinedProblem
  | ProviderUnavailableProblem
  | ProviderNotConfiguredProblem
  | PaymentNotFoundProblem
  | RefundNotRefusedProblem
  | TooManySubscriptionsProblem
  | PushServiceUnknownProblem
  | PlayerAmbiguousProblem
  | HandNotFoundProblem
  | RecordedPlayerNotFoundProblem
  | InvalidCardsProblem
  | NoCombinationProblem
  | NotExactProblem
  | RunnerNotFoundProblem
  | QueryFailedProblem
  | QueryTooLongProblem
  | NotSupervisedProblem
  | SupervisorRefusedProblem
  | ProcessNotFoundProblem
  | KindNotFoundProblem
  | EntityNotFoundProblem
  | VersionNotFoundProblem
  | MessageNotFoundProblem
  | PlayerNotFoundProblem
  | RoleRefusedProblem
  | UnhealthyProblem;
export interface BetCancelledBody {
  readonly bet_id: string;
  readonly status: "cancelled";
  readonly refund: number;
  readonly fee: number;
  readonly wallet: WalletBalances;
}
export interface WalletBalances {
  readonly balance_total: number;
  readonly balance_locked: number;
  readonly balance_available: number;
}
export interface BetPlacedBody {
  readonly bet_id: string;
  readonly status: "accepted";
  readonly race_id: string;
  readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
  readonly selection: readonly number[];
  readonly stake: number;
  readonly wallet: WalletBalances;
}
export interface CastPowerBody {
  readonly lobby_id?: string | undefined;
  readonly race_id?: string | undefined;
  readonly power: string;
  readonly target: number;
}
export interface LobbyBody {
  readonly lobby_id: string;
  readonly name: string;
  readonly phase: "lobby" | "betting" | "racing" | "settling";
  readonly phase_ends_at: string | null;
  readonly state_version: number;
  readonly race_id: string;
  readonly commitment: string;
  readonly runners: readonly RunnerBody[];
  readonly odds: {
    readonly [k: string]: string;
  };
  readonly pools: {
    readonly [k: string]: number;
  };
  readonly order: readonly (readonly number[])[] | null;
  readonly settings?: LobbySettingsBody | undefined;
}
export interface RunnerBody {
  readonly number: number;
  readonly name: string;
  readonly form: {
    readonly speed: number;
    readonly stamina: number;
    readonly start: number;
    readonly consistency: number;
  };
  readonly scratched: boolean;
}
export interface LobbySettingsBody {
  readonly betting_ms: number;
  readonly racing_ms: number;
  readonly results_ms: number;
  readonly min_bet: number;
  readonly max_bet: number;
  readonly takeout_per_mille: number;
  readonly cancel_fee_per_mille: number;
  readonly max_power_spend: number;
  readonly sync_hz: number;
}
export interface NumberChange {
  readonly status: "available" | "reserved" | "sold";
  readonly numbers: readonly number[];
  readonly reservation_id: string;
  readonly player_id: string;
  readonly expired?: true | undefined;
}
export interface PlaceBetBody {
  readonly lobby_id?: string | undefined;
  readonly race_id?: string | undefined;
  readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
  readonly selection: readonly number[];
  readonly stake: number;
}
export interface PlayerEquityBody {
  readonly hand: string;
  readonly equity: number;
  readonly win: number;
  readonly tie: number;
  readonly lose: number;
  readonly std_error: number;
  readonly low: number;
  readonly high: number;
}
export interface PowerCastBody {
  readonly cast_id: string;
  readonly race_id: string;
  readonly power: string;
  readonly target: number;
  readonly cost: number;
  readonly tick: number;
  readonly duration_ticks: number;
  readonly wallet: WalletBalances;
}
export interface RaffleBody {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly status: "draft" | "active" | "suspended" | "closed" | "completed" | "cancelled";
  readonly ticket_price: number;
  readonly total_numbers: number;
  readonly sold_count: number;
  readonly reserved_count: number;
  readonly available_count: number;
  readonly draw_at: string;
  readonly prizes: readonly {
    readonly name: string;
    readonly description?: string | undefined;
  }[];
  readonly organiser_id: string | null;
  readonly min_sold_percent: number;
  readonly fee_per_mille: number;
  readonly selection_seconds: number;
  readonly checkout_seconds: number;
  readonly max_numbers_per_reservation: number;
  readonly commitment: string | null;
  readonly beacon: BeaconChainBody | null;
  readonly state_version: number;
  readonly created_at: string;
  readonly published_at: string | null;
  readonly closed_at: string | null;
  readonly ended_at: string | null;
  readonly reason: string | null;
}
export interface BeaconChainBody {
  readonly scheme: "bls-unchained-g1-rfc9380";
  readonly chain_hash: string;
  readonly public_key: string;
  readonly genesis_at: string;
  readonly period_ms: number;
}
export interface DrawBody {
  readonly raffle_id: string;
  readonly status: "draft" | "active" | "suspended" | "closed" | "completed" | "cancelled";
  readonly prizes: readonly {
    readonly name: string;
    readonly description?: string | undefined;
  }[];
  readonly commitment: string | null;
  readonly server_seed: string | null;
  readonly closed_at: string | null;
  readonly ticket_count: number | null;
  readonly tickets_digest: string | null;
  readonly beacon: BeaconChainBody | null;
  readonly awaited_round: number | null;
  readonly round: BeaconRoundBody | null;
  readonly drawn_at: string | null;
  readonly winners: readonly WinnerBody[];
}
export interface BeaconRoundBody {
  readonly round: number;
  readonly randomness: string;
  readonly signature: string;
}
export interface WinnerBody {
  readonly prize: number;
  readonly prize_name: string;
  readonly number: number;
  readonly reservation_id: string;
  readonly player_id: string;
}
export interface ReservationBody {
  readonly id: string;
  readonly raffle_id: string;
  readonly phase: "selection" | "checkout" | "sold" | "cancelled" | "expired" | "refunded";
  readonly expires_at: string;
  readonly numbers: readonly {
    readonly id: string;
    readonly number: number;
  }[];
  readonly total_amount: number;
  readonly payment: PaymentBody | null;
}
export interface PaymentBody {
  readonly id: string;
  readonly provider: "wallet" | "sandbox_card" | "stripe";
  readonly status:
    | "creating"
    | "pending"
    | "authorized"
    | "succeeded"
    | "failed"
    | "cancelling"
    | "cancelled"
    | "refunding"
    | "refunded"
    | "refund_refused";
  readonly amount: number;
  readonly next_step: {
    readonly kind: "redirect";
    readonly url: string;
  } | null;
  readonly failure: {
    readonly code: string;
    readonly detail: string;
  } | null;
  readonly started_at: string;
}
export interface HandSummaryBody {
  readonly hand_id: string;
  readonly seq: number;
  readonly timestamp: string;
  readonly format: "cash" | "fast_fold" | "tournament";
  readonly game_type:
    | "holdem"
    | "omaha"
    | "omaha_hilo"
    | "omaha5"
    | "omaha5_hilo"
    | "stud"
    | "stud_hilo"
    | "razz"
    | "draw_27_triple";
  readonly limit: "no_limit" | "pot_limit" | "fixed_limit";
  readonly currency: "EUR" | "play" | "chips";
  readonly stakes: string;
  readonly table: string;
  readonly players: number;
  readonly total_pot: number;
  readonly rake: number;
  readonly board: readonly string[];
  readonly hero: string | null;
  readonly hero_cards: readonly string[];
  readonly hero_position: ("BTN" | "SB" | "BB" | "UTG" | "MP" | "CO") | null;
  readonly hero_result: number | null;
}
export interface ClusterBody {
  readonly processes: readonly ProcessBody[];
  readonly shards: {
    readonly total: number;
    readonly held: number;
  };
  readonly paused_kinds: readonly string[];
  readonly can_supervise: boolean;
}
export interface ProcessBody {
  readonly process_id: string;
  readonly name: string;
  readonly pid: number;
  readonly runner: string;
  readonly link: string;
  readonly url: string;
  readonly release: string;
  readonly started_at: string;
  readonly is_self: boolean;
  readonly state: "up" | "draining" | "silent";
  readonly at: string;
  readonly shards: number;
  readonly kinds: readonly {
    readonly kind: string;
    readonly live: number;
    readonly depth: number;
  }[];
  readonly appends: number;
  readonly commit_depth: number;
  readonly commit_ms: {
    readonly p50: number;
    readonly p99: number;
  };
  readonly letters_in_flight: number;
  readonly leases: number;
  readonly sockets: number;
  readonly loop_delay_ms: number;
  readonly memory_bytes: number;
  readonly singletons: readonly string[];
  readonly sometimes: {
    readonly [k: string]: number;
  };
}
export interface EntitiesBody {
  readonly entities: readonly EntityRowBody[];
  readonly next_after: string | null;
}
export interface EntityRowBody {
  readonly entity_id: string;
  readonly version: number;
  readonly at: string;
}
export interface EntityBody {
  readonly kind: string;
  readonly entity_id: string;
  readonly version: number;
  readonly at: string;
  readonly newest_version: number;
  readonly state: unknown;
  readonly broken: readonly string[];
  readonly outstanding: boolean;
  readonly alarm_due_at: string | null;
  readonly owner: {
    readonly process_id: string;
    readonly name: string;
    readonly is_self: boolean;
  } | null;
}
export interface EntityJournalBody {
  readonly entries: readonly JournalEntryBody[];
  readonly next_before: number | null;
}
export interface JournalEntryBody {
  readonly version: number;
  readonly command: string;
  readonly command_id: string;
  readonly by: string | null;
  readonly request_id: string | null;
  readonly at: string;
  readonly reply:
    | (
        | {
            readonly ok: true;
            readonly value: unknown;
          }
        | {
            readonly ok: false;
            readonly error: RejectionBody;
          }
      )
    | null;
  readonly events: readonly unknown[];
}
export interface RejectionBody {
  readonly tag: string;
  readonly message: string;
  readonly fields: {
    readonly [k: string]: unknown;
  };
}
export interface KindBody {
  readonly kind: string;
  readonly paused: boolean;
  readonly entities: number;
  readonly entities_are_more: boolean;
  readonly commands: readonly MessageBody[];
  readonly queries: readonly MessageBody[];
}
export interface MessageBody {
  readonly tag: string;
  readonly payload: PayloadSchemaBody;
}
export interface PayloadSchemaBody {
  readonly type: "object";
  readonly required: readonly string[];
  readonly properties: {
    readonly [k: string]: unknown;
  };
}
export interface KindsBody {
  readonly kinds: readonly KindBody[];
}
export interface PauseBody {
  readonly paused: boolean;
}
export interface PausedBody {
  readonly kind: string;
  readonly paused: boolean;
}
export interface SendBody {
  readonly tag: string;
  readonly payload: {
    readonly [k: string]: unknown;
  };
}
export interface SupervisedBody {
  readonly action: "add" | "kill" | "stop" | "pause" | "resume" | "drain";
  readonly process_id: string | null;
}
export interface ActBody {
  readonly act_id: string;
  readonly at: string;
  readonly by: string;
  readonly act:
    | "add_process"
    | "kill_process"
    | "stop_process"
    | "pause_process"
    | "resume_process"
    | "drain_process"
    | "pause_kind"
    | "resume_kind"
    | "send_command"
    | "create_lobby"
    | "stop_lobby"
    | "freeze_wallet"
    | "unfreeze_wallet"
    | "adjust_wallet"
    | "revoke_tokens"
    | "grant_admin"
    | "revoke_admin"
    | "create_raffle"
    | "edit_raffle"
    | "publish_raffle"
    | "suspend_raffle"
    | "resume_raffle"
    | "cancel_raffle"
    | "close_raffle"
    | "draw_raffle"
    | "switch_provider"
    | "resolve_refund";
  readonly target: ActTarget;
  readonly details: {
    readonly [k: string]: unknown;
  };
  readonly reason: string | null;
  readonly request_id: string;
  readonly idempotency_key: string | null;
  readonly outcome: "done" | "refused" | "unknown";
  readonly code: string | null;
  readonly replayed: boolean;
  readonly finished_at: string | null;
}
export interface ActTarget {
  readonly process_id?: string | undefined;
  readonly kind?: string | undefined;
  readonly entity_id?: string | undefined;
  readonly lobby_id?: string | undefined;
  readonly player_id?: string | undefined;
  readonly raffle_id?: string | undefined;
  readonly provider?: string | undefined;
  readonly payment_id?: string | undefined;
}
export interface ActsBody {
  readonly acts: readonly ActBody[];
  readonly next_before: string | null;
}
export interface AccessBody {
  readonly player_id: string;
  readonly roles: readonly ("player" | "admin" | "service")[];
}
export interface AccountBody {
  readonly username: string | null;
  readonly display_name: string;
  readonly roles: readonly ("player" | "admin" | "service")[];
  readonly created_at: string;
}
export interface AdjustBody {
  readonly amount: number;
  readonly reason: string;
}
export interface PlayerBody {
  readonly player_id: string;
  readonly account: AccountBody | null;
  readonly wallet: {
    readonly player_id: string;
    readonly currency: string;
    readonly balance_total: number;
    readonly balance_locked: number;
    readonly balance_available: number;
    readonly frozen: boolean;
    readonly open_holds: readonly {
      readonly hold_id: string;
      readonly amount: number;
      readonly purpose: string;
      readonly ref: string;
      readonly since: string;
    }[];
    readonly version: number;
    readonly freeze: {
      readonly reason: string;
      readonly since: string;
    } | null;
  } | null;
  readonly bets: readonly BetBody[];
  readonly statement: readonly StatementLineBody[];
}
export interface BetBody {
  readonly bet_id: string;
  readonly race_id: string;
  readonly lobby_id: string;
  readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
  readonly selection: readonly number[];
  readonly stake: number;
  readonly status: "accepted" | "cancelled" | "won" | "lost" | "refunded";
  readonly payout: number | null;
  readonly placed_at: string;
  readonly settled_at: string | null;
}
export interface StatementLineBody {
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
export interface PlayerRowBody {
  readonly site: string;
  readonly player: string;
  readonly hands: number;
  readonly last_at: string;
}
export interface PlayerWalletBody {
  readonly player_id: string;
  readonly balance_total: number;
  readonly balance_locked: number;
  readonly balance_available: number;
  readonly frozen: boolean;
  readonly freeze: {
    readonly reason: string;
    readonly since: string;
  } | null;
  readonly version: number;
}
export interface PlayersBody {
  readonly players: readonly {
    readonly player_id: string;
    readonly username: string | null;
    readonly display_name: string;
    readonly roles: readonly ("player" | "admin" | "service")[];
    readonly created_at: string;
  }[];
  readonly next_after: string | null;
}
export interface UnclaimedBody {
  readonly unclaimed: readonly UnclaimedRowBody[];
  readonly total: number;
  readonly next_before: string | null;
}
export interface UnclaimedRowBody {
  readonly what: "raffle_payout" | "ticket_refund" | "favor";
  readonly player_id: string;
  readonly amount: number;
  readonly since: string;
  readonly why: ("balance_limit" | "wallet_not_found") | null;
  readonly kind: "raffle" | "reservation" | "favor";
  readonly entity_id: string;
  readonly ref: string;
}
export interface RaceRowBody {
  readonly race_id: string;
  readonly lobby_id: string;
  readonly opened_at: string;
  readonly settled_at: string;
  readonly order: readonly (readonly number[])[];
  readonly winner: string;
  readonly bets: number;
  readonly staked: number;
  readonly paid: number;
}
export interface RacesBody {
  readonly races: readonly RaceRowBody[];
  readonly next_before: string | null;
}
export interface RunnerHistoryBody {
  readonly totals: RunnerTotalsBody;
  readonly starts: readonly RunnerStartBody[];
  readonly next_before: string | null;
}
export interface RunnerTotalsBody {
  readonly name: string;
  readonly starts: number;
  readonly wins: number;
  readonly win_rate: number;
  readonly place_rate: number;
  readonly average_odds: number;
  readonly return_per_unit: number;
}
export interface RunnerStartBody {
  readonly race_id: string;
  readonly lobby_id: string;
  readonly at: string;
  readonly number: number;
  readonly place: number;
  readonly won: boolean;
  readonly odds: string | null;
  readonly finish_ms: number | null;
  readonly form: {
    readonly speed: number;
    readonly stamina: number;
    readonly start: number;
    readonly consistency: number;
  } | null;
}
export interface RunnersBody {
  readonly runners: readonly RunnerTotalsBody[];
}
export interface Credentials {
  readonly username: string;
  readonly password: string;
}
export interface JoinBody {
  readonly display_name: string;
  readonly lobby_id?: string | undefined;
}
export interface JoinedBody {
  readonly token: string;
  readonly player_id: string;
  readonly lobby_id: string;
  readonly ws_url: string;
  readonly expires_at: string;
}
export interface MeBody {
  readonly player_id: string;
  readonly display_name: string;
  readonly roles: readonly ("player" | "admin" | "service")[];
}
export interface TokenBody {
  readonly player_id: string;
  readonly token: string;
  readonly expires_at: string;
  readonly ws_url: string;
}
export interface BetValidBody {
  readonly valid: true;
  readonly lobby_id: string;
  readonly race_id: string;
  readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
  readonly selection: readonly number[];
  readonly stake: number;
}
export interface BetsBody {
  readonly bets: readonly BetBody[];
  readonly next_before: string | null;
}
export interface ConfigBody {
  readonly release: string;
  readonly currency: string;
  readonly watched_folders: number;
  readonly equity: {
    readonly max_players: number;
    readonly default_std_error: number;
    readonly workers: number;
  };
}
export interface SocketStatsBody {
  readonly connections: number;
  readonly topics: {
    readonly [k: string]: number;
  };
  readonly frames_sent: number;
  readonly dropped: number;
}
export interface CalculateBody {
  readonly hero: string;
  readonly villain: string;
  readonly game?: ("holdem" | "omaha" | "omaha_hilo" | "omaha5" | "omaha5_hilo") | undefined;
  readonly board?: string | undefined;
  readonly dead?: string | undefined;
  readonly mode?: ("auto" | "exact" | "monte_carlo") | undefined;
  readonly target_std_error?: number | undefined;
  readonly max_samples?: number | undefined;
  readonly seed?: number | undefined;
}
export interface CalculatedBody {
  readonly equity: number;
  readonly win: number;
  readonly tie: number;
  readonly lose: number;
  readonly std_error: number;
  readonly low: number;
  readonly high: number;
  readonly method: "exact" | "monte_carlo";
  readonly samples: number;
  readonly converged: boolean;
  readonly elapsed_ms: number;
}
export interface EvaluateBody {
  readonly game?: ("holdem" | "omaha" | "omaha_hilo" | "omaha5" | "omaha5_hilo") | undefined;
  readonly cards: string;
  readonly board?: string | undefined;
}
export interface EvaluatedBody {
  readonly category:
    | "high_card"
    | "one_pair"
    | "two_pairs"
    | "three_of_a_kind"
    | "straight"
    | "flush"
    | "full_house"
    | "four_of_a_kind"
    | "straight_flush";
  readonly rank: number;
  readonly best: readonly string[];
  readonly words: string;
  readonly low: {
    readonly best: readonly string[];
    readonly words: string;
  } | null;
}
export interface MultiwayAnswerBody {
  readonly players: readonly PlayerEquityBody[];
  readonly method: "exact" | "monte_carlo";
  readonly samples: number;
  readonly converged: boolean;
  readonly elapsed_ms: number;
}
export interface MultiwayBody {
  readonly players: readonly string[];
  readonly game?: ("holdem" | "omaha" | "omaha_hilo" | "omaha5" | "omaha5_hilo") | undefined;
  readonly board?: string | undefined;
  readonly dead?: string | undefined;
  readonly mode?: ("auto" | "exact" | "monte_carlo") | undefined;
  readonly target_std_error?: number | undefined;
  readonly max_samples?: number | undefined;
  readonly seed?: number | undefined;
}
export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}
export interface FavorBody {
  readonly favor_id: string;
  readonly lender_id: string;
  readonly borrower_id: string;
  readonly amount: number;
  readonly repay: number;
  readonly due_in_seconds: number;
  readonly status:
    | "offered"
    | "accepted"
    | "active"
    | "overdue"
    | "repaying"
    | "repaid"
    | "returned"
    | "declined"
    | "withdrawn"
    | "expired";
  readonly offered_at: string;
  readonly expires_at: string;
  readonly accepted_at: string | null;
  readonly due_at: string | null;
  readonly repaid_at: string | null;
}
export interface FavorChangedBody {
  readonly favor_id: string;
  readonly lender_id: string;
  readonly borrower_id: string;
  readonly amount: number;
  readonly repay: number;
  readonly due_in_seconds: number;
  readonly status:
    | "offered"
    | "accepted"
    | "active"
    | "overdue"
    | "repaying"
    | "repaid"
    | "returned"
    | "declined"
    | "withdrawn"
    | "expired";
  readonly offered_at: string;
  readonly expires_at: string;
  readonly accepted_at: string | null;
  readonly due_at: string | null;
  readonly repaid_at: string | null;
  readonly wallet: WalletBalances;
}
export interface FavorsBody {
  readonly favors: readonly FavorBody[];
  readonly loyalty: LoyaltiesBody;
  readonly next_before: string | null;
}
export interface LoyaltiesBody {
  readonly as_borrower: LoyaltyBody;
  readonly as_lender: LoyaltyBody;
}
export interface LoyaltyBody {
  readonly score: number;
  readonly repaid_on_time: number;
  readonly repaid_late: number;
  readonly overdue: number;
}
export interface OfferFavorBody {
  readonly to: string;
  readonly amount: number;
  readonly repay: number;
  readonly due_in_seconds: number;
}
export interface HandBody {
  readonly hand_id: string;
  readonly seq: number;
  readonly timestamp: string;
  readonly format: "cash" | "fast_fold" | "tournament";
  readonly game_type:
    | "holdem"
    | "omaha"
    | "omaha_hilo"
    | "omaha5"
    | "omaha5_hilo"
    | "stud"
    | "stud_hilo"
    | "razz"
    | "draw_27_triple";
  readonly limit: "no_limit" | "pot_limit" | "fixed_limit";
  readonly currency: "EUR" | "play" | "chips";
  readonly stakes: string;
  readonly table: string;
  readonly players: number;
  readonly total_pot: number;
  readonly rake: number;
  readonly board: readonly string[];
  readonly hero: string | null;
  readonly hero_cards: readonly string[];
  readonly hero_position: ("BTN" | "SB" | "BB" | "UTG" | "MP" | "CO") | null;
  readonly hero_result: number | null;
  readonly site: string;
  readonly blinds: {
    readonly ante: number;
    readonly small_blind: number;
    readonly big_blind: number;
  };
  readonly fast_fold: {
    readonly brand: string;
    readonly pool: string;
  } | null;
  readonly tournament: {
    readonly id: string | null;
    readonly name: string;
    readonly buy_in: {
      readonly prize: number;
      readonly bounty: number;
      readonly fee: number;
      readonly ticket: boolean;
    };
    readonly level: number | null;
  } | null;
  readonly max_seats: number;
  readonly button: number | null;
  readonly house_money: number;
  readonly seats: readonly {
    readonly seat: number;
    readonly player: string;
    readonly stack: number;
    readonly bounty: number | null;
    readonly position: ("BTN" | "SB" | "BB" | "UTG" | "MP" | "CO") | null;
    readonly cards: readonly string[];
    readonly net: number | null;
  }[];
  readonly streets: readonly {
    readonly name:
      | "blinds"
      | "preflop"
      | "flop"
      | "turn"
      | "river"
      | "third"
      | "fourth"
      | "fifth"
      | "sixth"
      | "seventh"
      | "first_bet"
      | "first_draw"
      | "second_bet"
      | "second_draw"
      | "third_bet"
      | "third_draw"
      | "fourth_bet";
    readonly cards: readonly string[];
    readonly dealt: readonly {
      readonly player: string;
      readonly cards: readonly string[];
    }[];
    readonly actions: readonly {
      readonly player: string;
      readonly action:
        | "ante"
        | "small_blind"
        | "big_blind"
        | "late_small_blind"
        | "late_big_blind"
        | "deny_blind"
        | "bring_in"
        | "fold"
        | "check"
        | "call"
        | "bet"
        | "raise"
        | "discard"
        | "stand_pat";
      readonly amount: number;
      readonly to: number | null;
      readonly all_in: boolean;
      readonly discarded: number | null;
    }[];
    readonly pot: number;
  }[];
  readonly showdown: readonly {
    readonly player: string;
    readonly cards: readonly string[];
    readonly high: string | null;
    readonly low: string | null;
  }[];
  readonly collected: readonly {
    readonly player: string;
    readonly amount: number;
    readonly pot: string;
  }[];
  readonly results: readonly {
    readonly player: string;
    readonly put: number;
    readonly won: number;
    readonly net: number;
  }[];
}
export interface HandKindsBody {
  readonly kinds: readonly {
    readonly game:
      | "holdem"
      | "omaha"
      | "omaha_hilo"
      | "omaha5"
      | "omaha5_hilo"
      | "stud"
      | "stud_hilo"
      | "razz"
      | "draw_27_triple";
    readonly format: "cash" | "fast_fold" | "tournament";
    readonly currency: "EUR" | "play" | "chips";
    readonly stake: string;
  }[];
  readonly complete: boolean;
}
export interface HandsBody {
  readonly hands: readonly HandSummaryBody[];
  readonly total: number | null;
  readonly next_before: string | null;
}
export interface ImportedBody {
  readonly imported: number;
  readonly duplicates: number;
  readonly summaries: number;
  readonly failed: readonly RefusedHandBody[];
  readonly failed_count: number;
}
export interface RefusedHandBody {
  readonly line: number;
  readonly hand_id: string | null;
  readonly reason: string;
}
export interface HandPlayersBody {
  readonly players: readonly PlayerRowBody[];
  readonly next_before: string | null;
}
export interface NetBody {
  readonly currency: "EUR" | "play" | "chips";
  readonly hands: number;
  readonly net: number;
  readonly ev_net: number;
  readonly rake: number;
  readonly bb_per_100: number | null;
  readonly ev_bb_per_100: number | null;
}
export interface PlayerStatsBody {
  readonly site: string;
  readonly player: string;
  readonly hands: number;
  readonly vpip: RateBody;
  readonly pfr: RateBody;
  readonly three_bet: RateBody;
  readonly four_bet: RateBody;
  readonly fold_to_three_bet: RateBody;
  readonly c_bet: RateBody;
  readonly fold_to_c_bet: RateBody;
  readonly steal: RateBody;
  readonly fold_to_steal: RateBody;
  readonly aggression: {
    readonly aggressive: number;
    readonly passive: number;
    readonly factor: number | null;
  };
  readonly wtsd: RateBody;
  readonly won_at_showdown: RateBody;
  readonly net: readonly NetBody[];
  readonly confidence: "none" | "low" | "fair" | "high";
  readonly first_at: string | null;
  readonly last_at: string | null;
  readonly by_position: readonly {
    readonly key: string;
    readonly hands: number;
    readonly vpip: RateBody;
    readonly pfr: RateBody;
    readonly three_bet: RateBody;
    readonly four_bet: RateBody;
    readonly fold_to_three_bet: RateBody;
    readonly c_bet: RateBody;
    readonly fold_to_c_bet: RateBody;
    readonly steal: RateBody;
    readonly fold_to_steal: RateBody;
    readonly aggression: {
      readonly aggressive: number;
      readonly passive: number;
      readonly factor: number | null;
    };
    readonly wtsd: RateBody;
    readonly won_at_showdown: RateBody;
    readonly net: readonly NetBody[];
  }[];
  readonly by_game: readonly {
    readonly key: string;
    readonly hands: number;
    readonly vpip: RateBody;
    readonly pfr: RateBody;
    readonly three_bet: RateBody;
    readonly four_bet: RateBody;
    readonly fold_to_three_bet: RateBody;
    readonly c_bet: RateBody;
    readonly fold_to_c_bet: RateBody;
    readonly steal: RateBody;
    readonly fold_to_steal: RateBody;
    readonly aggression: {
      readonly aggressive: number;
      readonly passive: number;
      readonly factor: number | null;
    };
    readonly wtsd: RateBody;
    readonly won_at_showdown: RateBody;
    readonly net: readonly NetBody[];
  }[];
  readonly by_stakes: readonly {
    readonly key: string;
    readonly hands: number;
    readonly vpip: RateBody;
    readonly pfr: RateBody;
    readonly three_bet: RateBody;
    readonly four_bet: RateBody;
    readonly fold_to_three_bet: RateBody;
    readonly c_bet: RateBody;
    readonly fold_to_c_bet: RateBody;
    readonly steal: RateBody;
    readonly fold_to_steal: RateBody;
    readonly aggression: {
      readonly aggressive: number;
      readonly passive: number;
      readonly factor: number | null;
    };
    readonly wtsd: RateBody;
    readonly won_at_showdown: RateBody;
    readonly net: readonly NetBody[];
  }[];
  readonly by_players: readonly {
    readonly key: string;
    readonly hands: number;
    readonly vpip: RateBody;
    readonly pfr: RateBody;
    readonly three_bet: RateBody;
    readonly four_bet: RateBody;
    readonly fold_to_three_bet: RateBody;
    readonly c_bet: RateBody;
    readonly fold_to_c_bet: RateBody;
    readonly steal: RateBody;
    readonly fold_to_steal: RateBody;
    readonly aggression: {
      readonly aggressive: number;
      readonly passive: number;
      readonly factor: number | null;
    };
    readonly wtsd: RateBody;
    readonly won_at_showdown: RateBody;
    readonly net: readonly NetBody[];
  }[];
  readonly days: readonly {
    readonly day: string;
    readonly currency: "EUR" | "play" | "chips";
    readonly hands: number;
    readonly net: number;
    readonly ev_net: number;
  }[];
}
export interface RateBody {
  readonly made: number;
  readonly opportunities: number;
  readonly share: number | null;
}
export interface SessionBody {
  readonly from: string;
  readonly to: string;
  readonly currency: "EUR" | "play" | "chips";
  readonly minutes: number;
  readonly hands: number;
  readonly tables: number;
  readonly net: number;
  readonly ev_net: number;
  readonly rake: number;
  readonly bb_per_100: number | null;
  readonly vpip: RateBody;
  readonly pfr: RateBody;
  readonly best_hand: {
    readonly hand_id: string;
    readonly net: number;
  };
  readonly worst_hand: {
    readonly hand_id: string;
    readonly net: number;
  };
}
export interface SessionsBody {
  readonly sessions: readonly SessionBody[];
  readonly next_before: string | null;
}
export interface StatLinesBody {
  readonly hands: number;
  readonly vpip: RateBody;
  readonly pfr: RateBody;
  readonly three_bet: RateBody;
  readonly four_bet: RateBody;
  readonly fold_to_three_bet: RateBody;
  readonly c_bet: RateBody;
  readonly fold_to_c_bet: RateBody;
  readonly steal: RateBody;
  readonly fold_to_steal: RateBody;
  readonly aggression: {
    readonly aggressive: number;
    readonly passive: number;
    readonly factor: number | null;
  };
  readonly wtsd: RateBody;
  readonly won_at_showdown: RateBody;
  readonly net: readonly NetBody[];
}
export interface TournamentBody {
  readonly tournament_id: string;
  readonly name: string;
  readonly player: string;
  readonly started_at: string | null;
  readonly buy_in: number;
  readonly place: number | null;
  readonly registered: number | null;
  readonly won: number;
  readonly multiplier: number | null;
}
export interface TournamentsBody {
  readonly tournaments: readonly TournamentBody[];
  readonly next_before: string | null;
}
export interface AdminLobbiesBody {
  readonly lobbies: readonly AdminLobbyBody[];
}
export interface AdminLobbyBody {
  readonly lobby_id: string;
  readonly name: string;
  readonly created_at: string;
  readonly running: boolean;
  readonly phase: "lobby" | "betting" | "racing" | "settling";
  readonly phase_ends_at: string | null;
  readonly state_version: number;
  readonly settings: LobbySettingsBody;
  readonly races_run: number;
  readonly race: {
    readonly race_id: string;
    readonly bets: number;
    readonly staked: number;
  } | null;
}
export interface CreateLobbyBody {
  readonly lobby_id?: string | undefined;
  readonly name: string;
  readonly betting_ms?: number | undefined;
  readonly racing_ms?: number | undefined;
  readonly results_ms?: number | undefined;
  readonly min_bet?: number | undefined;
  readonly max_bet?: number | undefined;
}
export interface LobbiesBody {
  readonly lobbies: readonly LobbyBody[];
}
export interface Healthy {
  readonly status: "ok";
  readonly parts: {
    readonly [k: string]: PartHealth;
  };
}
export interface PartHealth {
  readonly status: "up" | "down";
  readonly detail?: string | undefined;
  readonly checked_in_ms: number;
}
export interface AdminPaymentBody {
  readonly id: string;
  readonly reservation_id: string;
  readonly raffle_id: string;
  readonly player_id: string;
  readonly provider: "wallet" | "sandbox_card" | "stripe";
  readonly ref: string | null;
  readonly status:
    | "creating"
    | "pending"
    | "authorized"
    | "succeeded"
    | "failed"
    | "cancelling"
    | "cancelled"
    | "refunding"
    | "refunded"
    | "refund_refused";
  readonly amount: number;
  readonly failure_code: string | null;
  readonly started_at: string;
  readonly updated_at: string;
}
export interface AdminPaymentsBody {
  readonly payments: readonly AdminPaymentBody[];
  readonly next_before: string | null;
}
export interface ProviderBody {
  readonly name: "wallet" | "sandbox_card" | "stripe";
  readonly enabled: boolean;
  readonly configured: boolean;
  readonly circuit: "closed" | "open" | "half_open";
  readonly available: boolean;
}
export interface ProvidersBody {
  readonly providers: readonly ProviderBody[];
}
export interface ResolveRefundBody {
  readonly remedy: "retry" | "wallet" | "by_hand";
  readonly reason: string;
}
export interface ResolvedRefundBody {
  readonly id: string;
  readonly status:
    | "creating"
    | "pending"
    | "authorized"
    | "succeeded"
    | "failed"
    | "cancelling"
    | "cancelled"
    | "refunding"
    | "refunded"
    | "refund_refused";
}
export interface PushSubscriptionBody {
  readonly endpoint: string;
  readonly keys: {
    readonly p256dh: string;
    readonly auth: string;
  };
  readonly language?: ("en" | "es") | undefined;
}
export interface DatasetsBody {
  readonly datasets: readonly {
    readonly name: string;
    readonly about: string;
    readonly rows: number;
    readonly columns: readonly {
      readonly name: string;
      readonly type: string;
    }[];
    readonly exported_at: string | null;
  }[];
}
export interface QueriedBody {
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
  }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly truncated: boolean;
  readonly elapsed_ms: number;
}
export interface QueryBody {
  readonly sql: string;
  readonly limit?: number | undefined;
}
export interface PoolBody {
  readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
  readonly stakes: number;
  readonly payouts: number;
  readonly refunds: number;
  readonly takeout: number;
  readonly breakage: number;
  readonly refund_reason: ("no_winning_ticket" | "too_few_starters") | null;
  readonly dividends: {
    readonly [k: string]: number;
  };
}
export interface RaceBody {
  readonly race_id: string;
  readonly lobby_id: string;
  readonly status: "betting" | "racing" | "settling" | "settled";
  readonly opened_at: string;
  readonly started_at: string | null;
  readonly commitment: string;
  readonly runners: readonly RunnerBody[];
  readonly pools: {
    readonly [k: string]: number;
  };
  readonly order?: readonly (readonly number[])[] | undefined;
  readonly photo_finish?: boolean | undefined;
  readonly payouts?: readonly PoolBody[] | undefined;
  readonly server_seed?: string | undefined;
  readonly settled_at?: string | undefined;
}
export interface ReplayBody {
  readonly race_id: string;
  readonly seed: string;
  readonly ticks_per_second: number;
  readonly max_ticks: number;
  readonly track_mm: number;
  readonly runners: readonly RunnerBody[];
  readonly powers: readonly {
    readonly cast_id: string;
    readonly player_id: string;
    readonly power: string;
    readonly target: number;
    readonly cost: number;
    readonly cast_tick: number;
    readonly tick: number;
    readonly duration_ticks: number;
  }[];
  readonly order: readonly (readonly number[])[];
  readonly finish_ticks: readonly (number | null)[];
  readonly photo_finish: boolean;
  readonly frames: readonly (readonly number[])[];
}
export interface VerifyBody {
  readonly race_id: string;
  readonly commitment: string;
  readonly server_seed: string;
  readonly bets_digest: string;
  readonly final_seed: string;
  readonly field: readonly {
    readonly number: number;
    readonly name: string;
    readonly form: {
      readonly speed: number;
      readonly stamina: number;
      readonly start: number;
      readonly consistency: number;
    };
  }[];
  readonly scratched: readonly number[];
  readonly max_ticks: number;
  readonly takeout_per_mille: number;
  readonly bets: readonly {
    readonly bet_id: string;
    readonly player_id: string;
    readonly market: "win" | "place" | "show" | "exacta" | "quinella" | "trifecta";
    readonly selection: readonly number[];
    readonly stake: number;
  }[];
  readonly powers: readonly {
    readonly power: string;
    readonly target: number;
    readonly tick: number;
  }[];
  readonly order: readonly (readonly number[])[];
  readonly payouts: readonly {
    readonly bet_id: string;
    readonly payout: number;
  }[];
}
export interface CreateRaffleBody {
  readonly raffle_id?: string | undefined;
  readonly title: string;
  readonly description?: string | undefined;
  readonly ticket_price: number;
  readonly total_numbers: number;
  readonly draw_at: string;
  readonly prizes: readonly {
    readonly name: string;
    readonly description?: string | undefined;
  }[];
  readonly organiser_id?: (string | null) | undefined;
  readonly min_sold_percent?: number | undefined;
  readonly publish?: boolean | undefined;
}
export interface DrawProofBody {
  readonly raffle_id: string;
  readonly status: "draft" | "active" | "suspended" | "closed" | "completed" | "cancelled";
  readonly prizes: readonly {
    readonly name: string;
    readonly description?: string | undefined;
  }[];
  readonly commitment: string | null;
  readonly server_seed: string | null;
  readonly closed_at: string | null;
  readonly ticket_count: number | null;
  readonly tickets_digest: string | null;
  readonly beacon: BeaconChainBody | null;
  readonly awaited_round: number | null;
  readonly round: BeaconRoundBody | null;
  readonly drawn_at: string | null;
  readonly winners: readonly WinnerBody[];
  readonly algorithm: string;
  readonly tickets: readonly string[];
}
export interface EditRaffleBody {
  readonly title: string;
  readonly description?: string | undefined;
  readonly ticket_price: number;
  readonly total_numbers: number;
  readonly draw_at: string;
  readonly prizes: readonly {
    readonly name: string;
    readonly description?: string | undefined;
  }[];
  readonly organiser_id?: (string | null) | undefined;
  readonly min_sold_percent?: number | undefined;
}
export interface NumbersBody {
  readonly numbers: readonly {
    readonly id: string;
    readonly number: number;
    readonly status: "available" | "reserved" | "sold";
    readonly mine?: boolean | undefined;
  }[];
  readonly total_numbers: number;
  readonly state_version: number;
  readonly bitmap?:
    | {
        readonly reserved: string;
        readonly sold: string;
      }
    | undefined;
}
export interface RaffleBooksBody {
  readonly raffle_id: string;
  readonly sales: number;
  readonly gross: number;
  readonly fee: number;
  readonly payout: number;
  readonly returned: number;
  readonly settled: boolean;
  readonly unanswered: readonly {
    readonly reservation_id: string;
    readonly since: string;
    readonly why: string;
  }[];
  readonly sold_by_hour: readonly {
    readonly hour: string;
    readonly numbers: number;
  }[];
}
export interface RaffleReasonBody {
  readonly reason: string;
}
export interface RaffleSocketStatsBody {
  readonly total_connections: number;
  readonly connections_by_raffle: {
    readonly [k: string]: number;
  };
}
export interface RafflesBody {
  readonly raffles: readonly RaffleBody[];
  readonly next_before: string | null;
}
export interface IdempotencyHeader {
  readonly "x-idempotency-key": string;
}
export interface NumberBody {
  readonly number_id: string;
}
export interface PaidAnswer {
  readonly reservation: ReservationBody;
  readonly payment: PaymentBody;
}
export interface PayBody {
  readonly provider: "wallet" | "sandbox_card" | "stripe";
  readonly return_url?: string | undefined;
}
export interface ReservationAnswer {
  readonly reservation: ReservationBody;
}
export interface ReserveBody {
  readonly raffle_id: string;
  readonly number_ids: readonly string[];
}
export interface TicketsBody {
  readonly reservations: readonly {
    readonly id: string;
    readonly raffle_id: string;
    readonly phase: "selection" | "checkout" | "sold" | "cancelled" | "expired" | "refunded";
    readonly expires_at: string;
    readonly numbers: readonly {
      readonly id: string;
      readonly number: number;
    }[];
    readonly total_amount: number;
    readonly payment: PaymentBody | null;
    readonly created_at: string;
    readonly raffle: {
      readonly id: string;
      readonly title: string;
      readonly status: string;
      readonly draw_at: string;
      readonly total_numbers: number;
    };
    readonly won: readonly {
      readonly prize: number;
      readonly prize_name: string;
      readonly number: number;
    }[];
  }[];
  readonly next_before: string | null;
}
export interface StatementBody {
  readonly lines: readonly StatementLineBody[];
  readonly next_before: string | null;
}
export interface WalletBody {
  readonly player_id: string;
  readonly currency: string;
  readonly balance_total: number;
  readonly balance_locked: number;
  readonly balance_available: number;
  readonly frozen: boolean;
  readonly open_holds: readonly {
    readonly hold_id: string;
    readonly amount: number;
    readonly purpose: string;
    readonly ref: string;
    readonly since: string;
  }[];
  readonly version: number;
}
export interface ValidationFailedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 400;
  readonly code: "validation_failed";
  readonly detail: string;
  readonly errors: readonly {
    readonly path: string;
    readonly message: string;
  }[];
}
export interface PayloadTooLargeProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 413;
  readonly code: "payload_too_large";
  readonly detail: string;
  readonly limit_bytes: number;
}
export interface UnsupportedMediaTypeProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 415;
  readonly code: "unsupported_media_type";
  readonly detail: string;
}
export interface RateLimitedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 429;
  readonly code: "rate_limited";
  readonly detail: string;
  readonly retry_after_ms: number;
}
export interface NotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
}
export interface LobbyNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly lobby_id: string;
}
export interface MethodNotAllowedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 405;
  readonly code: "method_not_allowed";
  readonly detail: string;
  readonly allowed: readonly string[];
}
export interface UpgradeRequiredProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 426;
  readonly code: "upgrade_required";
  readonly detail: string;
}
export interface InternalErrorProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 500;
  readonly code: "internal_error";
  readonly detail: string;
}
export interface UnavailableProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 503;
  readonly code: "unavailable";
  readonly detail: string;
  readonly reason: string;
  readonly retry_after_ms: number;
}
export interface UsernameTakenProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "username_taken";
  readonly detail: string;
}
export interface BadCredentialsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 401;
  readonly code: "bad_credentials";
  readonly detail: string;
}
export interface UnauthorizedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 401;
  readonly code: "unauthorized";
  readonly detail: string;
}
export interface PasswordNotYoursProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "password_not_yours";
  readonly detail: string;
}
export interface WalletNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly player_id: string;
}
export interface LobbyExistsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "lobby_exists";
  readonly detail: string;
  readonly lobby_id: string;
}
export interface IdempotencyKeyReusedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "idempotency_key_reused";
  readonly detail: string;
  readonly command_id: string;
}
export interface ForbiddenProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 403;
  readonly code: "forbidden";
  readonly detail: string;
}
export interface WalletFrozenProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "wallet_frozen";
  readonly detail: string;
}
export interface HoldExistsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "hold_exists";
  readonly detail: string;
  readonly hold_id: string;
}
export interface BettingClosedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "betting_closed";
  readonly detail: string;
  readonly phase: "lobby" | "betting" | "racing" | "settling";
  readonly race_id: string;
}
export interface InsufficientFundsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "insufficient_funds";
  readonly detail: string;
  readonly available: number;
  readonly required: number;
}
export interface HoldLimitProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "hold_limit";
  readonly detail: string;
  readonly limit: number;
}
export interface InvalidSelectionProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "invalid_selection";
  readonly detail: string;
  readonly reason: string;
}
export interface StakeBelowMinProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "stake_below_min";
  readonly detail: string;
  readonly min_stake: number;
}
export interface StakeAboveMaxProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "stake_above_max";
  readonly detail: string;
  readonly max_stake: number;
}
export interface PlayerLimitProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "player_limit";
  readonly detail: string;
  readonly limit: number;
  readonly staked: number;
}
export interface BetNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly bet_id: string;
}
export interface HoldNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly hold_id: string;
}
export interface NotYoursProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 403;
  readonly code: "forbidden";
  readonly detail: string;
}
export interface BetCancelledAlreadyProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "bet_cancelled_already";
  readonly detail: string;
  readonly bet_id: string;
}
export interface NotRacingProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "not_racing";
  readonly detail: string;
  readonly phase: "lobby" | "betting" | "racing" | "settling";
}
export interface CooldownProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "cooldown";
  readonly detail: string;
  readonly ready_in_ms: number;
}
export interface PowerPriceChangedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "power_price_changed";
  readonly detail: string;
  readonly cost: number;
}
export interface RaceChangedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "race_changed";
  readonly detail: string;
  readonly race_id: string;
}
export interface UnknownPowerProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "unknown_power";
  readonly detail: string;
  readonly power: string;
}
export interface PowerCapReachedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "power_cap_reached";
  readonly detail: string;
  readonly cap: number;
  readonly spent: number;
}
export interface RaceNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly race_id: string;
}
export interface BorrowerNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "borrower_not_found";
  readonly detail: string;
  readonly player_id: string;
}
export interface FavorToSelfProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "favor_to_self";
  readonly detail: string;
}
export interface RepayBelowAmountProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "repay_below_amount";
  readonly detail: string;
  readonly amount: number;
}
export interface FavorExistsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "favor_exists";
  readonly detail: string;
  readonly favor_id: string;
}
export interface FavorHoldLapsedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "favor_hold_lapsed";
  readonly detail: string;
  readonly hold_id: string;
}
export interface FavorNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly favor_id: string;
}
export interface BalanceLimitProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "balance_limit";
  readonly detail: string;
}
export interface OfferClosedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "offer_closed";
  readonly detail: string;
  readonly favor_status:
    | "offered"
    | "accepted"
    | "active"
    | "overdue"
    | "repaying"
    | "repaid"
    | "returned"
    | "declined"
    | "withdrawn"
    | "expired";
}
export interface NotRepayableProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "not_repayable";
  readonly detail: string;
  readonly favor_status:
    | "offered"
    | "accepted"
    | "active"
    | "overdue"
    | "repaying"
    | "repaid"
    | "returned"
    | "declined"
    | "withdrawn"
    | "expired";
}
export interface RaffleNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly raffle_id: string;
}
export interface RaffleExistsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "raffle_exists";
  readonly detail: string;
  readonly raffle_id: string;
}
export interface RaffleStatusConflictProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "raffle_status_conflict";
  readonly detail: string;
  readonly raffle_status: "draft" | "active" | "suspended" | "closed" | "completed" | "cancelled";
}
export interface TooManyPrizesProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "too_many_prizes";
  readonly detail: string;
  readonly limit: number;
}
export interface DrawDatePastProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "draw_date_past";
  readonly detail: string;
  readonly draw_at: string;
}
export interface NotDrawnProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "not_drawn";
  readonly detail: string;
}
export interface RaffleNotYoursProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 403;
  readonly code: "forbidden";
  readonly detail: string;
}
export interface RaffleNotOpenProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "raffle_not_open";
  readonly detail: string;
  readonly raffle_status: "draft" | "active" | "suspended" | "closed" | "completed" | "cancelled";
}
export interface NumberTakenProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "number_taken";
  readonly detail: string;
  readonly numbers: readonly number[];
}
export interface ReservationExistsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "reservation_exists";
  readonly detail: string;
  readonly reservation_id: string;
}
export interface UnknownNumberProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "unknown_number";
  readonly detail: string;
  readonly numbers: readonly number[];
  readonly total_numbers: number;
}
export interface ReservationNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly reservation_id: string;
}
export interface ReservationClosedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "reservation_closed";
  readonly detail: string;
  readonly phase: "sold" | "cancelled" | "expired" | "refunded";
}
export interface NotInSelectionProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "not_in_selection";
  readonly detail: string;
}
export interface ReservationFullProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "reservation_full";
  readonly detail: string;
  readonly limit: number;
}
export interface NumberNotReservedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "number_not_reserved";
  readonly detail: string;
  readonly number: number;
}
export interface LastNumberProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "last_number";
  readonly detail: string;
}
export interface NotInCheckoutProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "not_in_checkout";
  readonly detail: string;
}
export interface PaymentDeclinedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "payment_declined";
  readonly detail: string;
  readonly reason: string;
  readonly explanation: string;
}
export interface ProviderUnavailableProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 503;
  readonly code: "provider_unavailable";
  readonly detail: string;
  readonly provider: string;
  readonly retry_after_ms: number;
}
export interface ProviderNotConfiguredProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "provider_not_configured";
  readonly detail: string;
  readonly provider: "wallet" | "sandbox_card" | "stripe";
}
export interface PaymentNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly payment_id: string;
}
export interface RefundNotRefusedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "refund_not_refused";
  readonly detail: string;
  readonly payment_id: string;
}
export interface TooManySubscriptionsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "too_many_subscriptions";
  readonly detail: string;
  readonly limit: number;
}
export interface PushServiceUnknownProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "push_service_unknown";
  readonly detail: string;
}
export interface PlayerAmbiguousProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "player_ambiguous";
  readonly detail: string;
  readonly player: string;
  readonly sites: readonly string[];
}
export interface HandNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly hand_id: string;
}
export interface RecordedPlayerNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly player: string;
}
export interface InvalidCardsProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "invalid_cards";
  readonly detail: string;
  readonly where: string;
  readonly reason: string;
}
export interface NoCombinationProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "no_combination";
  readonly detail: string;
  readonly reason: string;
}
export interface NotExactProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "not_exact";
  readonly detail: string;
  readonly reason: string;
}
export interface RunnerNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly name: string;
}
export interface QueryFailedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "query_failed";
  readonly detail: string;
  readonly reason: string;
}
export interface QueryTooLongProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 422;
  readonly code: "query_too_long";
  readonly detail: string;
  readonly limit_ms: number;
}
export interface NotSupervisedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "not_supervised";
  readonly detail: string;
}
export interface SupervisorRefusedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "supervisor_refused";
  readonly detail: string;
  readonly reason: string;
}
export interface ProcessNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly process_id: string;
}
export interface KindNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly kind: string;
}
export interface EntityNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly kind: string;
  readonly entity_id: string;
}
export interface VersionNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly newest_version: number;
}
export interface MessageNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly kind: string;
  readonly tag: string;
}
export interface PlayerNotFoundProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 404;
  readonly code: "not_found";
  readonly detail: string;
  readonly player_id: string;
}
export interface RoleRefusedProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 409;
  readonly code: "role_refused";
  readonly detail: string;
  readonly reason: "guest" | "administrator_of_the_settings";
}
export interface UnhealthyProblem {
  readonly type: string;
  readonly title: string;
  readonly status: 503;
  readonly code: "unhealthy";
  readonly detail: string;
  readonly parts: {
    readonly [k: string]: {
      readonly status: "up" | "down";
      readonly detail?: string | undefined;
      readonly checked_in_ms: number;
    };
  };
}
export interface Endpoints {
  /**
   * A guest with a wallet and the joining grant.
   */
  readonly "POST /auth/join": {
    readonly id: "auth.join";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: JoinBody;
    readonly key: undefined;
    readonly answer: JoinedBody;
  };
  readonly "POST /auth/register": {
    readonly id: "auth.register";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: Credentials;
    readonly key: undefined;
    readonly answer: TokenBody;
  };
  readonly "POST /auth/login": {
    readonly id: "auth.login";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: Credentials;
    readonly key: undefined;
    readonly answer: TokenBody;
  };
  /**
   * A new token for the holder of a valid one, with the account's roles of now and the lobby of the old token, which stays valid until it expires or is revoked. 401 when there is no such account any more.
   */
  readonly "POST /auth/refresh": {
    readonly id: "auth.refresh";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: TokenBody;
  };
  /**
   * Ends all tokens of the account, within a second everywhere, and closes their WebSockets with 1008. The answer has a new one, the only one that is good then: whoever asks stays, all others are out.
   */
  readonly "POST /auth/logout_everywhere": {
    readonly id: "auth.logoutEverywhere";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: TokenBody;
  };
  /**
   * Ends all tokens of the account as `/auth/logout_everywhere` does.
   */
  readonly "POST /auth/password": {
    readonly id: "auth.changePassword";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: {
      readonly password: string;
      readonly new_password: string;
    };
    readonly key: undefined;
    readonly answer: TokenBody;
  };
  readonly "GET /auth/me": {
    readonly id: "auth.me";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: MeBody;
  };
  readonly "GET /wallet/me": {
    readonly id: "wallet.get";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: WalletBody;
  };
  readonly "GET /wallet/me/statement": {
    readonly id: "wallet.statement";
    readonly path: undefined;
    readonly query: {
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: StatementBody;
  };
  readonly "GET /lobbies": {
    readonly id: "lobbies.list";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: LobbiesBody;
  };
  readonly "POST /lobbies": {
    readonly id: "lobbies.create";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: CreateLobbyBody;
    readonly key: undefined;
    readonly answer: LobbyBody;
  };
  readonly "GET /lobbies/{lobby_id}": {
    readonly id: "lobbies.get";
    readonly path: {
      readonly lobby_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: LobbyBody;
  };
  /**
   * No further race begins; the one in progress is run and paid.
   */
  readonly "POST /lobbies/{lobby_id}/stop": {
    readonly id: "lobbies.stop";
    readonly path: {
      readonly lobby_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: LobbyBody;
  };
  /**
   * All lobbies, stopped ones too, with how they are set up.
   */
  readonly "GET /admin/lobbies": {
    readonly id: "lobbies.survey";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: AdminLobbiesBody;
  };
  /**
   * The caller's bets, newest first: all, or those of a race, of a lobby, of a status.
   */
  readonly "GET /bets": {
    readonly id: "bets.list";
    readonly path: undefined;
    readonly query: {
      readonly race_id?: string | undefined;
      readonly lobby_id?: string | undefined;
      readonly status?: ("accepted" | "cancelled" | "won" | "lost" | "refunded") | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: BetsBody;
  };
  readonly "POST /bets": {
    readonly id: "bets.place";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: PlaceBetBody;
    readonly key: string;
    readonly answer: BetPlacedBody;
  };
  /**
   * The verdict on a bet's shape, limits and phase; nothing is placed, no money is looked at.
   */
  readonly "POST /bets/validate": {
    readonly id: "bets.validate";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: PlaceBetBody;
    readonly key: undefined;
    readonly answer: BetValidBody;
  };
  readonly "GET /bets/{bet_id}": {
    readonly id: "bets.get";
    readonly path: {
      readonly bet_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: BetBody;
  };
  readonly "DELETE /bets/{bet_id}": {
    readonly id: "bets.cancel";
    readonly path: {
      readonly bet_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: string;
    readonly answer: BetCancelledBody;
  };
  /**
   * Casts a power on a runner while the race is on.
   */
  readonly "POST /powers/cast": {
    readonly id: "powers.cast";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: CastPowerBody;
    readonly key: string;
    readonly answer: PowerCastBody;
  };
  readonly "GET /races/{race_id}": {
    readonly id: "races.get";
    readonly path: {
      readonly race_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RaceBody;
  };
  /**
   * Every input of a race that is over, and its frames. Replaying the inputs gives the same result, bit for bit.
   */
  readonly "GET /races/{race_id}/replay": {
    readonly id: "races.replay";
    readonly path: {
      readonly race_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: ReplayBody;
  };
  /**
   * What a third party needs to recompute the result of a race that is over.
   */
  readonly "GET /races/{race_id}/verify": {
    readonly id: "races.verify";
    readonly path: {
      readonly race_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: VerifyBody;
  };
  /**
   * The caller's favors as lender and as borrower, newest first, and what they say about both.
   */
  readonly "GET /favors": {
    readonly id: "favors.list";
    readonly path: undefined;
    readonly query: {
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: FavorsBody;
  };
  /**
   * Offers a loan to another player. The amount is held until the offer is answered or lapses, a day later.
   */
  readonly "POST /favors": {
    readonly id: "favors.offer";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: OfferFavorBody;
    readonly key: string;
    readonly answer: FavorChangedBody;
  };
  /**
   * The borrower takes the loan; the money is there at once.
   */
  readonly "POST /favors/{favor_id}/accept": {
    readonly id: "favors.accept";
    readonly path: {
      readonly favor_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: string;
    readonly answer: FavorChangedBody;
  };
  /**
   * The borrower does not want it.
   */
  readonly "POST /favors/{favor_id}/decline": {
    readonly id: "favors.decline";
    readonly path: {
      readonly favor_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: string;
    readonly answer: FavorChangedBody;
  };
  /**
   * The lender takes back an offer that is still open.
   */
  readonly "POST /favors/{favor_id}/withdraw": {
    readonly id: "favors.withdraw";
    readonly path: {
      readonly favor_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: string;
    readonly answer: FavorChangedBody;
  };
  /**
   * The borrower repays in full, overdue or not.
   */
  readonly "POST /favors/{favor_id}/repay": {
    readonly id: "favors.repay";
    readonly path: {
      readonly favor_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: string;
    readonly answer: FavorChangedBody;
  };
  /**
   * Newest first. Drafts are shown to the administrator, and with `organiser=me` to their organiser; how many numbers are reserved is a moment old.
   */
  readonly "GET /api/v1/raffles": {
    readonly id: "raffles.list";
    readonly path: undefined;
    readonly query: {
      readonly status?:
        | ("draft" | "active" | "suspended" | "closed" | "completed" | "cancelled")
        | undefined;
      readonly organiser?: "me" | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RafflesBody;
  };
  readonly "POST /api/v1/raffles": {
    readonly id: "raffles.create";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: CreateRaffleBody;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  /**
   * A draft is known to its organiser and the administrator alone.
   */
  readonly "GET /api/v1/raffles/{raffle_id}": {
    readonly id: "raffles.get";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  /**
   * A draft, or while nothing is reserved or sold.
   */
  readonly "PUT /api/v1/raffles/{raffle_id}": {
    readonly id: "raffles.edit";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: EditRaffleBody;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  readonly "POST /api/v1/raffles/{raffle_id}/publish": {
    readonly id: "raffles.publish";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  readonly "POST /api/v1/raffles/{raffle_id}/suspend": {
    readonly id: "raffles.suspend";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: RaffleReasonBody;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  readonly "POST /api/v1/raffles/{raffle_id}/resume": {
    readonly id: "raffles.resume";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  /**
   * Everyone who has bought gets the money back.
   */
  readonly "POST /api/v1/raffles/{raffle_id}/cancel": {
    readonly id: "raffles.cancel";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: RaffleReasonBody;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  /**
   * Ends the sale; the draw comes at its date.
   */
  readonly "POST /api/v1/raffles/{raffle_id}/close": {
    readonly id: "raffles.close";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RaffleBody;
  };
  readonly "GET /api/v1/raffles/{raffle_id}/draw": {
    readonly id: "raffles.getDraw";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: DrawBody;
  };
  /**
   * Draws now; with a beacon as soon as its round is published, until which there are no winners.
   */
  readonly "POST /api/v1/raffles/{raffle_id}/draw": {
    readonly id: "raffles.draw";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: DrawBody;
  };
  readonly "GET /api/v1/raffles/{raffle_id}/verify": {
    readonly id: "raffles.verify";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: DrawProofBody;
  };
  readonly "GET /api/v1/raffles/{raffle_id}/numbers": {
    readonly id: "raffles.numbers";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: {
      readonly offset?: number | undefined;
      readonly limit?: number | undefined;
      readonly format?: ("list" | "bitmap") | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: NumbersBody;
  };
  readonly "GET /api/v1/raffles/{raffle_id}/books": {
    readonly id: "raffles.books";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RaffleBooksBody;
  };
  /**
   * Who watches raffles, in the whole cluster.
   */
  readonly "GET /api/v1/raffles/{raffle_id}/ws/stats": {
    readonly id: "raffles.socketStats";
    readonly path: {
      readonly raffle_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RaffleSocketStatsBody;
  };
  /**
   * The caller's, newest first.
   */
  readonly "GET /api/v1/reservations": {
    readonly id: "reservations.list";
    readonly path: undefined;
    readonly query: {
      readonly raffle_id?: string | undefined;
      readonly phase?: ("live" | "sold") | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: TicketsBody;
  };
  /**
   * All of the numbers or none; a refusal names the taken ones.
   */
  readonly "POST /api/v1/reservations": {
    readonly id: "reservations.create";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: ReserveBody;
    readonly key: string;
    readonly answer: ReservationAnswer;
  };
  readonly "GET /api/v1/reservations/{reservation_id}": {
    readonly id: "reservations.get";
    readonly path: {
      readonly reservation_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: ReservationAnswer;
  };
  readonly "POST /api/v1/reservations/{reservation_id}/add-number": {
    readonly id: "reservations.addNumber";
    readonly path: {
      readonly reservation_id: string;
    };
    readonly query: undefined;
    readonly body: NumberBody;
    readonly key: string;
    readonly answer: ReservationAnswer;
  };
  readonly "POST /api/v1/reservations/{reservation_id}/remove-number": {
    readonly id: "reservations.removeNumber";
    readonly path: {
      readonly reservation_id: string;
    };
    readonly query: undefined;
    readonly body: NumberBody;
    readonly key: string;
    readonly answer: ReservationAnswer;
  };
  readonly "POST /api/v1/reservations/{reservation_id}/move-to-checkout": {
    readonly id: "reservations.moveToCheckout";
    readonly path: {
      readonly reservation_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: string;
    readonly answer: ReservationAnswer;
  };
  readonly "POST /api/v1/reservations/{reservation_id}/cancel": {
    readonly id: "reservations.cancel";
    readonly path: {
      readonly reservation_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: string;
    readonly answer: ReservationAnswer;
  };
  /**
   * 200: sold. 202: the payer goes on at `payment.next_step`, or, without one, asks for the reservation again.
   */
  readonly "POST /api/v1/reservations/{reservation_id}/pay": {
    readonly id: "reservations.pay";
    readonly path: {
      readonly reservation_id: string;
    };
    readonly query: undefined;
    readonly body: PayBody;
    readonly key: string;
    readonly answer: PaidAnswer;
  };
  readonly "GET /api/v1/payment-providers": {
    readonly id: "payments.providers";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: ProvidersBody;
  };
  /**
   * Takes effect in every process within two seconds. Payments that were begun go on.
   */
  readonly "PUT /api/v1/payment-providers/{name}": {
    readonly id: "payments.switchProvider";
    readonly path: {
      readonly name: "wallet" | "sandbox_card" | "stripe";
    };
    readonly query: undefined;
    readonly body: {
      readonly enabled: boolean;
    };
    readonly key: undefined;
    readonly answer: ProviderBody;
  };
  /**
   * Newest first.
   */
  readonly "GET /admin/payments": {
    readonly id: "payments.list";
    readonly path: undefined;
    readonly query: {
      readonly raffle_id?: string | undefined;
      readonly player_id?: string | undefined;
      readonly provider?: ("wallet" | "sandbox_card" | "stripe") | undefined;
      readonly status?:
        | (
            | "creating"
            | "pending"
            | "authorized"
            | "succeeded"
            | "failed"
            | "cancelling"
            | "cancelled"
            | "refunding"
            | "refunded"
            | "refund_refused"
          )
        | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: AdminPaymentsBody;
  };
  /**
   * What the house does about a payment that is `refund_refused`: `retry` asks the provider once more, `wallet` pays the player's wallet here, `by_hand` records that the money was given back otherwise.
   */
  readonly "POST /admin/payments/{payment_id}/resolve-refund": {
    readonly id: "payments.resolveRefund";
    readonly path: {
      readonly payment_id: string;
    };
    readonly query: undefined;
    readonly body: ResolveRefundBody;
    readonly key: string;
    readonly answer: ResolvedRefundBody;
  };
  /**
   * The server's VAPID key, for `pushManager.subscribe`.
   */
  readonly "GET /api/v1/push/key": {
    readonly id: "push.key";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: {
      readonly public_key: string;
    };
  };
  /**
   * Notices: a minute before a reservation runs out, when a raffle with tickets of the player is drawn, and when one wins.
   */
  readonly "POST /api/v1/push/subscriptions": {
    readonly id: "push.subscribe";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: PushSubscriptionBody;
    readonly key: undefined;
    readonly answer: {
      readonly subscribed: true;
    };
  };
  readonly "POST /api/v1/push/unsubscribe": {
    readonly id: "push.unsubscribe";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: {
      readonly endpoint: string;
    };
    readonly key: undefined;
    readonly answer: {
      readonly subscribed: false;
    };
  };
  /**
   * The newest hands first, in the order in which they came: all, or those that fit everything that is asked for. `position` and `result` are the player's, or without one the hero's; `showdown` is whether the player was in it, or without one whether there was one. A page may have fewer hands than `limit` and still not be the last: `next_before` says so.
   */
  readonly "GET /api/v1/hands/recent": {
    readonly id: "hands.recent";
    readonly path: undefined;
    readonly query: {
      readonly limit?: number | undefined;
      readonly offset?: number | undefined;
      readonly before?: string | undefined;
      readonly player?: string | undefined;
      readonly site?: string | undefined;
      readonly game?:
        | (
            | "holdem"
            | "omaha"
            | "omaha_hilo"
            | "omaha5"
            | "omaha5_hilo"
            | "stud"
            | "stud_hilo"
            | "razz"
            | "draw_27_triple"
          )
        | undefined;
      readonly format?: ("cash" | "fast_fold" | "tournament") | undefined;
      readonly currency?: ("EUR" | "play" | "chips") | undefined;
      readonly stake?: string | undefined;
      readonly players?: number | undefined;
      readonly from?: string | undefined;
      readonly to?: string | undefined;
      readonly min_pot?: number | undefined;
      readonly position?: ("BTN" | "SB" | "BB" | "UTG" | "MP" | "CO") | undefined;
      readonly result?: ("won" | "lost") | undefined;
      readonly showdown?: ("yes" | "no") | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: HandsBody;
  };
  /**
   * The games, formats and stakes of which there are hands.
   */
  readonly "GET /api/v1/hands/kinds": {
    readonly id: "hands.kinds";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: HandKindsBody;
  };
  readonly "GET /api/v1/hands/{hand_id}": {
    readonly id: "hands.hand";
    readonly path: {
      readonly hand_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: HandBody;
  };
  readonly "GET /api/v1/stats/player/{name}": {
    readonly id: "handStats.player";
    readonly path: {
      readonly name: string;
    };
    readonly query: {
      readonly site?: string | undefined;
      readonly game?:
        | (
            | "holdem"
            | "omaha"
            | "omaha_hilo"
            | "omaha5"
            | "omaha5_hilo"
            | "stud"
            | "stud_hilo"
            | "razz"
            | "draw_27_triple"
          )
        | undefined;
      readonly currency?: ("EUR" | "play" | "chips") | undefined;
      readonly stake?: string | undefined;
      readonly position?: ("BTN" | "SB" | "BB" | "UTG" | "MP" | "CO") | undefined;
      readonly players?: number | undefined;
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: PlayerStatsBody;
  };
  /**
   * Players with recorded hands, those with the most first.
   */
  readonly "GET /api/v1/stats/players": {
    readonly id: "handStats.players";
    readonly path: undefined;
    readonly query: {
      readonly search?: string | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: HandPlayersBody;
  };
  /**
   * The newest first.
   */
  readonly "GET /api/v1/stats/player/{name}/sessions": {
    readonly id: "handStats.sessions";
    readonly path: {
      readonly name: string;
    };
    readonly query: {
      readonly site?: string | undefined;
      readonly limit?: number | undefined;
      readonly before?: string | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: SessionsBody;
  };
  readonly "GET /api/v1/stats/player/{name}/tournaments": {
    readonly id: "handStats.tournaments";
    readonly path: {
      readonly name: string;
    };
    readonly query: {
      readonly site?: string | undefined;
      readonly limit?: number | undefined;
      readonly before?: string | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: TournamentsBody;
  };
  /**
   * Hold'em: two players, each with cards or a range, exact wherever that is feasible. Omaha of four or five cards, high or hi/lo: known hands, always exact. 503 while the compute queue is full.
   */
  readonly "POST /api/v1/equity/calculate": {
    readonly id: "equity.calculate";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: CalculateBody;
    readonly key: undefined;
    readonly answer: CalculatedBody;
  };
  /**
   * The same for two to nine players. Monte Carlo ends at the target error; the same seed gives the same answer.
   */
  readonly "POST /api/v1/equity/calculate/multiway": {
    readonly id: "equity.multiway";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: MultiwayBody;
    readonly key: undefined;
    readonly answer: MultiwayAnswerBody;
  };
  /**
   * The best five cards, their category, rank and words.
   */
  readonly "POST /api/v1/equity/evaluate": {
    readonly id: "equity.evaluate";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: EvaluateBody;
    readonly key: undefined;
    readonly answer: EvaluatedBody;
  };
  readonly "GET /analytics/runners": {
    readonly id: "analytics.runners";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RunnersBody;
  };
  /**
   * A runner's totals and its starts, newest first.
   */
  readonly "GET /analytics/runners/{name}": {
    readonly id: "analytics.runner";
    readonly path: {
      readonly name: string;
    };
    readonly query: {
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RunnerHistoryBody;
  };
  /**
   * Settled races, newest first, of all lobbies or of one.
   */
  readonly "GET /analytics/races": {
    readonly id: "analytics.races";
    readonly path: undefined;
    readonly query: {
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
      readonly lobby_id?: string | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: RacesBody;
  };
  readonly "GET /api/v1/analytics/datasets": {
    readonly id: "query.datasets";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: DatasetsBody;
  };
  /**
   * One SELECT in DuckDB's SQL over the exported tables.
   */
  readonly "POST /api/v1/analytics/query": {
    readonly id: "query.query";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: QueryBody;
    readonly key: undefined;
    readonly answer: QueriedBody;
  };
  readonly "GET /api/v1/config": {
    readonly id: "config.config";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: ConfigBody;
  };
  /**
   * WebSockets of the process that answers.
   */
  readonly "GET /ws/stats": {
    readonly id: "config.sockets";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: SocketStatsBody;
  };
  readonly "GET /admin/cluster": {
    readonly id: "admin.cluster";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: ClusterBody;
  };
  /**
   * Starts one more process. In development only.
   */
  readonly "POST /admin/cluster/processes": {
    readonly id: "admin.addProcess";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: SupervisedBody;
  };
  /**
   * kill, stop, pause, resume or drain. In development only.
   */
  readonly "POST /admin/cluster/processes/{process_id}/{action}": {
    readonly id: "admin.actOnProcess";
    readonly path: {
      readonly process_id: string;
      readonly action: "kill" | "stop" | "pause" | "resume" | "drain";
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: SupervisedBody;
  };
  /**
   * All kinds of entity, with the forms of their messages.
   */
  readonly "GET /admin/kinds": {
    readonly id: "admin.kinds";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: KindsBody;
  };
  /**
   * Durable; the whole cluster follows within a second. Messages to a paused kind are answered `unavailable`.
   */
  readonly "PUT /admin/kinds/{kind}/paused": {
    readonly id: "admin.pauseKind";
    readonly path: {
      readonly kind: string;
    };
    readonly query: undefined;
    readonly body: PauseBody;
    readonly key: undefined;
    readonly answer: PausedBody;
  };
  readonly "GET /admin/entities": {
    readonly id: "admin.entities";
    readonly path: undefined;
    readonly query: {
      readonly kind: string;
      readonly prefix?: string | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: EntitiesBody;
  };
  /**
   * The newest version, or the one asked for.
   */
  readonly "GET /admin/entities/{kind}/{entity_id}": {
    readonly id: "admin.entity";
    readonly path: {
      readonly kind: string;
      readonly entity_id: string;
    };
    readonly query: {
      readonly version?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: EntityBody;
  };
  readonly "GET /admin/entities/{kind}/{entity_id}/journal": {
    readonly id: "admin.journal";
    readonly path: {
      readonly kind: string;
      readonly entity_id: string;
    };
    readonly query: {
      readonly before_version?: number | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: EntityJournalBody;
  };
  /**
   * Sends a command or a query. What the entity answers, a rejection too, comes with status 200.
   */
  readonly "POST /admin/entities/{kind}/{entity_id}/commands": {
    readonly id: "admin.send";
    readonly path: {
      readonly kind: string;
      readonly entity_id: string;
    };
    readonly query: undefined;
    readonly body: SendBody;
    readonly key: string;
    readonly answer:
      | {
          readonly ok: true;
          readonly value: unknown;
          readonly replayed: boolean;
        }
      | {
          readonly ok: false;
          readonly error: RejectionBody;
          readonly replayed: boolean;
        };
  };
  /**
   * Those whose id, user name or display name begins with `query`, names in any case; all of them without one.
   */
  readonly "GET /admin/players": {
    readonly id: "players.list";
    readonly path: undefined;
    readonly query: {
      readonly query?: string | undefined;
      readonly after?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: PlayersBody;
  };
  readonly "GET /admin/players/{player_id}": {
    readonly id: "players.get";
    readonly path: {
      readonly player_id: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: PlayerBody;
  };
  /**
   * The player can spend, send, take out and set aside nothing; bets that stand are settled, and what is due comes in. A frozen wallet stays as it is.
   */
  readonly "POST /admin/players/{player_id}/freeze": {
    readonly id: "players.freeze";
    readonly path: {
      readonly player_id: string;
    };
    readonly query: undefined;
    readonly body: RaffleReasonBody;
    readonly key: undefined;
    readonly answer: PlayerWalletBody;
  };
  readonly "POST /admin/players/{player_id}/unfreeze": {
    readonly id: "players.unfreeze";
    readonly path: {
      readonly player_id: string;
    };
    readonly query: undefined;
    readonly body: RaffleReasonBody;
    readonly key: undefined;
    readonly answer: PlayerWalletBody;
  };
  /**
   * Ends all tokens of the account, within a second everywhere, and closes their WebSockets with 1008. A guest, who has nothing but its token, is out for good.
   */
  readonly "POST /admin/players/{player_id}/revoke_tokens": {
    readonly id: "players.revokeTokens";
    readonly path: {
      readonly player_id: string;
    };
    readonly query: undefined;
    readonly body: RaffleReasonBody;
    readonly key: undefined;
    readonly answer: AccessBody;
  };
  /**
   * Ends all tokens of the account; the next has the role.
   */
  readonly "POST /admin/players/{player_id}/grant_admin": {
    readonly id: "players.grantAdmin";
    readonly path: {
      readonly player_id: string;
    };
    readonly query: undefined;
    readonly body: RaffleReasonBody;
    readonly key: undefined;
    readonly answer: AccessBody;
  };
  /**
   * Takes the role and ends all tokens of the account, within a second everywhere.
   */
  readonly "POST /admin/players/{player_id}/revoke_admin": {
    readonly id: "players.revokeAdmin";
    readonly path: {
      readonly player_id: string;
    };
    readonly query: undefined;
    readonly body: RaffleReasonBody;
    readonly key: undefined;
    readonly answer: AccessBody;
  };
  /**
   * Puts a balance right, against house:adjustments; never takes more than is available. The player reads the reason in the statement.
   */
  readonly "POST /admin/players/{player_id}/adjust": {
    readonly id: "players.adjust";
    readonly path: {
      readonly player_id: string;
    };
    readonly query: undefined;
    readonly body: AdjustBody;
    readonly key: string;
    readonly answer: PlayerWalletBody;
  };
  /**
   * What administrators have changed, newest first.
   */
  readonly "GET /admin/acts": {
    readonly id: "acts.list";
    readonly path: undefined;
    readonly query: {
      readonly before?: string | undefined;
      readonly by?: string | undefined;
      readonly act?:
        | (
            | "add_process"
            | "kill_process"
            | "stop_process"
            | "pause_process"
            | "resume_process"
            | "drain_process"
            | "pause_kind"
            | "resume_kind"
            | "send_command"
            | "create_lobby"
            | "stop_lobby"
            | "freeze_wallet"
            | "unfreeze_wallet"
            | "adjust_wallet"
            | "revoke_tokens"
            | "grant_admin"
            | "revoke_admin"
            | "create_raffle"
            | "edit_raffle"
            | "publish_raffle"
            | "suspend_raffle"
            | "resume_raffle"
            | "cancel_raffle"
            | "close_raffle"
            | "draw_raffle"
            | "switch_provider"
            | "resolve_refund"
          )
        | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: ActsBody;
  };
  /**
   * Money of players that their wallets could not take, newest first: what, whose, since when, and why.
   */
  readonly "GET /admin/unclaimed": {
    readonly id: "unclaimed.list";
    readonly path: undefined;
    readonly query: {
      readonly player_id?: string | undefined;
      readonly before?: string | undefined;
      readonly limit?: number | undefined;
    };
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: UnclaimedBody;
  };
  readonly "GET /health": {
    readonly id: "ops.health";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: Healthy;
  };
  readonly "GET /health/live": {
    readonly id: "ops.live";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: {
      readonly status: "ok";
    };
  };
  readonly "GET /health/ready": {
    readonly id: "ops.ready";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: Healthy;
  };
  readonly "GET /health/{part}": {
    readonly id: "ops.part";
    readonly path: {
      readonly part: string;
    };
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: Healthy;
  };
  readonly "GET /metrics": {
    readonly id: "ops.metrics";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: undefined;
    readonly key: undefined;
    readonly answer: string;
  };
  /**
   * Hand histories as the site writes them, of whatever content type, one file after another, at most 64 MiB. Answered when all that could be read is durable. What was read stays imported though the request is cut off; a hand that is known already counts as a duplicate, so a request may be repeated.
   */
  readonly "POST /api/v1/hands/import": {
    readonly id: "handImport.import";
    readonly path: undefined;
    readonly query: undefined;
    readonly body: string;
    readonly key: undefined;
    readonly answer: ImportedBody;
  };
}
