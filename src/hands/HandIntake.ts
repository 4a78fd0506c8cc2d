/**
 * From bytes to stored hands: one source, read once from front to back. What comes in is parsed, counted and stored in
 * batches, and no faster than it is stored: while one batch is on its way into the database the next is made of what
 * follows, and then whoever brings the bytes has to wait.
 *
 * It shares its process with players who bet. So it never works long without letting others have the event loop: bytes
 * are parsed a piece at a time, and hands are counted a few at a time.
 */
import { setImmediate as othersFirst } from "node:timers/promises";
import pg from "pg";
import type { Hand } from "../../rpc/hand.ts";
import type { PlayerHand } from "./PlayerHand.ts";
import type { Batch, FileMark, HandStore, Stored } from "./store/HandStore.ts";
import type { ParsedHand } from "./store/ParsedHand.ts";
import { unstorable, unstorableSummary } from "./store/unstorable.ts";
import { type FilePlace, HandReader, type RefusedHand } from "./winamax/HandReader.ts";
import type { TournamentSummary } from "./winamax/Summary.ts";

/** Fifty a second at most, each put into the database's form at once, which takes some 8 ms; smaller ones wait for more commits. */
const BATCH_HANDS = 200;
/** Some ten hands: a millisecond of parsing. */
const PIECE_BYTES = 16_384;
/** Hands counted at once: one with an all-in of Omaha before the flop may take milliseconds. */
const COUNTED_AT_ONCE = 4;
/** More of the same would not tell anyone more. */
const MAX_LISTED_REFUSALS = 100;

export interface IntakeServices {
  readonly store: Pick<HandStore, "store">;
  /** What a hand adds to the statistics of its players. */
  readonly count: (hand: Hand) => ReadonlyArray<PlayerHand>;
  /** Told of each batch with new hands, after its commit. */
  readonly onStored: (stored: Stored) => void;
}

export interface Source {
  /** The file, or who sent it: for people. */
  readonly name: string;
  /** Of a file that goes on growing: where to begin, and the mark to leave at a place. */
  readonly file?: {
    readonly from: FilePlace;
    readonly markAt: (place: FilePlace) => FileMark | undefined;
  };
}

/** A hand with the line where it begins. */
interface ReadHand extends ParsedHand {
  readonly line: number;
}

interface ReadBatch extends Batch {
  readonly hands: ReadonlyArray<ReadHand>;
}

/** What has come of a source so far. */
export interface IntakeTally {
  imported: number;
  duplicates: number;
  summaries: number;
  refused: number;
  /** The first of them. */
  readonly refusals: Array<RefusedHand>;
}

export class HandIntake {
  readonly tally: IntakeTally = {
    imported: 0,
    duplicates: 0,
    summaries: 0,
    refused: 0,
    refusals: [],
  };
  readonly #services: IntakeServices;
  readonly #source: Source;
  readonly #reader: HandReader;
  /** Read, and not counted yet. */
  #read: Array<{ readonly hand: Hand; readonly line: number }> = [];
  #hands: Array<ReadHand> = [];
  #summaries: Array<TournamentSummary> = [];
  /** Where the last mark was left. */
  #marked: number;
  /** The batch on its way into the database. */
  #storing: Promise<void> = Promise.resolve();

  constructor(services: IntakeServices, source: Source) {
    this.#services = services;
    this.#source = source;
    this.#marked = source.file?.from.offset ?? 0;
    this.#reader = new HandReader(
      {
        onHand: (hand, { line }) => void this.#read.push({ hand, line }),
        onRefused: (refused) => this.#refuse(refused),
        onSummary: (summary, { line }) => this.#summarised(summary, line),
      },
      source.file?.from,
    );
  }

  /** After the last hand that was whole, or refused. */
  get place(): FilePlace {
    return this.#reader.place;
  }

  /** Takes what follows; resolves when more may come. Rejects when something could not be stored: then this intake is over. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
      this.#reader.write(bytes.subarray(at, at + PIECE_BYTES));
      await this.#count();
      if (this.#hands.length >= BATCH_HANDS) await this.#send();
      await othersFirst();
    }
  }

  /** Resolves when all that was whole by now is durable. More may come. */
  async flush(): Promise<void> {
    await this.#count();
    await this.#send();
    await this.#storing;
  }

  /** No more will come: what is left is a hand, or refused. Resolves when all is durable. */
  async end(): Promise<void> {
    this.#reader.end();
    await this.flush();
  }

  #summarised(summary: TournamentSummary, line: number): void {
    const reason = unstorableSummary(summary);
    if (reason === undefined) this.#summaries.push(summary);
    else this.#refuse({ line, handId: null, reason });
  }

  async #count(): Promise<void> {
    const read = this.#read;
    this.#read = [];
    for (const [n, { hand, line }] of read.entries()) {
      if (n % COUNTED_AT_ONCE === COUNTED_AT_ONCE - 1) await othersFirst();
      const reason = unstorable(hand);
      if (reason === undefined)
        this.#hands.push({ hand, line, players: this.#services.count(hand) });
      else this.#refuse({ line, handId: hand.handId, reason });
    }
  }

  /** Sends a batch on its way, as soon as the one before has arrived. */
  async #send(): Promise<void> {
    await this.#storing;
    const { file, name } = this.#source;
    const { place } = this.#reader;
    const isFurther = file !== undefined && place.offset !== this.#marked;
    if (this.#hands.length === 0 && this.#summaries.length === 0 && !isFurther) return;
    const hands = this.#hands;
    const summaries = this.#summaries;
    this.#hands = [];
    this.#summaries = [];
    const mark = isFurther ? file.markAt(place) : undefined;
    this.#marked = place.offset;
    this.#storing = this.#store({ hands, summaries, source: name, file: mark });
    // Whoever writes or flushes next is told.
    this.#storing.catch(() => undefined);
  }

  async #store(batch: ReadBatch): Promise<void> {
    const { hands, summaries } = batch;
    const { onStored, store } = this.#services;
    try {
      const stored = await store.store(batch);
      this.tally.imported += stored.stored.length;
      this.tally.duplicates += stored.duplicates;
      this.tally.summaries += summaries.length;
      if (stored.batchId !== null) onStored(stored);
    } catch (cause) {
      if (!isAboutTheData(cause) || hands.length === 0) throw cause;
      await this.#storeApart(batch);
    }
  }

  /** Something in the batch is not to the database's taste: it shall not keep the others out, nor the file from going on. */
  async #storeApart(batch: ReadBatch): Promise<void> {
    const { hands } = batch;
    const [first] = hands;
    if (first !== undefined && hands.length === 1) {
      const { hand, line } = first;
      this.#refuse({ line, handId: hand.handId, reason: "the database does not take it" });
      return this.#store({ ...batch, hands: [] });
    }
    const half = hands.length / 2;
    // The mark moves with the last.
    const before = { hands: hands.slice(0, half), summaries: [], source: batch.source };
    await this.#store(before);
    await this.#store({ ...batch, hands: hands.slice(half) });
  }

  #refuse(refused: RefusedHand): void {
    this.tally.refused += 1;
    if (this.tally.refusals.length < MAX_LISTED_REFUSALS) this.tally.refusals.push(refused);
  }
}

/** SQLSTATE classes "data exception" and "program limit exceeded": trying again would not help. */
const isAboutTheData = (cause: unknown): boolean =>
  cause instanceof pg.DatabaseError && /^(?:22|54)/.test(cause.code ?? "");
