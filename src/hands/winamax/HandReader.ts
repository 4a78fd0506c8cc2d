/**
 * Reads hand histories as the Winamax client writes them. (Public shape first; the machine follows.)
 */
import type { Hand } from "../../../rpc/hand.ts";
import type { TournamentSummary } from "./Summary.ts";

/** A place between two hands: where a later reading may begin. */
export interface FilePlace {
  /** Bytes from the beginning of the file. */
  readonly offset: number;
  /** Lines before it. */
  readonly line: number;
}

export interface RefusedHand {
  /** The line that could not be believed, counted from 1; the hand's first line if it is the whole that is wrong. */
  readonly line: number;
  /** Null where not even the header could be read. */
  readonly handId: string | null;
  /** One sentence for people. */
  readonly reason: string;
}

export interface HandReaderEvents {
  /** `at.line` is the header's, counted from 1; `at.offset` its first byte. */
  readonly onHand: (hand: Hand, at: FilePlace) => void;
  readonly onRefused: (refused: RefusedHand) => void;
  readonly onSummary: (summary: TournamentSummary, at: FilePlace) => void;
}

export declare class HandReader {
  /** `from`: where an earlier reader of the same file stopped (`reader.place`); the beginning if left out. */
  constructor(events: HandReaderEvents, from?: FilePlace);
  /** Any piece of the file, cut anywhere. Calls the events for all that became complete, in the order of the file. */
  write(bytes: Uint8Array): void;
  /** No more will come: a last hand without its blank line is taken if whole, else refused. Do NOT call for a growing file. */
  end(): void;
  /** After the last complete (or refused) hand. */
  get place(): FilePlace;
  get consumed(): number;
  get line(): number;
}
