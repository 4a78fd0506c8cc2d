/**
 * A form made of a JSON Schema, in the part of it that the server's contracts use: numbers with bounds, text with lengths and
 * patterns, choices, objects with optional fields, lists, and unions. What a form cannot say becomes a field for JSON.
 */
import { isObject } from "../entity/json.ts";
import type { Json, JsonObject } from "../entity/json.ts";
import { saying } from "../texts/AdminText.ts";
import type { Saying } from "../texts/AdminText.ts";

export type Field = { readonly note: string | null } & (
  | {
      readonly type: "text";
      readonly minLength: number;
      readonly maxLength: number | null;
      readonly pattern: string | null;
    }
  | {
      readonly type: "number";
      readonly isInteger: boolean;
      readonly minimum: number | null;
      readonly maximum: number | null;
      /** The minimum itself is too little. */
      readonly isAboveMinimum: boolean;
      /** Minor units of money, as the schema's note says. */
      readonly isMoney: boolean;
    }
  | { readonly type: "flag" }
  | { readonly type: "choice"; readonly options: readonly Json[] }
  | { readonly type: "constant"; readonly value: Json }
  | { readonly type: "group"; readonly members: readonly Member[] }
  | {
      readonly type: "list";
      readonly item: Field;
      readonly minItems: number;
      readonly maxItems: number | null;
    }
  | { readonly type: "variants"; readonly variants: readonly Variant[] }
  | { readonly type: "json" }
);

export interface Member {
  readonly name: string;
  readonly isRequired: boolean;
  readonly field: Field;
}

export interface Variant {
  /** Its tag, which is the contract's, or what it is, to be said. */
  readonly label: string | Saying;
  readonly field: Field;
}

/** What the schema library says of itself where nobody wrote a description. */
const UNWRITTEN = /^an? (non empty )?(string|number|integer|boolean|positive|non-negative|bigint)/;

/** The form of `schema`; its references have been resolved before. */
export function fieldOf(schema: Json): Field {
  if (!isObject(schema)) return { type: "json", note: null };
  const note = noteOf(schema);
  if ("const" in schema) return { type: "constant", value: schema["const"] ?? null, note };
  const options = schema["enum"];
  if (Array.isArray(options)) {
    return options.length === 1
      ? { type: "constant", value: (options as readonly Json[])[0] ?? null, note }
      : { type: "choice", options: options as readonly Json[], note };
  }
  const union = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(union)) return unionOf(union as readonly Json[], note);
  switch (schema["type"]) {
    case "string":
      return {
        type: "text",
        minLength: number(schema["minLength"]) ?? 0,
        maxLength: number(schema["maxLength"]),
        pattern: text(schema["pattern"]),
        note,
      };
    case "integer":
    case "number":
      return numberOf(schema, note);
    case "boolean":
      return { type: "flag", note };
    case "null":
      return { type: "constant", value: null, note };
    case "object":
      return groupOf(schema, note);
    case "array": {
      const { items } = schema;
      if (!isObject(items)) return { type: "json", note };
      return {
        type: "list",
        item: fieldOf(items),
        minItems: number(schema["minItems"]) ?? 0,
        maxItems: number(schema["maxItems"]),
        note,
      };
    }
    default:
      return { type: "json", note };
  }
}

function numberOf(schema: JsonObject, note: string | null): Field {
  const exclusive = number(schema["exclusiveMinimum"]);
  const least = number(schema["minimum"]);
  const isAboveMinimum = exclusive !== null && (least === null || exclusive >= least);
  return {
    type: "number",
    isInteger: schema["type"] === "integer",
    minimum: isAboveMinimum ? exclusive : least,
    maximum: number(schema["maximum"]),
    isAboveMinimum,
    isMoney: /\bminor units\b/.test(text(schema["description"]) ?? ""),
    note,
  };
}

function groupOf(schema: JsonObject, note: string | null): Field {
  const { properties, required, additionalProperties, patternProperties } = schema;
  // Names that nobody knows beforehand.
  if (isObject(additionalProperties) || patternProperties !== undefined)
    return { type: "json", note };
  if (!isObject(properties)) return { type: "json", note };
  const members = Object.entries(properties).map(([name, member]) => ({
    name,
    isRequired: Array.isArray(required) && required.includes(name),
    field: fieldOf(member),
  }));
  return { type: "group", members, note };
}

function unionOf(schemas: readonly Json[], note: string | null): Field {
  const fields = schemas.map(fieldOf);
  const [only] = fields;
  if (only !== undefined && fields.length === 1) return only;
  const isConstants = fields.every((field) => field.type === "constant" || field.type === "choice");
  if (isConstants) {
    const options = fields.flatMap((field) =>
      field.type === "constant" ? [field.value] : field.type === "choice" ? field.options : [],
    );
    return { type: "choice", options, note };
  }
  const variants = fields.map((field, at) => ({ label: labelOf(field, at), field }));
  return { type: "variants", variants, note };
}

/** A case of a union is called by its tag, if it has one. */
function labelOf(field: Field, at: number): string | Saying {
  if (field.type === "group") {
    const tag = field.members.find((member) => member.field.type === "constant");
    if (tag?.field.type === "constant") return String(tag.field.value);
  }
  switch (field.type) {
    case "constant":
      return field.value === null ? saying("variant.none") : String(field.value);
    case "group":
    case "variants":
      return saying(`variant.${field.type}`, { number: at + 1 });
    default:
      return saying(`variant.${field.type}`);
  }
}

function noteOf(schema: JsonObject): string | null {
  const description = text(schema["description"]);
  return description === null || UNWRITTEN.test(description) ? null : description;
}

function text(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

function number(value: Json | undefined): number | null {
  return typeof value === "number" ? value : null;
}
