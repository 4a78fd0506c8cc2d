/**
 * A raffle's journal, folded twice: by the product's own code, for what its watchers may have been shown at each version of its
 * topic, and by `NumberBook`, for whose the numbers were.
 */
import { Schema } from "effect";
import { RaffleEvent } from "../../entities/raffle/events.ts";
import { raffleBody } from "../../entities/raffle/body.ts";
import { topic } from "../../entities/raffle/frames.ts";
import { evolve, initial, type RaffleState } from "../../entities/raffle/state.ts";
import { shown } from "../../entities/raffle/view.ts";
import { branded, type RaffleId } from "../../rpc/id.ts";
import type { Entry } from "./Journal.ts";
import { NumberBook, type Owner } from "./NumberBook.ts";
import { frameDigest } from "./frameDigest.ts";

const decodeEvent = Schema.decodeUnknownSync(RaffleEvent);

export class RaffleBook {
  readonly raffleId: string;
  readonly #changes = new Map<number, string>();
  readonly #states = new Map<number, RaffleState>();
  readonly #owners = new Map<number, ReadonlyMap<number, Owner>>();
  readonly #after = new Map<string, number>();
  #version = 0;

  constructor(entries: ReadonlyArray<Entry>) {
    this.raffleId = entries[0]?.entityId ?? "";
    let state = initial(branded<RaffleId>(this.raffleId));
    const numbers = new NumberBook();
    for (const entry of entries) {
      for (const encoded of entry.events) {
        const event = decodeEvent(encoded);
        state = evolve(state, event);
        numbers.apply(encoded);
        for (const { frame, version } of topic.frames(event, state, entry))
          this.#changes.set(version, frameDigest(frame));
        this.#version = topic.version(state);
        this.#owners.set(this.#version, numbers.owners);
        this.#states.set(this.#version, state);
      }
      this.#after.set(entry.commandId, this.#version);
    }
  }

  /** The newest version of all. */
  get version(): number {
    return this.#version;
  }

  /** The version that a command led to, or found. */
  versionAfter(commandId: string): number | undefined {
    return this.#after.get(commandId);
  }

  /** Whose the numbers were at a version; undefined when there was none such. */
  ownersAt(version: number): ReadonlyMap<number, Owner> | undefined {
    return this.#owners.get(version);
  }

  change(version: number): string | undefined {
    return this.#changes.get(version);
  }

  /** The digest of the snapshot that may be given at a version: what shows nothing changes none. */
  snapshot(version: number): string | undefined {
    const state = this.#states.get(version);
    if (state === undefined || state.about === null) return undefined;
    return frameDigest({
      type: "RAFFLE_SNAPSHOT",
      raffle_id: this.raffleId,
      state_version: version,
      raffle: raffleBody(shown(state)),
      reserved: state.claims.numbers.toBase64(),
      sold: state.sales.numbers.toBase64(),
    });
  }
}
