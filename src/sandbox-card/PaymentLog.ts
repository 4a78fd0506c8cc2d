/**
 * What the processor remembers: a file of JSON lines, only ever added to, on disk before anyone hears of it. A line holds
 * all that changed at once, so that a crash between two lines loses nothing by halves. What is written is written together
 * with whatever else waits (one flush for all).
 *
 * The file is written anew, with what still counts, at each start and when it has grown. A line that a crash cut off is the last
 * one, and nobody was told of it; a broken line elsewhere stops the start.
 */
import { type FileHandle, mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { Either, Schema } from "effect";
import { Payment } from "./Payment.ts";
import { WebhookEvent } from "./Webhooks.ts";

/** What one change made: a payment's new state, the events to tell, or an event that need not be told any more. */
export const LogLine = Schema.Struct({
  payment: Schema.optional(Payment),
  events: Schema.optional(Schema.Array(WebhookEvent)),
  told: Schema.optional(Schema.String),
});
export type LogLine = typeof LogLine.Type;

const decodeLine = Schema.decodeUnknownEither(Schema.parseJson(LogLine));

/** Its owner's alone: who knows a payment's id may pay it. */
const FILE_MODE = 0o600;

interface Waiting {
  readonly lines: string;
  readonly isWholeFile: boolean;
  readonly written: () => void;
  readonly failed: (cause: unknown) => void;
}

const textOf = (lines: ReadonlyArray<LogLine>) =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

export class PaymentLog {
  readonly #path: string;
  #file: FileHandle | undefined;
  #waiting: Array<Waiting> = [];
  #writing: Promise<void> | undefined;
  /** Lines in the file. */
  lines = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** All lines, oldest first; none when there is no file yet. */
  async read(): Promise<ReadonlyArray<LogLine>> {
    const text = await readFile(this.#path, "utf8").catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return "";
      throw cause;
    });
    const written = text.split("\n");
    // After the last line end comes nothing, or what a crash has left of a line.
    written.pop();
    return written.map((line, index) =>
      Either.getOrThrowWith(
        decodeLine(line),
        () => new Error(`${this.#path} is broken in line ${index + 1}`),
      ),
    );
  }

  /** Resolves when the line is on disk. */
  append(line: LogLine): Promise<void> {
    this.lines++;
    return this.#write(textOf([line]), false);
  }

  /** Puts these in the place of all lines there are. */
  rewrite(lines: ReadonlyArray<LogLine>): Promise<void> {
    this.lines = lines.length;
    return this.#write(textOf(lines), true);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
  }

  #write(lines: string, isWholeFile: boolean): Promise<void> {
    const written = new Promise<void>((resolve, reject) => {
      this.#waiting.push({ lines, isWholeFile, written: resolve, failed: reject });
    });
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = undefined));
    return written;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      try {
        const start = waiting.findLastIndex(({ isWholeFile }) => isWholeFile);
        const text = waiting.slice(Math.max(0, start)).map(({ lines }) => lines);
        if (start >= 0) await this.#replace(text.join(""));
        else await this.#add(text.join(""));
        for (const one of waiting) one.written();
      } catch (cause) {
        for (const one of waiting) one.failed(cause);
      }
    }
  }

  async #add(text: string): Promise<void> {
    this.#file ??= await open(this.#path, "a", FILE_MODE);
    await this.#file.appendFile(text);
    await this.#file.datasync();
  }

  /** A crash leaves either the old file or the new one. */
  async #replace(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const next = await open(`${this.#path}.next`, "w", FILE_MODE);
    await next.writeFile(text);
    await next.sync();
    await next.close();
    await rename(`${this.#path}.next`, this.#path);
    const folder = await open(dirname(this.#path), "r");
    await folder.sync();
    await folder.close();
    await this.#file?.close();
    this.#file = undefined;
  }
}
