/**
 * A file that somebody else is writing. It is looked at again and again; each look reads what has been added since the last
 * and resolves when the hands in it are durable.
 *
 * How far it has been read stands in the database, moved in the transaction that stores the hands before it. What has been
 * read beyond (a hand of which half is written) is only in memory. Before a look goes on, the file has to be the one that was
 * read, by its size and its fingerprint; if not, it was cut short, filled anew or replaced, and is read from its beginning:
 * hands that were in it before fall out as duplicates. So nothing has to be known of how it came to be as it is.
 *
 * The client writes a blank line after each hand, so a hand is whole when that is there. Should the last hand of a file lack
 * it, the hand is taken when the file has been still for a while; the mark stays before it, in case there was more to come.
 */
import { constants, type FileHandle, open } from "node:fs/promises";
import { HandIntake, type IntakeServices } from "../HandIntake.ts";
import type { FileMark, HandStore } from "../store/HandStore.ts";
import type { FilePlace, RefusedHand } from "../winamax/HandReader.ts";
import { edgesIn, type Edges, fingerprint } from "./fingerprint.ts";
import { SeenBytes } from "./SeenBytes.ts";

/** One look reads no more, so that a long file does not keep the others waiting. */
const MAX_LOOK_BYTES = 1 << 20;
const READ_BYTES = 32_768;
/** What is left without an end is no hand if it is longer. */
const MAX_TAIL_BYTES = 1 << 18;

/** Without waiting: who opens a pipe of that name would stand in a thread of the pool until somebody writes to it. */
const FOR_READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const BEGINNING: FilePlace = { offset: 0, line: 0 };
const NOTHING_SEEN: Edges = { head: new Uint8Array(), tail: new Uint8Array() };

export interface WatchedFileServices extends IntakeServices {
  readonly store: Pick<HandStore, "store" | "marks">;
  /** How a file is opened for reading; by its path, unless a test wants it locked. */
  readonly open?: (path: string) => Promise<FileHandle>;
}

/** What a look has found. */
export interface Look {
  /** There is more to read, at once. */
  readonly more: boolean;
  /** Bytes that were new. */
  readonly read: number;
  /** It is another file than it was, and is read from its beginning. */
  readonly replaced: boolean;
  readonly imported: number;
  readonly refused: ReadonlyArray<RefusedHand>;
}

/** What is being read: the intake has had the bytes that were seen. */
interface Reading {
  readonly intake: HandIntake;
  readonly seen: SeenBytes;
}

export class WatchedFile {
  readonly path: string;
  readonly #services: WatchedFileServices;
  #reading: Reading | undefined;
  /** Up to where it had been read when it was last still. */
  #restedAt = 0;

  constructor(path: string, services: WatchedFileServices) {
    this.path = path;
    this.#services = services;
  }

  /** Reads on. Rejects when the file cannot be read or the hands not be stored; the next look then begins at the mark. */
  async look(): Promise<Look> {
    const file = await this.#open();
    try {
      return await this.#look(file);
    } catch (cause) {
      this.#reading = undefined;
      throw cause;
    } finally {
      await file.close();
    }
  }

  /**
   * The file has been still for a while: takes its last hand, if it is whole but for the blank line after it, and forgets what
   * can be read again.
   */
  async rest(): Promise<void> {
    const reading = this.#reading;
    if (reading === undefined) return;
    this.#reading = undefined;
    const { intake, seen } = reading;
    const { offset } = intake.place;
    const length = seen.readTo - offset;
    if (length === 0 || length > MAX_TAIL_BYTES || this.#restedAt === seen.readTo) return;
    this.#restedAt = seen.readTo;
    const file = await this.#open();
    try {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, offset);
      // A source of its own, which leaves no mark: what it refuses may be a hand that is still being written.
      const tail = new HandIntake(this.#services, { name: this.path });
      await tail.write(bytes.subarray(0, bytesRead));
      await tail.end();
    } finally {
      await file.close();
    }
  }

  #open(): Promise<FileHandle> {
    return this.#services.open?.(this.path) ?? open(this.path, FOR_READING);
  }

  async #look(file: FileHandle): Promise<Look> {
    const before = this.#reading;
    const { reading, replaced } = await this.#resumed(file);
    if (replaced) this.#restedAt = 0;
    this.#reading = reading;
    const { intake, seen } = reading;
    const tally = reading === before ? { ...intake.tally } : { imported: 0, refused: 0 };
    const from = seen.readTo;
    const { size } = await file.stat();
    const end = Math.min(size, from + MAX_LOOK_BYTES);
    const piece = new Uint8Array(Math.max(0, Math.min(READ_BYTES, end - from)));
    while (seen.readTo < end) {
      const length = Math.min(piece.length, end - seen.readTo);
      const { bytesRead } = await file.read(piece, 0, length, seen.readTo);
      // Cut short meanwhile: the next look finds that out.
      if (bytesRead === 0) break;
      const bytes = piece.subarray(0, bytesRead);
      seen.add(bytes);
      await intake.write(bytes);
    }
    await intake.flush();
    return {
      more: seen.readTo < size,
      read: seen.readTo - from,
      replaced,
      imported: intake.tally.imported - tally.imported,
      refused: intake.tally.refusals.slice(tally.refused),
    };
  }

  /** The reading that goes on, or a new one: from the mark if there is one that fits, and else from the beginning. */
  async #resumed(file: FileHandle) {
    if (this.#reading !== undefined) {
      const { seen } = this.#reading;
      const edges = await edgesIn(file, seen.readTo);
      if (edges !== undefined && fingerprint(edges) === seen.fingerprintAt(seen.readTo))
        return { reading: this.#reading, replaced: false };
    }
    const [mark] = await this.#services.store.marks([this.path]);
    const edges = mark === undefined ? undefined : await edgesIn(file, mark.place.offset);
    if (mark !== undefined && edges !== undefined && fingerprint(edges) === mark.fingerprint)
      return { reading: this.#begun(mark.place, edges), replaced: this.#reading !== undefined };
    const replaced = mark !== undefined || this.#reading !== undefined;
    return { reading: this.#begun(BEGINNING, NOTHING_SEEN), replaced };
  }

  #begun(from: FilePlace, edges: Edges): Reading {
    const seen = new SeenBytes(from.offset, edges);
    const markAt = (place: FilePlace): FileMark | undefined => {
      const known = seen.fingerprintAt(place.offset);
      return known === undefined ? undefined : { path: this.path, place, fingerprint: known };
    };
    const intake = new HandIntake(this.#services, { name: this.path, file: { from, markAt } });
    return { intake, seen };
  }
}
