/** What a client may want to know of this server before it begins. */
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "@effect/platform";
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

/** Of the process that answers, since it was started. */
export const SocketStatsBody = Schema.Struct({
  connections: Schema.Int,
  /** Sockets that get a topic, by kind of topic. */
  topics: Schema.Record({ key: Schema.String, value: Schema.Int }),
  frames_sent: Schema.Int,
  /** Frames that a socket was not given because it read too slowly. Such a socket is closed, and resumes. */
  dropped: Schema.Int,
});
export type SocketStatsBody = typeof SocketStatsBody.Type;

export class ConfigApi extends HttpApiGroup.make("config")
  .add(HttpApiEndpoint.get("config", "/api/v1/config").addSuccess(ConfigBody))
  .add(
    HttpApiEndpoint.get("sockets", "/ws/stats")
      .addSuccess(SocketStatsBody)
      .annotate(OpenApi.Description, "WebSockets of the process that answers."),
  ) {}
