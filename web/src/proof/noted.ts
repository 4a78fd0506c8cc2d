/**
 * What this browser saw before chance had spoken, such as a commitment. Later it is compared with what the house then
 * says; without it an account can only be found to agree with itself. What was seen first is kept, so that a house that
 * shows something else later is caught.
 */

/** The browser's `localStorage`, or what else keeps texts. */
export interface NoteStorage {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
}

/** Notes of one sort. */
export interface NoteBook<Note> {
  readonly storageKey: string;
  /** The oldest are forgotten. */
  readonly maxNotes: number;
  readonly isNotes: (value: unknown) => value is readonly Note[];
  /** What a note is of. */
  readonly subjectOf: (note: Note) => string;
}

/** Notes it, unless there is one of the same subject already. False when the browser keeps nothing. */
export function noteOnce<Note>(storage: NoteStorage, book: NoteBook<Note>, note: Note): boolean {
  const notes = read(storage, book);
  if (notes.some((known) => book.subjectOf(known) === book.subjectOf(note))) return true;
  try {
    storage.setItem(book.storageKey, JSON.stringify([...notes, note].slice(-book.maxNotes)));
    return true;
  } catch {
    return false;
  }
}

/** Null when this browser noted nothing of the subject. */
export function notedOf<Note>(
  storage: NoteStorage,
  book: NoteBook<Note>,
  subject: string,
): Note | null {
  return read(storage, book).find((note) => book.subjectOf(note) === subject) ?? null;
}

function read<Note>(
  storage: NoteStorage,
  { isNotes, storageKey }: NoteBook<Note>,
): readonly Note[] {
  try {
    const value: unknown = JSON.parse(storage.getItem(storageKey) ?? "[]");
    return isNotes(value) ? value : [];
  } catch {
    return [];
  }
}
