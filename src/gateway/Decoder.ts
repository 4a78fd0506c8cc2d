/**
 * A decoder that is quick with good input and thorough with bad: it stops at the first problem, and only then looks for
 * all. Looking for all from the start costs good input a quarter more.
 */
import { Either, type ParseResult, Schema } from "effect";

export type Decoder<A> = (input: unknown) => Either.Either<A, ParseResult.ParseError>;

export const decoder = <A, I>(schema: Schema.Schema<A, I>): Decoder<A> => {
  const first = Schema.decodeUnknownEither(schema);
  const all = Schema.decodeUnknownEither(schema, { errors: "all" });
  return (input) => {
    const decoded = first(input);
    return Either.isRight(decoded) ? decoded : all(input);
  };
};
