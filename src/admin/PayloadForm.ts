/** The JSON Schema of a message's payload, such that a form can be made of it without knowing anything else. */
import { JSONSchema, type Schema, SchemaAST } from "effect";
import type { PayloadSchemaBody } from "../../rpc/http/admin.ts";

/** Every message has these, and they are given apart. */
const GIVEN_APART: ReadonlyArray<PropertyKey> = ["entityId", "commandId"];

const DEFINITIONS = "#/$defs/";

/** Dies on a payload that is no struct: a contract declares none. */
export const payloadForm = (payload: Schema.Schema.All): PayloadSchemaBody => {
  const fields = SchemaAST.getPropertySignatures(payload.ast).filter(
    ({ name }) => !GIVEN_APART.includes(name),
  );
  const own = new SchemaAST.TypeLiteral(fields, []);
  const definitions: Record<string, unknown> = {};
  // A literal without fields means "anything but null" and has no properties of its own.
  const made =
    fields.length === 0
      ? {}
      : JSONSchema.fromAST(own, { definitions: definitions as never, definitionPath: DEFINITIONS });
  const { properties, required } = made as Partial<PayloadSchemaBody>;
  return {
    type: "object",
    required: required ?? [],
    properties: inlined(properties ?? {}, definitions) as PayloadSchemaBody["properties"],
  };
};

/** Puts what a `$ref` names in its place; what stands beside the reference narrows it. No payload contains itself. */
const inlined = (node: unknown, definitions: Readonly<Record<string, unknown>>): unknown => {
  if (Array.isArray(node)) return node.map((one) => inlined(one, definitions));
  if (typeof node !== "object" || node === null) return node;
  const { $ref, ...own } = node as Readonly<Record<string, unknown>>;
  const referred =
    typeof $ref === "string" ? definitions[$ref.slice(DEFINITIONS.length)] : undefined;
  const whole = { ...(referred as object | undefined), ...own };
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => [name, inlined(value, definitions)]),
  );
};
