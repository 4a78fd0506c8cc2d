/**
 * What two processes say to each other over a `Link`. The one that dialled asks and watches; the one that accepted answers,
 * shows what is watched, and says which shards it holds. A process ignores what it does not know, so that two releases
 * may run side by side.
 */
import type { Payload } from "../actor/Message.ts";
import type { ProcessReport } from "./ProcessReport.ts";

/** Counted up when a message changes its meaning; processes that disagree do not talk. A new message needs no new number. */
export const PROTOCOL = 1;

/** A message to an entity that the other process is thought to hold. */
export interface LetterSent {
  readonly _tag: "Letter";
  /** Of this link, for the answer. */
  readonly id: number;
  readonly kind: string;
  readonly tag: string;
  readonly payload: Payload;
  readonly requestId: string | undefined;
  readonly by: string | undefined;
  readonly fingerprint: string | undefined;
  /** Milliseconds until nobody waits for the answer: durations, for clocks differ. */
  readonly withinMs: number;
}

export type FromDialler =
  | LetterSent
  /** Bring these to life, if they are yours: their alarm is overdue. */
  | { readonly _tag: "Wake"; readonly entities: ReadonlyArray<readonly [kind: string, id: string]> }
  /**
   * Show me these topics for the next seconds, each from the frame after `after` on (undefined: from all that is
   * remembered). Repeated, it renews the lease and answers what was missed.
   */
  | {
      readonly _tag: "Lease";
      readonly topics: ReadonlyArray<readonly [topic: string, after: number | undefined]>;
    }
  | { readonly _tag: "Release"; readonly topics: ReadonlyArray<string> }
  | { readonly _tag: "Ping"; readonly at: number };

export type FromAcceptor =
  /** `error` is encoded by the contract's schema. */
  | {
      readonly _tag: "Answer";
      readonly id: number;
      readonly ok: boolean;
      readonly value: unknown;
      readonly replayed: boolean;
    }
  /** Certainly not carried out: the entity lives elsewhere. */
  | { readonly _tag: "Moved"; readonly id: number }
  /** All shards that this process holds. */
  | { readonly _tag: "Shards"; readonly held: ReadonlyArray<string> }
  | {
      readonly _tag: "Frame";
      readonly topic: string;
      readonly version: number;
      readonly sampled: boolean;
      readonly text: string;
    }
  /** The topic stands at this version, and all frames up to it have been shown. */
  | { readonly _tag: "Opened"; readonly topic: string; readonly version: number }
  /** Frames up to this version are remembered by nobody. */
  | { readonly _tag: "Gap"; readonly topic: string; readonly version: number }
  | { readonly _tag: "Report"; readonly report: ProcessReport }
  | { readonly _tag: "Pong"; readonly at: number };

export type PeerMessage = FromDialler | FromAcceptor;
