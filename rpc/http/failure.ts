/** What the gateway itself refuses with, before or instead of asking an entity. */
import { HttpApiSchema } from "@effect/platform";
import { Schema } from "effect";

/** One field of a request that is missing or wrong. `path` as in `selection.0`; empty for the body as a whole. */
export const FieldProblem = Schema.Struct({ path: Schema.String, message: Schema.String });
export type FieldProblem = typeof FieldProblem.Type;

export class ValidationFailed extends Schema.TaggedError<ValidationFailed>()(
  "ValidationFailed",
  { errors: Schema.Array(FieldProblem) },
  HttpApiSchema.annotations({ status: 400 }),
) {
  override get message() {
    const first = this.errors[0];
    if (first === undefined) return "The request is malformed.";
    return first.path === "" ? first.message : `${first.path}: ${first.message}`;
  }
}

/** No token, or one that is forged, expired, revoked or unreadable. Which of these is not told. */
export class Unauthorized extends Schema.TaggedError<Unauthorized>()(
  "Unauthorized",
  {},
  HttpApiSchema.annotations({ status: 401 }),
) {
  override get message() {
    return "This needs a valid token: Authorization: Bearer <token>.";
  }
}

/** The user name or the password is wrong; which of them is not told. */
export class BadCredentials extends Schema.TaggedError<BadCredentials>()(
  "BadCredentials",
  {},
  HttpApiSchema.annotations({ status: 401 }),
) {
  override get message() {
    return "The user name or the password is wrong.";
  }
}

/** A guest has no password, and the administrator's is a setting of the server. */
export class PasswordNotYours extends Schema.TaggedError<PasswordNotYours>()(
  "PasswordNotYours",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "This account has no password that it could change.";
  }
}

export class Forbidden extends Schema.TaggedError<Forbidden>()(
  "Forbidden",
  {},
  HttpApiSchema.annotations({ status: 403 }),
) {
  override get message() {
    return "Your account may not do this.";
  }
}

export class NotFound extends Schema.TaggedError<NotFound>()(
  "NotFound",
  {},
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is nothing at this address. /docs lists what there is.";
  }
}

export class RaceNotFound extends Schema.TaggedError<RaceNotFound>()(
  "RaceNotFound",
  { raceId: Schema.String },
  HttpApiSchema.annotations({ status: 404 }),
) {
  override get message() {
    return "There is no such race.";
  }
}

export class MethodNotAllowed extends Schema.TaggedError<MethodNotAllowed>()(
  "MethodNotAllowed",
  { allowed: Schema.Array(Schema.String) },
  HttpApiSchema.annotations({ status: 405 }),
) {
  override get message() {
    return `Allowed here: ${this.allowed.join(", ")}.`;
  }
}

export class UsernameTaken extends Schema.TaggedError<UsernameTaken>()(
  "UsernameTaken",
  {},
  HttpApiSchema.annotations({ status: 409 }),
) {
  override get message() {
    return "This user name is taken. Choose another.";
  }
}

export class PayloadTooLarge extends Schema.TaggedError<PayloadTooLarge>()(
  "PayloadTooLarge",
  { limitBytes: Schema.Int },
  HttpApiSchema.annotations({ status: 413 }),
) {
  override get message() {
    return `The body may have ${this.limitBytes} bytes at most.`;
  }
}

export class UnsupportedMediaType extends Schema.TaggedError<UnsupportedMediaType>()(
  "UnsupportedMediaType",
  {},
  HttpApiSchema.annotations({ status: 415 }),
) {
  override get message() {
    return "The body must be JSON: Content-Type: application/json.";
  }
}

export class UpgradeRequired extends Schema.TaggedError<UpgradeRequired>()(
  "UpgradeRequired",
  {},
  HttpApiSchema.annotations({ status: 426 }),
) {
  override get message() {
    return "This address speaks WebSocket only.";
  }
}

/** The caller, or its address, asks more often than it may. Nothing has happened. */
export class RateLimited extends Schema.TaggedError<RateLimited>()(
  "RateLimited",
  { retryAfterMs: Schema.Int },
  HttpApiSchema.annotations({ status: 429 }),
) {
  override get message() {
    return `Too many requests. Ask again in ${this.retryAfterMs} ms.`;
  }
}

/** A fault of ours. The request id finds it in the log; nothing else of it leaves. */
export class InternalError extends Schema.TaggedError<InternalError>()(
  "InternalError",
  {},
  HttpApiSchema.annotations({ status: 500 }),
) {
  override get message() {
    return "Something went wrong here. The request id in X-Request-Id identifies it.";
  }
}
