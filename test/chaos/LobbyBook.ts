/**
 * A lobby's journal, folded: what its clients may have been shown at each version of its topic. The product's own code
 * says what an entry's frames are; whether a client was shown those of committed entries, and none else, is the question.
 */
import { Schema } from "effect";
import { LobbyEvent } from "../../entities/lobby/events.ts";
import { topic } from "../../entities/lobby/frames.ts";
import { MS_PER_TICK } from "../../entities/lobby/race/simulation.ts";
import { evolve, initial, type LobbyState } from "../../entities/lobby/state.ts";
import { viewOf } from "../../entities/lobby/view.ts";
import { lobbyBody } from "../../src/gateway/Wire.ts";
import type { Entry } from "./Journal.ts";
import { frameDigest } from "./frameDigest.ts";

const decodeEvent = Schema.decodeUnknownSync(LobbyEvent);

export class LobbyBook {
  readonly lobbyId: string;
  readonly #changes = new Map<number, string>();
  /** Every committed state, by the version that its frames bear. */
  readonly #states = new Map<number, Array<LobbyState>>();
  readonly #shown = new Map<string, ReadonlySet<string>>();
  #version = 0;

  constructor(entries: ReadonlyArray<Entry>) {
    this.lobbyId = entries[0]?.entityId ?? "";
    let state = initial;
    for (const entry of entries) {
      for (const encoded of entry.events) {
        const event = decodeEvent(encoded);
        state = evolve(state, event);
        for (const { frame, version } of topic.frames(event, state, entry))
          this.#changes.set(version, frameDigest(frame));
      }
      this.#version = topic.version(state);
      const states = this.#states.get(this.#version);
      if (states === undefined) this.#states.set(this.#version, [state]);
      else states.push(state);
    }
  }

  /** The newest version of all. */
  get version(): number {
    return this.#version;
  }

  change(version: number): string | undefined {
    return this.#changes.get(version);
  }

  /** Digests of the snapshots that may be given at a version: one for each state that had it. */
  snapshots(version: number): ReadonlySet<string> {
    return this.#digests(`snapshot ${version}`, version, (state) =>
      state.race === null
        ? undefined
        : { type: "STATE_SNAPSHOT", ...lobbyBody(viewOf(state, this.lobbyId)) },
    );
  }

  /** Digests of the samples of a version, of a race that runs at this tick. */
  samples(version: number, tick: number | undefined): ReadonlySet<string> {
    return this.#digests(`sample ${version} ${tick}`, version, (state) => {
      const startedAt = state.race?.started?.at ?? 0;
      return topic.sample?.(state, startedAt + (tick ?? 0) * MS_PER_TICK)?.frame();
    });
  }

  #digests(
    name: string,
    version: number,
    frameOf: (state: LobbyState) => object | undefined,
  ): ReadonlySet<string> {
    const known = this.#shown.get(name);
    if (known !== undefined) return known;
    const digests = new Set<string>();
    for (const state of this.#states.get(version) ?? []) {
      const frame = frameOf(state);
      if (frame !== undefined) digests.add(frameDigest(frame));
    }
    this.#shown.set(name, digests);
    return digests;
  }
}
