import { Schema } from "effect";

/** The embedded PostgreSQL cannot be made or started; the message says what to do. */
export class EmbeddedPostgresError extends Schema.TaggedError<EmbeddedPostgresError>()(
  "EmbeddedPostgresError",
  { message: Schema.String, cause: Schema.optional(Schema.Defect) },
) {}
