/**
 * What this browser saw of a race while bets were taken: its commitment, and the runners' form. After the race they are
 * compared with what the house then says; without them its account can only be found to agree with itself. What was
 * seen first is kept, so that a house that shows something else later is caught.
 */
import type { Form } from "../../../entities/lobby/race/runner.ts";
import { fields, integer, listOf, text } from "./shape.ts";

export interface Noted {
  readonly raceId: string;
  readonly commitment: string;
  /** The field's form, `formText`. */
  readonly form: string;
  readonly notedAtMs: number;
}

/** The browser's `localStorage`, or what else keeps texts. */
export interface NoteStorage {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

export interface Shown {
  readonly raceId: string;
  readonly commitment: string;
  readonly runners: readonly { readonly number: number; readonly form: Form }[];
}

const STORAGE_KEY = "croupier.noted";
/** Races; hours of watching, at some 300 bytes each. The oldest are forgotten. */
const MAX_NOTED = 200;

const isNotedList = (value: unknown): value is readonly Noted[] =>
  listOf(fields({ raceId: text, commitment: text, form: text, notedAtMs: integer }))(value) ===
  null;

/** Notes what is shown, unless this race has been noted before. False when the browser keeps nothing. */
export function noteCommitment(storage: NoteStorage, shown: Shown, nowMs: number): boolean {
  const noted = read(storage);
  if (noted.some(({ raceId }) => raceId === shown.raceId)) return true;
  const note: Noted = {
    raceId: shown.raceId,
    commitment: shown.commitment,
    form: formText(shown.runners),
    notedAtMs: nowMs,
  };
  try {
    storage.setItem(STORAGE_KEY, JSON.stringify([...noted, note].slice(-MAX_NOTED)));
    return true;
  } catch {
    return false;
  }
}

/** Null when this browser did not see the race while bets were taken. */
export function notedCommitment(storage: NoteStorage, raceId: string): Noted | null {
  return read(storage).find((noted) => noted.raceId === raceId) ?? null;
}

/** Of the whole field, scratched runners too: form does not change between betting and the race. */
export function formText(runners: Shown["runners"]): string {
  return runners
    .toSorted((a, b) => a.number - b.number)
    .map(({ form, number }) =>
      [number, form.speed, form.stamina, form.start, form.consistency].join("|"),
    )
    .join(" ");
}

function read(storage: NoteStorage): readonly Noted[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(STORAGE_KEY) ?? "[]");
    return isNotedList(value) ? value : [];
  } catch {
    return [];
  }
}
