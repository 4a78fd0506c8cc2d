import { HttpApiEndpoint, HttpApiGroup } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { problem } from "./problem.ts";
import { PageLimit } from "./request.ts";

const Row = Schema.Unknown.annotations({ jsonSchema: { type: "object" } });

/** History by runner and by race: starts, wins, place rate, average odds, return. */
export class AnalyticsApi extends HttpApiGroup.make("analytics")
  .add(
    HttpApiEndpoint.get("runners", "/analytics/runners")
      .addSuccess(Schema.Struct({ runners: Schema.Array(Row) }))
      .addError(problem(Unavailable)),
  )
  .add(
    HttpApiEndpoint.get("races", "/analytics/races")
      .setUrlParams(Schema.Struct({ limit: PageLimit(50) }))
      .addSuccess(Schema.Struct({ races: Schema.Array(Row) }))
      .addError(problem(Unavailable)),
  ) {}
