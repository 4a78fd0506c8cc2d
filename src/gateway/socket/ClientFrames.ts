/**
 * Decodes what a client sends. The frame's `type` picks the one schema that is tried, so a frame costs one decoding
 * and a refusal speaks of the frame that was meant.
 */
import { Either, type Schema } from "effect";
import { ClientFrame } from "../../../rpc/frames.ts";
import { ValidationFailed } from "../../../rpc/http/failure.ts";
import { type Decoder, decoder } from "../Decoder.ts";
import { fieldProblems } from "../FieldProblems.ts";
import { mayBeUnkeepable, unkeepable } from "../KeepableText.ts";

/** A frame that cannot be used; `id` is the client's, if it could be read. */
export interface RefusedFrame {
  readonly id: string | undefined;
  readonly failure: ValidationFailed;
}

const decoders: ReadonlyMap<unknown, Decoder<ClientFrame>> = new Map(
  ClientFrame.members.map((member) => [
    member.fields.type.literals[0],
    decoder(member as Schema.Schema<ClientFrame, unknown>),
  ]),
);

const refused = (id: unknown, errors: ValidationFailed["errors"]) =>
  Either.left({
    id: typeof id === "string" ? id : undefined,
    failure: new ValidationFailed({ errors }),
  });

const knownTypes = [...decoders.keys()].join(", ");

export const decodeClientFrame = (text: string): Either.Either<ClientFrame, RefusedFrame> => {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return refused(undefined, [{ path: "", message: "The frame is not valid JSON." }]);
  }
  if (typeof frame !== "object" || frame === null || !("type" in frame))
    return refused(undefined, [{ path: "type", message: "is missing" }]);
  const id = "id" in frame ? frame.id : undefined;
  const problems = mayBeUnkeepable(text) ? unkeepable(frame) : [];
  if (problems.length > 0) return refused(id, problems);
  const decode = decoders.get(frame.type);
  if (decode === undefined)
    return refused(id, [{ path: "type", message: `must be one of ${knownTypes}` }]);
  const decoded = decode(frame);
  if (Either.isRight(decoded)) return Either.right(decoded.right);
  return refused(id, fieldProblems(decoded.left));
};
