/**
 * Writes sdk/src/wire.ts: what the Schemas in rpc/ say, as plain TypeScript that needs neither Effect nor this repository.
 *
 *     npx tsx scripts/sdk-types.ts
 *
 * The frames come from rpc/frames.ts, the calls from the REST contract's OpenAPI document. A body that some module of
 * rpc/ exports keeps its name there; a type that is written nowhere is spelled out where it is used.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { OpenApi } from "@effect/platform";
import { JSONSchema, Schema } from "effect";
import { compile, type JSONSchema as CompiledSchema } from "json-schema-to-typescript";
import { format } from "oxfmt";
import ts from "typescript";
import { ClientFrame, ServerFrame } from "../rpc/frames.ts";
import { DocumentedApi } from "../rpc/http/api.ts";

const ROOT = new URL("..", import.meta.url);
const OUTPUT = new URL("sdk/src/wire.ts", ROOT);
/** What both frames and calls are made of, and the frames; what rpc/http/ has comes after them. */
const BODIES = ["frames.ts", "raffleBody.ts", "reservationBody.ts", "handBody.ts"];
const METHODS = ["get", "post", "put", "patch", "delete"] as const;
/** HttpApi's own decoding failure, which this server answers as `ValidationFailed`. */
const FOREIGN = ["HttpApiDecodeError", "Issue", "PropertyKey"];
/** How a number is described that stands in a URL, and is text there. */
const NUMBER_IN_TEXT = /^NumberFromString$|^an? (\w+ )?(number|integer)\b|decoded into a number/;

type Json = unknown;
type Node = { readonly [name: string]: Json };
type Definitions = Record<string, Json>;

const isNode = (value: Json): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The JSON text of a schema with its parts in a fixed order, so that equal schemas have equal texts. */
const textOf = (schema: Json): string =>
  JSON.stringify(schema, (_, value: Json) =>
    isNode(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** A schema's own shape: descriptions that only repeat a constraint are dropped, and so are the constraints. */
const plain = (schema: Json, definitions: Node): Json => {
  if (Array.isArray(schema)) return schema.map((part) => plain(part, definitions));
  if (!isNode(schema)) return schema;
  // What is said more about a referred schema, its default among it, wraps it so.
  if (Array.isArray(schema["allOf"]) && schema["allOf"].length === 1)
    return plain(schema["allOf"][0], definitions);
  const name = referenceOf(schema);
  if (name !== undefined) {
    if (NUMBER_IN_TEXT.test(name)) return { type: "number" };
    const target = definitions[name];
    // Named scalars (Int, PositiveMinor) are numbers and strings to whoever calls.
    if (isNode(target) && target["type"] !== "object" && !("anyOf" in target))
      return plain(target, definitions);
    return { $ref: `#/definitions/${name}` };
  }
  if (schema["type"] === "string" && NUMBER_IN_TEXT.test(String(schema["description"])))
    return { type: "number" };
  const kept = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    if (key === "properties" && isNode(value))
      return [
        [
          key,
          Object.fromEntries(
            Object.entries(value).map(([name, part]) => [name, plain(part, definitions)]),
          ),
        ],
      ];
    if (key === "type" && value === "integer") return [[key, "number"]];
    if (KEPT.includes(key)) return [[key, plain(value, definitions)]];
    // A record's key is text whatever its pattern.
    if (key === "patternProperties" && isNode(value))
      return [["additionalProperties", plain(Object.values(value)[0], definitions)]];
    return [];
  });
  return Object.fromEntries(kept);
};
const KEPT = ["type", "required", "additionalProperties", "items", "anyOf", "oneOf", "enum"];

const referenceOf = (schema: Node): string | undefined => {
  const reference = schema["$ref"];
  return typeof reference === "string"
    ? reference.slice(reference.lastIndexOf("/") + 1)
    : undefined;
};

