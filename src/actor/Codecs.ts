/** The codecs of each actor's events and snapshots, built once: what is read back from the journal is checked. */
import { Schema } from "effect";
import type { AnyDurableActor } from "./DurableActor.ts";

interface SnapshotCodec {
  readonly encode: (state: unknown) => unknown;
  readonly decode: (encoded: unknown) => unknown;
}

export class Codecs {
  readonly #events = new Map<AnyDurableActor, (encoded: unknown) => unknown>();
  readonly #snapshots = new Map<AnyDurableActor, SnapshotCodec>();

  event(actor: AnyDurableActor): (encoded: unknown) => unknown {
    let decode = this.#events.get(actor);
    if (decode === undefined)
      this.#events.set(actor, (decode = Schema.decodeUnknownSync(actor.event)));
    return decode;
  }

  snapshot(actor: AnyDurableActor): SnapshotCodec {
    let codec = this.#snapshots.get(actor);
    if (codec === undefined) {
      const { schema } = actor.snapshots;
      codec = { encode: Schema.encodeSync(schema), decode: Schema.decodeUnknownSync(schema) };
      this.#snapshots.set(actor, codec);
    }
    return codec;
  }
}
