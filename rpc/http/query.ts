/** SQL over what has been exported, for the administrator: DuckDB on Parquet files. Nothing can be changed by it. */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Schema } from "effect";
import { Unavailable } from "../failure.ts";
import { problem } from "./problem.ts";
import { AdminOnly } from "./security.ts";

const MAX_SQL_LENGTH = 10_000;
export const MAX_QUERY_ROWS = 5_000;

export const QueryBody = Schema.Struct({
  sql: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(MAX_SQL_LENGTH)),
  limit: Schema.optionalWith(Schema.Int.pipe(Schema.between(1, MAX_QUERY_ROWS)), {
    default: () => 500,
  }),
});
export type QueryBody = typeof QueryBody.Type;

/** Values as JSON has them; integers beyond 2^53, decimals, dates and nested values as text. */
export const QueriedBody = Schema.Struct({
  columns: Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String })),
  rows: Schema.Array(Schema.Array(Schema.Unknown)),
  /** There are more rows than the limit. */
  truncated: Schema.Boolean,
  elapsed_ms: Schema.Number,
});
export type QueriedBody = typeof QueriedBody.Type;

/** The tables that can be asked, with what has been exported of each. */
export const DatasetsBody = Schema.Struct({
  datasets: Schema.Array(
    Schema.Struct({
      name: Schema.String,
      about: Schema.String,
      rows: Schema.Number,
      columns: Schema.Array(Schema.Struct({ name: Schema.String, type: Schema.String })),
      exported_at: Schema.NullOr(Schema.String),
    }),
  ),
});
export type DatasetsBody = typeof DatasetsBody.Type;

export class QueryFailed extends Schema.TaggedError<QueryFailed>()(
  "QueryFailed",
  { reason: Schema.String },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return this.reason;
  }
}

export class QueryTooLong extends Schema.TaggedError<QueryTooLong>()(
  "QueryTooLong",
  { limitMs: Schema.Int },
  HttpApiSchema.annotations({ status: 422 }),
) {
  override get message() {
    return `The query took longer than ${this.limitMs / 1000} s and was ended. Ask for fewer rows or days.`;
  }
}

export class QueryApi extends HttpApiGroup.make("query")
  .add(
    HttpApiEndpoint.get("datasets", "/api/v1/analytics/datasets")
      .addSuccess(DatasetsBody)
      .addError(problem(Unavailable))
      .middleware(AdminOnly),
  )
  .add(
    HttpApiEndpoint.post("query", "/api/v1/analytics/query")
      .setPayload(QueryBody)
      .addSuccess(QueriedBody)
      .addError(problem(QueryFailed))
      .addError(problem(QueryTooLong))
      .addError(problem(Unavailable))
      .middleware(AdminOnly)
      .annotate(OpenApi.Description, "One SELECT in DuckDB's SQL over the exported tables."),
  ) {}
