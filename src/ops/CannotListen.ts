import { Schema } from "effect";

/** A port could not be opened. Its message names the setting that chooses another. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", {
  host: Schema.String,
  port: Schema.Int,
  setting: Schema.String,
}) {
  override get message() {
    return `Cannot listen on ${this.host}:${this.port}: is the port taken? ${this.setting} sets another.`;
  }
}
