import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { RaceId } from "../id.ts";
import { RaceNotFound } from "./failure.ts";
import { problem } from "./problem.ts";

const RacePath = Schema.Struct({ race_id: RaceId });

/** Written by the race's projection, which owns its fields. */
const fromProjection = (description: string) =>
  Schema.Unknown.annotations({ description, jsonSchema: { type: "object", description } });

export class RaceApi extends HttpApiGroup.make("races")
  .add(
    HttpApiEndpoint.get("get", "/races/:race_id")
      .setPath(RacePath)
      .addSuccess(
        fromProjection(
          "race_id, lobby_id, status (betting, racing, settling, settled), pools, commitment; once known settled_at, order, payouts, server_seed",
        ),
      )
      .addError(problem(RaceNotFound))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.get("replay", "/races/:race_id/replay")
      .setPath(RacePath)
      .addSuccess(fromProjection("Every input of the race, and its frames."))
      .addError(problem(RaceNotFound))
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "Replaying the inputs gives the same result, bit for bit."),
  )
  .add(
    HttpApiEndpoint.get("verify", "/races/:race_id/verify")
      .setPath(RacePath)
      .addSuccess(fromProjection("Commitment, server seed, digest of the bets, inputs, result."))
      .addError(problem(RaceNotFound))
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "What a third party needs to recompute the result."),
  ) {}
