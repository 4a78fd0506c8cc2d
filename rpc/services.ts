/**
 * What other services may say: every message of every entity, under the entity's name (`Wallet.Deposit`,
 * `Lobby.GetLobby`), and the reads beside them. All of it stands behind one token, which opens everything: whoever has it
 * is trusted as the house is.
 *
 * Over TCP (MessagePack, `rpc/client/tcp.ts`) and over HTTP (JSON at `/rpc`, `rpc/client/http.ts`). A caller needs this
 * folder and a URL, nothing else.
 */
import { Rpc, RpcGroup, RpcMiddleware } from "@effect/rpc";
import { Schema } from "effect";
import { type AnyContract, query } from "./contract.ts";
import { EquityAnswer, EquityProgress, EquityQuestion, EquityRefused } from "./equity.ts";
import { Unavailable } from "./failure.ts";
import { Favor, FavorRpcs } from "./favor.ts";
import { HandFeed, HandFeedRpcs } from "./handFeed.ts";
import { HandPlayer, HandPlayerRpcs } from "./handPlayer.ts";
import { Unauthorized } from "./http/failure.ts";
import { Lobby, LobbyRpcs } from "./lobby.ts";
import { Minor } from "./money.ts";
import { Raffle, RaffleRpcs } from "./raffle.ts";
import { Reservation, ReservationRpcs } from "./reservation.ts";
import { Wallet, WalletRpcs } from "./wallet.ts";

/** Asks for the header `authorization: Bearer <SERVICE_TOKEN>`. The client's half adds it. */
export class ServiceAuth extends RpcMiddleware.Tag<ServiceAuth>()("croupier/rpc/ServiceAuth", {
  failure: Unauthorized,
  requiredForClient: true,
}) {}

/** Rows of one page of a statement. */
const MAX_STATEMENT_LINES = 200;

/** One posting of a wallet, with the balance after it. */
export const StatementLine = Schema.Struct({
  /** Its place in the wallet's journal; the last one of a page is `before` of the next. */
  lineId: Schema.String,
  /** Epoch milliseconds. */
  at: Schema.Int,
  purpose: Schema.String,
  account: Schema.String,
  counterAccount: Schema.String,
  /** Signed, as the account sees it: minor units in (positive) or out. */
  amountMinor: Schema.Int,
  balanceTotalMinor: Minor,
  balanceLockedMinor: Minor,
  ref: Schema.String,
});
export type StatementLine = typeof StatementLine.Type;

export class StatementRpcs extends RpcGroup.make(
  /** Newest first. A player without a wallet has no lines. */
  query("Wallet.Statement", {
    payload: {
      before: Schema.optional(Schema.String.pipe(Schema.maxLength(128))),
      limit: Schema.Int.pipe(Schema.between(1, MAX_STATEMENT_LINES)),
    },
    success: Schema.Array(StatementLine),
  }),
) {}

export class EquityServiceRpcs extends RpcGroup.make(
  /** The answer, when it is there. */
  Rpc.make("Equity.Ask", {
    payload: EquityQuestion,
    success: EquityAnswer,
    error: Schema.Union(EquityRefused, Unavailable),
  }),
  /** What is known so far, at most ten times a second, and last the answer. Whoever stops listening cancels. */
  Rpc.make("Equity.Watch", {
    payload: EquityQuestion,
    success: EquityProgress,
    error: Schema.Union(EquityRefused, Unavailable),
    stream: true,
  }),
) {}

export class ServiceRpcs extends WalletRpcs.prefix("Wallet.")
  .merge(
    LobbyRpcs.prefix("Lobby."),
    FavorRpcs.prefix("Favor."),
    RaffleRpcs.prefix("Raffle."),
    ReservationRpcs.prefix("Reservation."),
    HandPlayerRpcs.prefix("HandPlayer."),
    HandFeedRpcs.prefix("HandFeed."),
    EquityServiceRpcs,
    StatementRpcs,
  )
  .middleware(ServiceAuth) {}

/** The contracts in the group, each under its prefix. */
export const SERVICE_CONTRACTS: ReadonlyArray<readonly [prefix: string, contract: AnyContract]> = [
  ["Wallet.", Wallet],
  ["Lobby.", Lobby],
  ["Favor.", Favor],
  ["Raffle.", Raffle],
  ["Reservation.", Reservation],
  ["HandPlayer.", HandPlayer],
  ["HandFeed.", HandFeed],
];
