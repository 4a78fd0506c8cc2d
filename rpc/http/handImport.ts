/**
 * The import of hand histories. It stands beside the contract that is compiled into routes, for its body is no JSON and is
 * read as it comes; the documentation has it all the same.
 */
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "@effect/platform";
import { Unavailable } from "../failure.ts";
import { ImportedBody } from "./hand.ts";
import { problem } from "./problem.ts";
import { Authenticated } from "./security.ts";

export const IMPORT_PATH = "/api/v1/hands/import";

/** The histories of some years; more comes in several requests, or by a watched folder. */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024;

export class HandImportApi extends HttpApiGroup.make("handImport").add(
  HttpApiEndpoint.post("import", IMPORT_PATH)
    .setPayload(HttpApiSchema.Text({ contentType: "text/plain" }))
    .addSuccess(ImportedBody, { status: 202 })
    .addError(problem(Unavailable))
    .middleware(Authenticated)
    .annotate(
      OpenApi.Description,
      "Hand histories as the site writes them, of whatever content type, one file after another, at most 64 MiB. Answered when all that could be read is durable. What was read stays imported though the request is cut off; a hand that is known already counts as a duplicate, so a request may be repeated.",
    ),
) {}
