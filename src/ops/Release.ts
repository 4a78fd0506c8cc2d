/** The release that runs, from package.json: beside the sources as beside what was built from them. */
import { existsSync, readFileSync } from "node:fs";
import { Schema } from "effect";

const PLACES = ["../../package.json", "../../../../package.json"];

export const readRelease = (): string => {
  const place = PLACES.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  if (place === undefined) return "unknown";
  return Schema.decodeUnknownSync(Schema.parseJson(Schema.Struct({ version: Schema.String })))(
    readFileSync(place, "utf8"),
  ).version;
};
