/**
 * Reads hand histories as the Winamax client writes them: in one pass, with constant memory, as far as they have come.
 *
 * A file is a sequence of records, hands and tournament summaries, each beginning with `Winamax Poker - ` and followed by
 * blank lines. A hand is complete at the first blank line after its summary, or where the next record begins; so a file can be
 * read while it grows, and nobody sees half a hand. What cannot be believed is refused with its line and the reason, and
 * reading goes on with the next record: no damage reaches further than the hand it is in. Bytes that are no history at all
 * are passed over.
 */
import type { Hand } from "../../../rpc/hand.ts";
import { completeHand } from "./completeHand.ts";
import { HandDraft } from "./HandDraft.ts";
import { HAND_ID, handIdIn, parseHeader, TITLE } from "./header.ts";
import { LineReader, MAX_LINE_BYTES } from "./LineReader.ts";
import type { TournamentSummary } from "./Summary.ts";
import { SUMMARY_TITLE, SummaryDraft } from "./SummaryDraft.ts";

/** A place between two records: where a later reading may begin. */
export interface FilePlace {
  /** Bytes before it. */
  readonly offset: number;
  /** Lines before it. */
  readonly line: number;
}

export interface RefusedHand {
  /** The line that was not believed, counted from 1; the first one of a hand that is wrong as a whole. */
  readonly line: number;
  /** Null where the header does not tell, and of tournament summaries. */
  readonly handId: string | null;
  /** One sentence for people. */
  readonly reason: string;
}

export interface HandReaderEvents {
  /** `at`: where the hand begins. */
  readonly onHand: (hand: Hand, at: FilePlace) => void;
  readonly onRefused: (refused: RefusedHand) => void;
  readonly onSummary: (summary: TournamentSummary, at: FilePlace) => void;
}

const BLANK = 32;

const BEGINNING: FilePlace = { offset: 0, line: 0 };

/** Where there was no header, these are of a hand that has lost it. */
const TABLE = "Table: '";
const SECTION = "*** ";

type State =
  | { readonly tag: "between" }
  | { readonly tag: "hand"; readonly draft: HandDraft; readonly id: string }
  | { readonly tag: "summary"; readonly draft: SummaryDraft }
  /** The rest of a record that was refused. */
  | { readonly tag: "refused" }
  /** After its first blank line, which may have been inside it: sections that follow have been reported with it. */
  | { readonly tag: "after-refused" };

const BETWEEN: State = { tag: "between" };
const REFUSED: State = { tag: "refused" };
const AFTER_REFUSED: State = { tag: "after-refused" };

/**
 * Not to be shared by two files. `write` calls the events before it returns, in the order of the file; what an event throws
 * comes out of `write`, and the reader is of no use after that.
 */
export class HandReader {
  readonly #events: HandReaderEvents;
  readonly #lines: LineReader;
  #state: State = BETWEEN;
  #line: number;
  /** Where the record under way begins. */
  #begin: FilePlace;
  #place: FilePlace;

