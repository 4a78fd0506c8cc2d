/**
 * A golden journal: what entities wrote when it was recorded, and the states that this led to. It stays as it is for
 * ever: every later release must read it and come to the same.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Schema } from "effect";

export const FOLDER = fileURLToPath(new URL(".", import.meta.url));

const GoldenEntity = Schema.Struct({
  kind: Schema.Literal("wallet", "lobby", "raffle", "reservation", "hand_player", "hand_feed"),
  entityId: Schema.String,
  entries: Schema.Array(
    Schema.Struct({
      version: Schema.Int,
      command: Schema.String,
      at: Schema.Int,
      events: Schema.Array(Schema.Unknown),
    }),
  ),
  /** Digests of all frames of each race that was run. */
  frames: Schema.Array(Schema.String),
  /** Encoded, in the one order that equal states share. */
  state: Schema.Unknown,
});
export type GoldenEntity = typeof GoldenEntity.Type;

const Golden = Schema.Struct({ entities: Schema.Array(GoldenEntity) });
export type Golden = typeof Golden.Type;

const decode = Schema.decodeUnknownSync(Schema.parseJson(Golden));

/** All that were ever recorded, by file name. */
export const goldenJournals = (): ReadonlyArray<readonly [string, Golden]> =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name, decode(readFileSync(`${FOLDER}${name}`, "utf8"))] as const);
