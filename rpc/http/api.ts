/**
 * The REST contract as a whole. Everything else follows from it: the gateway's routes, the OpenAPI document, the
 * documentation pages, and typed clients (`HttpApiClient.make(CroupierApi)`).
 */
import { HttpApi, OpenApi } from "@effect/platform";
import { AdminApi } from "./admin.ts";
import { ActApi } from "./admin/acts.ts";
import { PlayerApi } from "./admin/players.ts";
import { UnclaimedApi } from "./admin/unclaimed.ts";
import { AnalyticsApi } from "./analytics.ts";
import { AuthApi } from "./auth.ts";
import { ConfigApi } from "./config.ts";
import { EquityApi } from "./equity.ts";
import { HandApi } from "./hand.ts";
import { HandImportApi } from "./handImport.ts";
import { HandStatsApi } from "./handStats.ts";
import { QueryApi } from "./query.ts";
import { BetApi } from "./bet.ts";
import {
  InternalError,
  MethodNotAllowed,
  NotFound,
  PayloadTooLarge,
  RateLimited,
  UnsupportedMediaType,
  UpgradeRequired,
  ValidationFailed,
} from "./failure.ts";
import { FavorApi } from "./favor.ts";
import { LobbyApi } from "./lobby.ts";
import { OpsApi } from "./ops.ts";
import { PowerApi } from "./power.ts";
import { PaymentApi } from "./payment.ts";
import { problem } from "./problem.ts";
import { PushApi } from "./push.ts";
import { RaceApi } from "./race.ts";
import { RaffleApi } from "./raffle.ts";
import { ReservationApi } from "./reservation.ts";
import { WalletApi } from "./wallet.ts";

export class CroupierApi extends HttpApi.make("croupier")
  .add(AuthApi)
  .add(WalletApi)
  .add(LobbyApi)
  .add(BetApi)
  .add(PowerApi)
  .add(RaceApi)
  .add(FavorApi)
  .add(RaffleApi)
  .add(ReservationApi)
  .add(PaymentApi)
  .add(PushApi)
  .add(HandApi)
  .add(HandStatsApi)
  .add(EquityApi)
  .add(AnalyticsApi)
  .add(QueryApi)
  .add(ConfigApi)
  .add(AdminApi)
  .add(PlayerApi)
  .add(ActApi)
  .add(UnclaimedApi)
  .add(OpsApi)
  .addError(problem(ValidationFailed))
  .addError(problem(PayloadTooLarge))
  .addError(problem(UnsupportedMediaType))
  .addError(problem(RateLimited))
  .addError(problem(NotFound))
  .addError(problem(MethodNotAllowed))
  .addError(problem(UpgradeRequired))
  .addError(problem(InternalError))
  .annotate(OpenApi.Title, "Croupier")
  .annotate(OpenApi.Version, "0.1.0")
  .annotate(
    OpenApi.Description,
    "Real-time games that move money. Money is an integer in minor units; failures are RFC 9457 problems with a stable code.",
  ) {}

/** All of it, and what is served beside it: for the documentation. */
export class DocumentedApi extends CroupierApi.add(HandImportApi) {}
