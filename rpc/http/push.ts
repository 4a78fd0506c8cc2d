/** Web push: notices to a browser that asked for them, its page closed or not. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { problem } from "./problem.ts";
import { Authenticated } from "./security.ts";

const Base64Url = Schema.String.pipe(Schema.pattern(/^[\w-]{1,256}={0,2}$/));

/** As `PushSubscription.toJSON()` gives it. */
export const PushSubscriptionBody = Schema.Struct({
  endpoint: Schema.String.pipe(Schema.maxLength(2000), Schema.pattern(/^https?:\/\//)),
  keys: Schema.Struct({ p256dh: Base64Url, auth: Base64Url }),
  /** The language of the notices. */
  language: Schema.optionalWith(Schema.Literal("en", "es"), { default: () => "en" as const }),
});
export type PushSubscriptionBody = typeof PushSubscriptionBody.Type;

/** The service takes so many browsers of one player. */
export class TooManySubscriptions extends Schema.TaggedError<TooManySubscriptions>()(
  "TooManySubscriptions",
  { limit: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `Notices go to at most ${this.limit} browsers. Switch them off in one first.`;
  }
}

/** The address is of no push service that this server talks to. */
export class PushServiceUnknown extends Schema.TaggedError<PushServiceUnknown>()(
  "PushServiceUnknown",
  {},
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return "This push service is not known here. PUSH_SERVICES names those that are.";
  }
}

export class PushApi extends HttpApiGroup.make("push")
  .add(
    HttpApiEndpoint.get("key", "/api/v1/push/key")
      .addSuccess(Schema.Struct({ public_key: Schema.String }))
      .addError(problem(Unavailable))
      .annotate(OpenApi.Description, "The server's VAPID key, for `pushManager.subscribe`."),
  )
  .add(
    HttpApiEndpoint.post("subscribe", "/api/v1/push/subscriptions")
      .setPayload(PushSubscriptionBody)
      .addSuccess(Schema.Struct({ subscribed: Schema.Literal(true) }), { status: 201 })
      .addError(problem(TooManySubscriptions))
      .addError(problem(PushServiceUnknown))
      .addError(problem(Unavailable))
      .middleware(Authenticated)
      .annotate(
        OpenApi.Description,
        "Notices: a minute before a reservation runs out, when a raffle with tickets of the player is drawn, and when one wins.",
      ),
  )
  .add(
    HttpApiEndpoint.post("unsubscribe", "/api/v1/push/unsubscribe")
      .setPayload(Schema.Struct({ endpoint: PushSubscriptionBody.fields.endpoint }))
      .addSuccess(Schema.Struct({ subscribed: Schema.Literal(false) }))
      .addError(problem(Unavailable))
      .middleware(Authenticated),
  ) {}
