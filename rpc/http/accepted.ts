/**
 * The answer of an endpoint that has two: done (its first success status), or taken on and not done yet (202). Both may have
 * the same body, so the type tells them apart: a handler says which it means, and a typed client learns which it got.
 */
import { HttpApiSchema } from "@effect/platform";
import { type Option, Schema, SchemaAST } from "effect";

export const ACCEPTED_STATUS = 202;

export class Accepted<A> {
  readonly body: A;

  constructor(body: A) {
    this.body = body;
  }
}

const AcceptedAnnotation = Symbol.for("croupier/http/Accepted");

/** Whether a success schema was made by `accepted`. */
export const isAccepted = (ast: SchemaAST.AST): Option.Option<true> =>
  SchemaAST.getAnnotation<true>(ast, AcceptedAnnotation);

/** The schema of the second answer: on the wire the body alone. */
export const accepted = <A, I>(body: Schema.Schema<A, I>): Schema.Schema<Accepted<A>, I> =>
  Schema.transform(body, Schema.instanceOf(Accepted) as unknown as Schema.Schema<Accepted<A>>, {
    strict: true,
    decode: (value) => new Accepted(value),
    encode: (answer) => answer.body,
  }).annotations({
    ...HttpApiSchema.annotations({ status: ACCEPTED_STATUS }),
    [AcceptedAnnotation]: true,
  });
