/**
 * How a failure looks on the wire: `application/problem+json` (RFC 9457) with a stable `code`.
 *
 * Failures are `Schema.TaggedError`s and stay so up to the edge. `problem(Failure)` is the failure's schema as an
 * HTTP answer: encoded it is the problem's JSON, decoded it is the failure itself. So the OpenAPI document shows what is
 * really sent, a typed client gets the typed failure back, and nobody writes a mapping.
 */
import { HttpApiSchema } from "@effect/platform";
import { type Option, Schema, SchemaAST } from "effect";

export const PROBLEM_CONTENT_TYPE = "application/problem+json";

/** Codes that are not the failure's name in snake_case. What is missing is `not_found`, whatever it is. */
const CODES: Readonly<Record<string, string>> = {
  LobbyNotFound: "not_found",
  BetNotFound: "not_found",
  WalletNotFound: "not_found",
  HoldNotFound: "not_found",
  RaceNotFound: "not_found",
  RunnerNotFound: "not_found",
  PlayerNotFound: "not_found",
  FavorNotFound: "not_found",
  RaffleNotFound: "not_found",
  ReservationNotFound: "not_found",
  PaymentNotFound: "not_found",
  HandNotFound: "not_found",
  RecordedPlayerNotFound: "not_found",
  ProcessNotFound: "not_found",
  KindNotFound: "not_found",
  EntityNotFound: "not_found",
  VersionNotFound: "not_found",
  MessageNotFound: "not_found",
  NotYours: "forbidden",
  RaffleNotYours: "forbidden",
};

/** `StakeBelowMin` → `stake_below_min`, `minStakeMinor` → `min_stake_minor`. */
const snakeCase = (name: string) =>
  name.replace(/[A-Z]/g, (letter, at) => (at === 0 ? "" : "_") + letter.toLowerCase());

/** The stable code of the failure with this name. */
export const problemCode = (tag: string): string => CODES[tag] ?? snakeCase(tag);

/** A field's name on the wire: money bears no unit there, since it is always in minor units. */
const wireName = (field: string) => snakeCase(field.replace(/Minor$/, ""));

/** A field that is a moment, epoch milliseconds here and ISO-8601 on the wire. */
const isMoment = (field: string) => field.endsWith("At");

/** Everything about a failure's answer but its values. */
export interface ProblemShape {
  readonly tag: string;
  readonly code: string;
  readonly status: number;
  readonly title: string;
  /** The failure's own fields: the name here and the name on the wire. */
  readonly fields: ReadonlyArray<readonly [name: string, wireName: string]>;
}

/** What any failure has. */
export interface Failure {
  readonly _tag: string;
  readonly message: string;
}

export type ProblemBody = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
};

/** The JSON of a failure's answer. */
export const problemBody = (shape: ProblemShape, failure: Failure): ProblemBody => {
  const values = failure as unknown as Readonly<Record<string, unknown>>;
  const body: Record<string, unknown> & ProblemBody = {
    type: `urn:croupier:problem:${shape.code}`,
    title: shape.title,
    status: shape.status,
    code: shape.code,
    detail: failure.message,
  };
  for (const [name, wire] of shape.fields) {
    const value = values[name];
    if (value !== undefined)
      body[wire] = isMoment(name) ? new Date(Number(value)).toISOString() : value;
  }
  return body;
};

interface FailureClass<Self> extends Schema.Schema.AnyNoContext {
  new (props: never, options?: Schema.MakeOptions): Self;
  readonly _tag: string;
  readonly fields: Schema.Struct.Fields;
}

export const shapeOf = (failure: FailureClass<unknown>): ProblemShape => {
  const code = problemCode(failure._tag);
  return {
    tag: failure._tag,
    code,
    status: HttpApiSchema.getStatusError(failure),
    title: snakeCase(failure._tag)
      .replaceAll("_", " ")
      .replace(/^./, (first) => first.toUpperCase()),
    fields: Object.keys(failure.fields)
      .filter((name) => name !== "_tag")
      .map((name) => [name, wireName(name)] as const),
  };
};

const ShapeAnnotation = Symbol.for("croupier/http/ProblemShape");

/** The shape of a schema made by `problem`; none for any other. */
export const problemShape = (ast: SchemaAST.AST): Option.Option<ProblemShape> =>
  SchemaAST.getAnnotation<ProblemShape>(ast, ShapeAnnotation);

/** A failure's schema as an HTTP answer, with its status. */
export const problem = <Self extends Failure>(
  Failure: FailureClass<Self>,
): Schema.Schema<Self, ProblemBody> => {
  const shape = shapeOf(Failure);
  const own = Object.fromEntries(
    shape.fields.map(([name, wire]) => {
      const field = Failure.fields[name];
      if (isMoment(name)) return [wire, Schema.String];
      return [wire, Schema.isPropertySignature(field) ? Schema.optional(Schema.Unknown) : field];
    }),
  ) as Schema.Struct.Fields;
  const encoded = Schema.Struct({
    type: Schema.String,
    title: Schema.String,
    status: Schema.Literal(shape.status),
    code: Schema.Literal(shape.code),
    detail: Schema.String,
    ...own,
  }).annotations({ identifier: `${shape.tag}Problem` });
  return Schema.transform(
    encoded as unknown as Schema.Schema<ProblemBody>,
    Schema.typeSchema(Failure) as Schema.Schema<Self>,
    {
      strict: true,
      decode: (body) =>
        new Failure(
          Object.fromEntries(
            shape.fields.map(([name, wire]) => [
              name,
              isMoment(name) ? Date.parse(String(body[wire])) : body[wire],
            ]),
          ) as never,
        ),
      encode: (_, failure) => problemBody(shape, failure),
    },
  )
    .annotations({
      ...HttpApiSchema.annotations({ status: shape.status }),
      [ShapeAnnotation]: shape,
    })
    .pipe(HttpApiSchema.withEncoding({ kind: "Json", contentType: PROBLEM_CONTENT_TYPE }));
};
