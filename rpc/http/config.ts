/** What a client may want to know of this server before it begins. */
import { HttpApiEndpoint, HttpApiGroup } from "@effect/platform";
import { Schema } from "effect";

export const ConfigBody = Schema.Struct({
  release: Schema.String,
  currency: Schema.String,
  /** Folders of hand histories that this process watches. */
  watched_folders: Schema.Int,
  equity: Schema.Struct({
    max_players: Schema.Int,
    default_std_error: Schema.Number,
    /** Worker threads of this process; 0 when it computes nothing itself. */
    workers: Schema.Int,
  }),
});
export type ConfigBody = typeof ConfigBody.Type;

export class ConfigApi extends HttpApiGroup.make("config").add(
  HttpApiEndpoint.get("config", "/api/v1/config").addSuccess(ConfigBody),
) {}
