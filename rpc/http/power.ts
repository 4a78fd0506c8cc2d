import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { IdempotencyKeyReused, Unavailable } from "../failure.ts";
import { CastPowerBody, PowerCastBody } from "../frames.ts";
import {
  Cooldown,
  InvalidSelection,
  LobbyNotFound,
  NotRacing,
  PowerCapReached,
  PowerPriceChanged,
  RaceChanged,
  UnknownPower,
} from "../lobby.ts";
import {
  HoldExists,
  HoldLimit,
  InsufficientFunds,
  WalletFrozen,
  WalletNotFound,
} from "../wallet.ts";
import { ValidationFailed } from "./failure.ts";
import { problem } from "./problem.ts";
import { IdempotencyHeader } from "./request.ts";
import { Authenticated } from "./security.ts";

export class PowerApi extends HttpApiGroup.make("powers").add(
  HttpApiEndpoint.post("cast", "/powers/cast")
    .setPayload(CastPowerBody)
    .setHeaders(IdempotencyHeader)
    .addSuccess(PowerCastBody, { status: 201 })
    .addError(problem(ValidationFailed))
    .addError(problem(LobbyNotFound))
    .addError(problem(NotRacing))
    .addError(problem(UnknownPower))
    .addError(problem(InvalidSelection))
    .addError(problem(Cooldown))
    .addError(problem(PowerCapReached))
    .addError(problem(PowerPriceChanged))
    .addError(problem(RaceChanged))
    .addError(problem(WalletNotFound))
    .addError(problem(WalletFrozen))
    .addError(problem(InsufficientFunds))
    .addError(problem(HoldExists))
    .addError(problem(HoldLimit))
    .addError(problem(IdempotencyKeyReused))
    .addError(problem(Unavailable))
    .middleware(Authenticated)
    .annotate(OpenApi.Description, "Casts a power on a runner while the race is on."),
) {}
