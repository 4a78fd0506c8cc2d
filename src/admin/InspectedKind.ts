/** A kind of entity as the inspector knows it: its messages by tag, and the codecs of its state and rejections. */
import type { Rpc } from "@effect/rpc";
import { Context, Either, type ParseResult, Schema } from "effect";
import { IsQuery } from "../../rpc/contract.ts";
import type { KindBody, MessageBody, RejectionBody } from "../../rpc/http/admin.ts";
import { canonical } from "../audit/Canonical.ts";
import type { AuditedKind } from "../audit/EntityFold.ts";
import { payloadForm } from "./PayloadForm.ts";

export interface InspectedMessage {
  readonly isQuery: boolean;
  readonly form: MessageBody;
  readonly decodePayload: (payload: unknown) => Either.Either<unknown, ParseResult.ParseError>;
  /** A rejection, as the entity answers it. */
  readonly rejection: (failure: unknown) => RejectionBody;
  /** A rejection, as the journal has it; one that this release does not know any more keeps its name and fields. */
  readonly storedRejection: (encoded: unknown) => RejectionBody;
}

export class InspectedKind {
  readonly audited: AuditedKind;
  readonly messages: ReadonlyMap<string, InspectedMessage>;
  readonly #encodeState: (state: unknown) => unknown;

  constructor(audited: AuditedKind) {
    const { contract, snapshots } = audited.actor;
    this.audited = audited;
    this.messages = new Map(
      [...contract.group.requests].map(([tag, rpc]) => [
        tag,
        inspectedMessage(tag, rpc as unknown as Rpc.AnyWithProps),
      ]),
    );
    this.#encodeState = Schema.encodeSync(snapshots.schema);
  }

  get name(): string {
    return this.audited.actor.contract.kind;
  }

  get forms(): Pick<KindBody, "kind" | "commands" | "queries"> {
    const all = [...this.messages.values()];
    return {
      kind: this.name,
      commands: all.filter(({ isQuery }) => !isQuery).map(({ form }) => form),
      queries: all.filter(({ isQuery }) => isQuery).map(({ form }) => form),
    };
  }

  /** The state as JSON; equal states give equal text, so that two versions can be compared. */
  json(state: unknown): unknown {
    return canonical(this.#encodeState(state));
  }
}

const inspectedMessage = (tag: string, rpc: Rpc.AnyWithProps): InspectedMessage => {
  const payload = rpc.payloadSchema as Schema.Schema<unknown>;
  const failure = rpc.errorSchema as Schema.Schema<unknown>;
  const decodeFailure = Schema.decodeUnknownEither(failure);
  const encodeFailure = Schema.encodeSync(failure);
  return {
    isQuery: Context.get(rpc.annotations, IsQuery),
    form: { tag, payload: payloadForm(payload) },
    decodePayload: Schema.decodeUnknownEither(payload, { errors: "all" }),
    rejection: (rejected) => rejectionBody(encodeFailure(rejected), messageOf(rejected)),
    storedRejection: (encoded) => {
      const decoded = decodeFailure(encoded);
      return rejectionBody(encoded, Either.isRight(decoded) ? messageOf(decoded.right) : undefined);
    },
  };
};

const messageOf = (failure: unknown) =>
  failure instanceof Error && failure.message !== "" ? failure.message : undefined;

/** Without a sentence of its own a rejection is told by its name. */
export const rejectionBody = (encoded: unknown, message: string | undefined): RejectionBody => {
  const { _tag, ...fields } = Object(encoded) as Readonly<Record<string, unknown>>;
  const tag = String(_tag);
  return { tag, message: message ?? tag, fields };
};
