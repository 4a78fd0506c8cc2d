/** What this browser saw of a race while bets were taken: its commitment, and the runners' form. */
import type { Form } from "../../../entities/lobby/race/runner.ts";
import { noteOnce, notedOf } from "../proof/noted.ts";
import type { NoteBook, NoteStorage } from "../proof/noted.ts";
import { fields, integer, listOf, text } from "../proof/shape.ts";

export interface Noted {
  readonly raceId: string;
  readonly commitment: string;
  /** The field's form, `formText`. */
  readonly form: string;
  readonly notedAtMs: number;
}

export interface Shown {
  readonly raceId: string;
  readonly commitment: string;
  readonly runners: readonly { readonly number: number; readonly form: Form }[];
}

const isNotedList = (value: unknown): value is readonly Noted[] =>
  listOf(fields({ raceId: text, commitment: text, form: text, notedAtMs: integer }))(value) ===
  null;

const BOOK: NoteBook<Noted> = {
  storageKey: "croupier.noted",
  // Races; hours of watching, at some 300 bytes each.
  maxNotes: 200,
  isNotes: isNotedList,
  subjectOf: ({ raceId }) => raceId,
};

/** Notes what is shown, unless this race has been noted before. False when the browser keeps nothing. */
export function noteCommitment(storage: NoteStorage, shown: Shown, nowMs: number): boolean {
  return noteOnce(storage, BOOK, {
    raceId: shown.raceId,
    commitment: shown.commitment,
    form: formText(shown.runners),
    notedAtMs: nowMs,
  });
}

/** Null when this browser did not see the race while bets were taken. */
export const notedCommitment = (storage: NoteStorage, raceId: string): Noted | null =>
  notedOf(storage, BOOK, raceId);

/** Of the whole field, scratched runners too: form does not change between betting and the race. */
export function formText(runners: Shown["runners"]): string {
  return runners
    .toSorted((a, b) => a.number - b.number)
    .map(({ form, number }) =>
      [number, form.speed, form.stamina, form.start, form.consistency].join("|"),
    )
    .join(" ");
}