  /** `from`: the `place` of an earlier reader of the same file; its beginning if left out. */
  constructor(events: HandReaderEvents, from: FilePlace = BEGINNING) {
    this.#events = events;
    this.#place = from;
    this.#begin = from;
    this.#line = from.line;
    this.#lines = new LineReader(
      {
        onLine: (text, start, end) => this.#onLine(text, start, end),
        onLongLine: (_start, end) => this.#onLongLine(end),
      },
      from.offset,
    );
  }

  /** The next bytes of the file, cut anywhere; they may be used again afterwards. */
  write(bytes: Uint8Array): void {
    this.#lines.write(bytes);
  }

  /**
   * There will be no more: a last record that lacks only its blank line is taken, one that breaks off is refused. Not for a
   * file that may still grow: there the last hand is to wait for its rest.
   */
  end(): void {
    this.#lines.end();
    this.#finish();
    this.#state = BETWEEN;
    this.#place = { offset: this.#lines.offset, line: this.#line };
  }

  /** After the last record that is done with, taken or refused. */
  get place(): FilePlace {
    return this.#place;
  }

  get consumed(): number {
    return this.#place.offset;
  }

  get line(): number {
    return this.#place.line;
  }

  #onLine(text: string, start: number, end: number): void {
    const before: FilePlace = { offset: start, line: this.#line };
    this.#line += 1;
    if (text.startsWith(TITLE) && this.#beginsRecord(text)) {
      this.#finish();
      this.#place = before;
      this.#begin = before;
      this.#open(text);
    } else if (isBlank(text)) {
      this.#onBlank(end);
    } else {
      this.#onContent(text, end);
    }
  }

  /** Within a hand such a line may be of a player who calls himself so. */
  #beginsRecord(text: string): boolean {
    const state = this.#state;
    const within = state.tag === "refused" || (state.tag === "hand" && !state.draft.whole);
    return !within || text.includes(HAND_ID) || text.startsWith(SUMMARY_TITLE);
  }

  #open(title: string): void {
    if (title.startsWith(SUMMARY_TITLE)) {
      const draft = SummaryDraft.open(title);
      if (typeof draft === "string") this.#refuse(draft, null);
      else this.#state = { tag: "summary", draft };
      return;
    }
    const header = parseHeader(title);
    if (typeof header === "string") this.#refuse(header, handIdIn(title));
    else this.#state = { tag: "hand", draft: new HandDraft(header), id: header.id };
  }

  #onBlank(end: number): void {
    const state = this.#state;
    // Before its pot a blank line is not a hand's end.
    if (state.tag === "hand" && !state.draft.whole) return;
    this.#finish();
    this.#state =
      state.tag === "refused" || state.tag === "after-refused" ? AFTER_REFUSED : BETWEEN;
    this.#place = { offset: end, line: this.#line };
  }

  #onContent(text: string, end: number): void {
    const state = this.#state;
    switch (state.tag) {
      case "hand": {
        const wrong = state.draft.accept(text);
        if (wrong !== undefined) this.#refuse(wrong, state.id);
        return;
      }
      case "summary": {
        const wrong = state.draft.accept(text);
        if (wrong !== undefined) this.#refuse(wrong, null);
        return;
      }
      case "between":
      case "after-refused":
        if (text.startsWith(TABLE) || (state.tag === "between" && text.startsWith(SECTION))) {
          this.#refuse("a hand without a header", null);
          return;
        }
        this.#place = { offset: end, line: this.#line };
        return;
      case "refused":
        return;
    }
  }

  #onLongLine(end: number): void {
    this.#line += 1;
    const state = this.#state;
    const reason = `a line of more than ${MAX_LINE_BYTES} bytes`;
    if (state.tag === "hand") this.#refuse(reason, state.id);
    else if (state.tag === "summary") this.#refuse(reason, null);
    else if (state.tag !== "refused") this.#place = { offset: end, line: this.#line };
  }

  /** Ends the record under way, if there is one. */
  #finish(): void {
    const state = this.#state;
    if (state.tag === "hand") {
      const hand = completeHand(state.draft);
      if (typeof hand === "string") this.#refuse(hand, state.id, this.#begin.line + 1);
      else this.#events.onHand(hand, this.#begin);
    } else if (state.tag === "summary") {
      const summary = state.draft.complete();
      if (typeof summary === "string") this.#refuse(summary, null, this.#begin.line + 1);
      else this.#events.onSummary(summary, this.#begin);
    }
  }

  #refuse(reason: string, id: string | null, line = this.#line): void {
    this.#state = REFUSED;
    this.#events.onRefused({
      line,
      handId: id === null ? null : `winamax:${id}`,
      reason,
    });
  }
}

function isBlank(text: string): boolean {
  // Nearly every line begins with a letter: those need no second look.
  return !(text.charCodeAt(0) > BLANK) && text.trim() === "";
}
