import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema } from "@effect/platform";
import { Schema } from "effect";
import { NotFound } from "./failure.ts";
import { problem } from "./problem.ts";

export const PartHealth = Schema.Struct({
  status: Schema.Literal("up", "down"),
  /** Why it is down, in a sentence that tells nothing internal. */
  detail: Schema.optional(Schema.String),
  checked_in_ms: Schema.Number,
});
export type PartHealth = typeof PartHealth.Type;

const parts = Schema.Record({ key: Schema.String, value: PartHealth });

export const Healthy = Schema.Struct({ status: Schema.Literal("ok"), parts });
/** Answered with 503 when a part is down, or the process is about to stop. */
export class Unhealthy extends Schema.TaggedError<Unhealthy>()(
  "Unhealthy",
  { parts },
  HttpApiSchema.annotations({ status: 503 }),
) {
  override get message() {
    const down = Object.keys(this.parts).filter((name) => this.parts[name]?.status === "down");
    return down.length === 0 ? "The process is stopping." : `Down: ${down.join(", ")}.`;
  }
}

export class OpsApi extends HttpApiGroup.make("ops")
  .add(HttpApiEndpoint.get("health", "/health").addSuccess(Healthy).addError(problem(Unhealthy)))
  /** The process runs and its event loop turns. */
  .add(
    HttpApiEndpoint.get("live", "/health/live").addSuccess(
      Schema.Struct({ status: Schema.Literal("ok") }),
    ),
  )
  /** Requests may be sent here. */
  .add(
    HttpApiEndpoint.get("ready", "/health/ready").addSuccess(Healthy).addError(problem(Unhealthy)),
  )
  /** One part alone, such as `db` or `cluster`. */
  .add(
    HttpApiEndpoint.get("part", "/health/:part")
      .setPath(Schema.Struct({ part: Schema.String.pipe(Schema.maxLength(40)) }))
      .addSuccess(Healthy)
      .addError(problem(Unhealthy))
      .addError(problem(NotFound)),
  )
  .add(
    HttpApiEndpoint.get("metrics", "/metrics").addSuccess(
      HttpApiSchema.Text({ contentType: "text/plain; version=0.0.4; charset=utf-8" }),
    ),
  ) {}
