import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { IdempotencyKeyReused, Unavailable } from "../failure.ts";
import { LobbyBody, LobbySettingsBody } from "../frames.ts";
import { LobbyId } from "../id.ts";
import { LobbyExists, LobbyNotFound, LobbySettings, Phase } from "../lobby.ts";
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

/** A lobby as the administrator sees it. Durations in milliseconds, money in minor units, rates in thousandths. */
export const AdminLobbyBody = Schema.Struct({
  lobby_id: Schema.String,
  name: Schema.String,
  created_at: Schema.String,
  /** False: it was stopped, and no further race begins. */
  running: Schema.Boolean,
  phase: Phase,
  phase_ends_at: Schema.NullOr(Schema.String),
  state_version: Schema.Int,
  settings: LobbySettingsBody,
  /** Races that have been run to the end. */
  races_run: Schema.Int,
  /** The newest race, with the bets that stand and what is staked on it; null before the first. */
  race: Schema.NullOr(
    Schema.Struct({ race_id: Schema.String, bets: Schema.Int, staked: Schema.Int }),
  ),
});
export type AdminLobbyBody = typeof AdminLobbyBody.Type;

export const AdminLobbiesBody = Schema.Struct({ lobbies: Schema.Array(AdminLobbyBody) });
export type AdminLobbiesBody = typeof AdminLobbiesBody.Type;

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
  )
  .add(
    HttpApiEndpoint.get("survey", "/admin/lobbies")
      .addSuccess(AdminLobbiesBody)
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "All lobbies, stopped ones too, with how they are set up."),
  ) {}
