import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, Unavailable } from "../failure.ts";
import { LobbyBody } from "../frames.ts";
import { LobbyId } from "../id.ts";
import { LobbyExists, LobbyNotFound, LobbySettings } from "../lobby.ts";
import { problem } from "./problem.ts";
import { AdminOnly } from "./security.ts";

const { bettingMs, racingMs, resultsMs, minBetMinor, maxBetMinor } = LobbySettings.fields;

/** What is left out has the server's default. Durations in milliseconds, money in minor units. */
export const CreateLobbyBody = Schema.Struct({
  lobby_id: Schema.optional(LobbyId),
  name: Schema.Trim.pipe(Schema.minLength(1), Schema.maxLength(80)),
  betting_ms: Schema.optional(bettingMs),
  racing_ms: Schema.optional(racingMs),
  results_ms: Schema.optional(resultsMs),
  min_bet: Schema.optional(minBetMinor),
  max_bet: Schema.optional(maxBetMinor),
});

export const LobbiesBody = Schema.Struct({ lobbies: Schema.Array(LobbyBody) });
export type LobbiesBody = typeof LobbiesBody.Type;

const LobbyPath = Schema.Struct({ lobby_id: LobbyId });

export class LobbyApi extends HttpApiGroup.make("lobbies")
  .add(
    HttpApiEndpoint.get("list", "/lobbies").addSuccess(LobbiesBody).addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.get("get", "/lobbies/:lobby_id")
      .setPath(LobbyPath)
      .addSuccess(LobbyBody)
      .addError(problem(LobbyNotFound))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.post("create", "/lobbies")
      .setPayload(CreateLobbyBody)
      .addSuccess(LobbyBody, { status: 201 })
      .addError(problem(LobbyExists))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly),
  )
  .add(
    HttpApiEndpoint.post("stop", "/lobbies/:lobby_id/stop")
      .setPath(LobbyPath)
      .addSuccess(LobbyBody)
      .addError(problem(LobbyNotFound))
      .addError(problem(IdempotencyKeyReused))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(
        OpenApi.Description,
        "No further race begins; the one in progress is run and paid.",
      ),
  ) {}
