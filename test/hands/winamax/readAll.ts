import { Buffer } from "node:buffer";
import type { Hand } from "../../../rpc/hand.ts";
import {
  type FilePlace,
  HandReader,
  type RefusedHand,
} from "../../../src/hands/winamax/HandReader.ts";
import type { TournamentSummary } from "../../../src/hands/winamax/Summary.ts";

export interface Readings {
  readonly hands: ReadonlyArray<Hand>;
  readonly places: ReadonlyArray<FilePlace>;
  readonly refused: ReadonlyArray<RefusedHand>;
  readonly summaries: ReadonlyArray<TournamentSummary>;
  readonly place: FilePlace;
}

export interface ReadingOptions {
  /** Lengths of the pieces in which the bytes are given, over and over; all at once if left out. */
  readonly pieces?: ReadonlyArray<number>;
  readonly from?: FilePlace;
  /** The file may still grow. */
  readonly open?: boolean;
}

/** Everything that a reader makes of a text or of bytes. */
export function readAll(content: string | Uint8Array, options: ReadingOptions = {}): Readings {
  const hands: Array<Hand> = [];
  const places: Array<FilePlace> = [];
  const refused: Array<RefusedHand> = [];
  const summaries: Array<TournamentSummary> = [];
  const reader = new HandReader(
    {
      onHand: (hand, at) => {
        hands.push(hand);
        places.push(at);
      },
      onRefused: (refusal) => refused.push(refusal),
      onSummary: (summary) => summaries.push(summary),
    },
    options.from,
  );
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const pieces = options.pieces ?? [bytes.length];
  let at = options.from?.offset ?? 0;
  // One buffer for every piece, as whoever reads files has it.
  const buffer = Buffer.alloc(Math.max(1, ...pieces));
  for (let turn = 0; at < bytes.length; turn++) {
    const end = Math.min(bytes.length, at + Math.max(1, pieces[turn % pieces.length]!));
    buffer.set(bytes.subarray(at, end));
    reader.write(buffer.subarray(0, end - at));
    at = end;
  }
  if (options.open !== true) reader.end();
  return { hands, places, refused, summaries, place: reader.place };
}

/** The only hand of a text that holds one and nothing else. */
export function readOne(text: string): Hand {
  const { hands, refused } = readAll(text);
  if (hands.length !== 1 || refused.length !== 0) {
    throw new Error(`${hands.length} hands, refused: ${JSON.stringify(refused)}`);
  }
  return hands[0]!;
}

/** Why a text with one hand is refused. */
export function refusalOf(text: string): RefusedHand {
  const { hands, refused } = readAll(text);
  if (hands.length !== 0 || refused.length !== 1) {
    throw new Error(`${hands.length} hands, refused: ${JSON.stringify(refused)}`);
  }
  return refused[0]!;
}
