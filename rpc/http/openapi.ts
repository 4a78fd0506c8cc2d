/** The OpenAPI document, as `/api/v1/openapi.json` gives it. */
import { OpenApi } from "@effect/platform";
import { DocumentedApi } from "./api.ts";
import { PROBLEM_CONTENT_TYPE } from "./problem.ts";

/** HttpApi adds its own decoding failure to every endpoint; ours is `ValidationFailed`, and it is declared. */
const FOREIGN_SCHEMAS = ["HttpApiDecodeError", "Issue", "PropertyKey"];

interface Media {
  readonly schema: { readonly $ref?: string; anyOf?: ReadonlyArray<{ readonly $ref?: string }> };
}

const isForeign = (schema: { readonly $ref?: string }) =>
  FOREIGN_SCHEMAS.some((name) => schema.$ref === `#/components/schemas/${name}`);

/** Several failures with one status lose their media type on the way; without duplicates the choice reads better. */
const asProblem = (media: Media): Media => {
  const members = media.schema.anyOf?.filter((member) => !isForeign(member));
  if (members === undefined) return media;
  const distinct = [...new Map(members.map((member) => [member.$ref, member])).values()];
  return { schema: distinct.length === 1 ? distinct[0]! : { anyOf: distinct } };
};

export const openApiDocument = (): OpenApi.OpenAPISpec => {
  // Unknown fields of a request are ignored, not refused.
  const document = structuredClone(
    OpenApi.fromApi(DocumentedApi, { additionalPropertiesStrategy: "allow" }),
  );
  for (const name of FOREIGN_SCHEMAS) delete document.components.schemas[name];
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path))
      for (const [status, response] of Object.entries(operation.responses)) {
        if (Number(status) < 400 || response.content === undefined) continue;
        if (status === "400")
          response.description = "A field is missing or wrong, or the body is not JSON";
        const media = (response.content["application/json"] ??
          response.content[PROBLEM_CONTENT_TYPE as "application/json"]) as Media;
        response.content = { [PROBLEM_CONTENT_TYPE]: asProblem(media) } as typeof response.content;
      }
  return document;
};