/** What the modules of rpc/ export as Schemas, by name. */
const namedSchemas = async (): Promise<Definitions> => {
  const folder = new URL("rpc/http/", ROOT);
  const files = [
    ...BODIES.map((name) => new URL(`rpc/${name}`, ROOT)),
    ...readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .toSorted()
      .map((name) => pathToFileURL(fileURLToPath(new URL(name, folder)))),
  ];
  const named: Definitions = {};
  for (const file of files) {
    const module = (await import(file.href)) as Readonly<Record<string, unknown>>;
    for (const [name, value] of Object.entries(module).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      // Failures are classes; on the wire they are problems, which the document names.
      if (!/^[A-Z]/.test(name) || !Schema.isSchema(value) || "_tag" in value) continue;
      const schema = shapeOf(value as Schema.Schema.AnyNoContext);
      if (isNode(schema) && (schema["type"] === "object" || name.endsWith("Frame")))
        named[name] = schema;
    }
  }
  return named;
};

const shapeOf = (schema: Schema.Schema.AnyNoContext): Json => {
  const made = JSONSchema.make(schema) as unknown as Node;
  return plain(made, (made["$defs"] ?? {}) as Node);
};

/** The schema with every part that has a name replaced by the name. */
const withNames = (schema: Json, names: ReadonlyMap<string, string>, own?: string): Json => {
  if (Array.isArray(schema)) return schema.map((part) => withNames(part, names));
  if (!isNode(schema)) return schema;
  const name = names.get(textOf(schema));
  if (name !== undefined && name !== own) return { $ref: `#/definitions/${name}` };
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, withNames(value, names)]),
  );
};

const objectOf = (
  properties: Node,
  required: readonly string[] = Object.keys(properties),
): Json => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

const NONE: Json = { tsType: "undefined" };

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Json;
}

/** Path or query parameters as one object; `undefined` where there are none. */
const parametersOf = (parameters: readonly Parameter[], place: string, schemas: Node): Json => {
  const here = parameters.filter((parameter) => parameter.in === place);
  if (here.length === 0) return NONE;
  return objectOf(
    Object.fromEntries(here.map(({ name, schema }) => [name, plain(schema, schemas)])),
    here.filter(({ required }) => required).map(({ name }) => name),
  );
};

const bodyOf = (content: Json, schemas: Node): Json => {
  const [media] = isNode(content) ? Object.entries(content) : [];
  if (media === undefined || !isNode(media[1])) return NONE;
  return media[0] === "application/json"
    ? plain(media[1]["schema"], schemas)
    : { tsType: "string" };
};

/** Schemas of an answer with several shapes are a union, whatever their status; one shape of several statuses is one. */
const answerOf = (responses: Node, schemas: Node): Json => {
  const bodies = Object.entries(responses)
    .filter(([status]) => Number(status) < 300)
    .map(([, response]) => bodyOf((response as Node)["content"], schemas));
  const shapes = [...new Map(bodies.map((body) => [textOf(body), body])).values()];
  return shapes.length === 1 ? shapes[0] : { anyOf: shapes };
};

/** Every call by `METHOD /path`, and every problem. */
const restSchemas = (): { readonly endpoints: Definitions; readonly problems: Definitions } => {
  const document = OpenApi.fromApi(DocumentedApi);
  const schemas = document.components.schemas as unknown as Node;
  const endpoints: Definitions = {};
  for (const [path, operations] of Object.entries(document.paths))
    for (const method of METHODS) {
      const operation = operations[method];
      if (operation === undefined) continue;
      const parameters = operation.parameters as unknown as readonly Parameter[];
      const body = operation.requestBody as unknown as Node | undefined;
      endpoints[`${method.toUpperCase()} ${path}`] = {
        ...(objectOf({
          id: { type: "string", enum: [operation.operationId] },
          path: parametersOf(parameters, "path", schemas),
          query: parametersOf(parameters, "query", schemas),
          body: body === undefined ? NONE : bodyOf(body["content"], schemas),
          key: parameters.some(({ name }) => name === "x-idempotency-key")
            ? { type: "string" }
            : NONE,
          answer: answerOf(operation.responses as unknown as Node, schemas),
        }) as Node),
        ...(operation.description === undefined ? {} : { description: operation.description }),
      };
    }
  const problems = Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]): [string, Json][] =>
      !FOREIGN.includes(name) && isNode(schema) && isProblem(schema)
        ? [[`${name}Problem`, plain(schema, schemas)]]
        : [],
    ),
  );
  return { endpoints, problems };
};

const isProblem = ({ properties }: Node): boolean =>
  isNode(properties) && ["type", "title", "status", "code", "detail"].every((f) => f in properties);

/** Everything that is read from the wire is readonly. */
const asReadonly = (source: string): string => {
  const file = ts.createSourceFile("wire.ts", source, ts.ScriptTarget.Latest, true);
  const { factory } = ts;
  const isReadonly = (node: ts.Node) =>
    ts.isTypeOperatorNode(node.parent) && node.parent.operator === ts.SyntaxKind.ReadonlyKeyword;
  /** JSON leaves out what is undefined, so a field that may be missing may also be given as that. */
  const orUndefined = (type: ts.TypeNode | undefined) =>
    factory.createUnionTypeNode([
      ...(type === undefined ? [] : [type]),
      factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
    ]);
  const transformer: ts.TransformerFactory<ts.SourceFile> = (context) => {
    const visit = (node: ts.Node): ts.Node => {
      const inner = ts.visitEachChild(node, visit, context);
      const readonly = [factory.createModifier(ts.SyntaxKind.ReadonlyKeyword)];
      if (ts.isPropertySignature(inner))
        return factory.updatePropertySignature(
          inner,
          readonly,
          inner.name,
          inner.questionToken,
          inner.questionToken === undefined ? inner.type : orUndefined(inner.type),
        );
      if (ts.isIndexSignatureDeclaration(inner))
        return factory.updateIndexSignature(inner, readonly, inner.parameters, inner.type);
      if (ts.isArrayTypeNode(inner) && !isReadonly(node))
        return factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, inner);
      return inner;
    };
    return (root) => ts.visitEachChild(root, visit, context);
  };
  const { transformed } = ts.transform(file, [transformer]);
  const [result] = transformed;
  if (result === undefined) throw new Error("The types could not be made readonly.");
  return ts.createPrinter().printFile(result);
};

const BANNER = `/**
 * What goes over the wire, as plain types.
 *
 * Generated from the contracts in rpc/ by \`npx tsx scripts/sdk-types.ts\`; not to be edited.
 */
`;

/** The text of sdk/src/wire.ts. */
export const wireSource = async (): Promise<string> => {
  const named = await namedSchemas();
  const { endpoints, problems } = restSchemas();
  const used = { ...named, ServerFrame: shapeOf(ServerFrame), ClientFrame: shapeOf(ClientFrame) };
  // Of several names for one shape the first counts.
  const names = new Map(
    Object.entries(used)
      .toReversed()
      .map(([name, schema]) => [textOf(schema), name]),
  );
  const distinct = Object.entries(used).filter(
    ([name, schema]) => names.get(textOf(schema)) === name,
  );
  const definitions: Definitions = {
    ...Object.fromEntries(distinct.map(([name, schema]) => [name, withNames(schema, names, name)])),
    ...problems,
    Problem: { anyOf: Object.keys(problems).map((name) => ({ $ref: `#/definitions/${name}` })) },
    Endpoints: objectOf(withNames(endpoints, names) as Node),
  };
  const compiled = await compile(
    { title: "Wire", ...(objectOf({}) as object), definitions } as CompiledSchema,
    "Wire",
    { bannerComment: "", unreachableDefinitions: true, ignoreMinAndMaxItems: true, format: false },
  );
  const source = compiled
    .replaceAll(/\/\*\*\n(?: \*[^\n]*\n)*? \* This interface was referenced by[^/]*\*\/\n/g, "")
    .replace(/export interface Wire\s*\{\s*\}\n/, "");
  const { code } = await format("wire.ts", BANNER + asReadonly(source), { printWidth: 100 });
  return code;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(OUTPUT, await wireSource());
