/**
 * Watches folders in which poker clients write, and stores each hand as it is finished.
 *
 * The operating system's word (through chokidar) is only a hint that a file is worth a look; the file itself tells what is
 * new (`WatchedFile.ts`). Hints get lost: chokidar swallows what follows closely on another, folders come and go, systems run
 * out of watches. So after a look that found something there is another shortly after, and all folders are gone through
 * every so often.
 *
 * A file that cannot be read (a client may lock its own), or whose hands cannot be stored, is tried again after a pause that
 * doubles. A few files are looked at at once, each a piece at a time and in turn, so that a long one does not keep the hand
 * waiting that was just played.
 *
 * Several processes may watch one folder: each hand is stored by whoever comes first, and a duplicate to the others.
 */
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { historiesBelow, isHistoryFile } from "./folderFiles.ts";
import { type Look, WatchedFile, type WatchedFileServices } from "./WatchedFile.ts";

/** One waits for the database while the other reads. */
const LOOKS_AT_ONCE = 2;
/** Longer than chokidar stays silent after it has told of a change. */
const SECOND_LOOK_MS = 100;
/** The client writes a hand in one go, or in several within milliseconds. */
const STILL_MS = 2000;
const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 30_000;
/** For folders that are not there yet. */
const FOLDERS_EVERY_MS = 2000;
/** What no hint came for is found after this at the latest; ten thousand files take a fifth of a second of it. */
const SWEEP_EVERY_MS = 10_000;
/** Of a network drive. */
const POLL_MS = 500;

export interface HandWatcherOptions {
  readonly folders: ReadonlyArray<string>;
  /** Looks at the files every so often: network drives tell of no change. */
  readonly poll: boolean;
  readonly services: WatchedFileServices;
  readonly log: (message: string) => void;
  readonly warn: (message: string, cause: unknown) => void;
  /** Told of each look that could be had. */
  readonly onLook?: (path: string, look: Look) => void;
}

/** A file with what is to be done about it. */
interface Watched {
  readonly file: WatchedFile;
  /** In the queue, or being looked at. */
  isBusy: boolean;
  /** Something was written while it was busy. */
  isDirty: boolean;
  /** In a row. */
  failures: number;
  timer: NodeJS.Timeout | undefined;
}

export class HandWatcher {
  readonly #options: HandWatcherOptions;
  readonly #folders: ReadonlyArray<string>;
  /** Those that chokidar watches. */
  readonly #present = new Set<string>();
  readonly #watched = new Map<string, Watched>();
  /** Of each file when it was last swept. */
  #stamps = new Map<string, string>();
  readonly #queue: Array<Watched> = [];
  readonly #looks = new Set<Promise<void>>();
  #hints: FSWatcher | undefined;
  #timers: Array<NodeJS.Timeout> = [];
  #sweeping: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: HandWatcherOptions) {
    this.#options = options;
    this.#folders = options.folders.map((folder) => resolve(folder));
  }

  /** Begins; resolves when all files that are there are waiting to be looked at. */
  async start(): Promise<void> {
    const { poll, warn } = this.#options;
    this.#hints = watch([], {
      usePolling: poll,
      interval: POLL_MS,
      ignored: (path, stats) => stats?.isFile() === true && !isHistoryFile(path),
      // A file that is replaced is told of at once, and not as a change shortly after.
      atomic: false,
    });
    this.#hints.on("add", (path) => this.#hint(path));
    this.#hints.on("change", (path) => this.#hint(path));
    this.#hints.on("unlinkDir", (folder) => void this.#present.delete(folder));
    this.#hints.on("error", (cause) => warn("a folder of hands cannot be watched", cause));
    const every = (ms: number, what: () => Promise<void>) =>
      this.#timers.push(setInterval(() => this.#inTurn(what), ms));
    every(FOLDERS_EVERY_MS, () => this.#watchFolders());
    every(SWEEP_EVERY_MS, () => this.#sweep());
    this.#inTurn(() => this.#watchFolders());
    this.#inTurn(() => this.#sweep());
    await this.#sweeping;
  }

  /** Folders that are there. */
  get presentFolders(): number {
    return this.#present.size;
  }

  /** Histories that are known of. */
  get files(): number {
    return this.#watched.size;
  }

  /** Those of them that wait to be read on. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Resolves when what was being read is stored or given up; what follows is read after the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const { timer } of this.#watched.values()) clearTimeout(timer);
    this.#queue.length = 0;
    await this.#hints?.close();
    await this.#sweeping;
    await Promise.all(this.#looks);
  }

  #inTurn(what: () => Promise<void>): void {
    this.#sweeping = this.#sweeping.then(what).catch((cause: unknown) => {
      this.#options.warn("the folders of hands cannot be gone through", cause);
    });
  }

  async #watchFolders(): Promise<void> {
    for (const folder of this.#folders) {
      const seen = await stat(folder).catch(() => undefined);
      if (this.#isClosed) return;
      if (seen?.isDirectory() !== true) this.#present.delete(folder);
      else if (!this.#present.has(folder)) {
        this.#present.add(folder);
        this.#hints?.unwatch(folder);
        this.#hints?.add(folder);
      }
    }
  }

  async #sweep(): Promise<void> {
    const stamps = new Map<string, string>();
    for (const folder of this.#folders)
      for (const { path, stamp } of await historiesBelow(folder)) {
        stamps.set(path, stamp);
        if (this.#stamps.get(path) !== stamp) this.#hint(path);
      }
    this.#stamps = stamps;
  }

  #hint(path: string): void {
    if (this.#isClosed || !isHistoryFile(path)) return;
    let watched = this.#watched.get(path);
    if (watched === undefined) {
      const file = new WatchedFile(path, this.#options.services);
      watched = { file, isBusy: false, isDirty: false, failures: 0, timer: undefined };
      this.#watched.set(path, watched);
    }
    this.#enqueue(watched);
  }

  #enqueue(watched: Watched): void {
    clearTimeout(watched.timer);
    if (this.#isClosed) return;
    if (watched.isBusy) {
      watched.isDirty = true;
      return;
    }
    watched.isBusy = true;
    this.#queue.push(watched);
    this.#next();
  }

  #next(): void {
    if (this.#looks.size >= LOOKS_AT_ONCE) return;
    const watched = this.#queue.shift();
    if (watched === undefined) return;
    const look = this.#look(watched).finally(() => {
      this.#looks.delete(look);
      this.#next();
    });
    this.#looks.add(look);
  }

  async #look(watched: Watched): Promise<void> {
    const { file } = watched;
    watched.isDirty = false;
    try {
      const look = await file.look();
      watched.failures = 0;
      this.#tell(file.path, look);
      watched.isBusy = false;
      if (look.more || watched.isDirty) this.#enqueue(watched);
      else if (look.read > 0) this.#later(watched, SECOND_LOOK_MS, () => this.#enqueue(watched));
      else this.#later(watched, STILL_MS, () => this.#rest(watched));
    } catch (cause) {
      watched.isBusy = false;
      this.#failed(watched, cause);
    }
  }

  /** Nothing was written for a while. */
  #rest(watched: Watched): void {
    if (watched.isBusy) return;
    watched.isBusy = true;
    const { file } = watched;
    const resting = file
      .rest()
      .then(() => {
        watched.isBusy = false;
        if (watched.isDirty) this.#enqueue(watched);
      })
      .catch((cause: unknown) => {
        watched.isBusy = false;
        this.#failed(watched, cause);
      })
      .finally(() => this.#looks.delete(resting));
    this.#looks.add(resting);
  }

  #failed(watched: Watched, cause: unknown): void {
    const { file } = watched;
    // Gone: should it come back, it is another.
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      this.#watched.delete(file.path);
      return;
    }
    if (watched.failures === 0)
      this.#options.warn(`${file.path} cannot be read now and is tried again`, cause);
    const pause = Math.min(FIRST_RETRY_MS * 2 ** watched.failures, MAX_RETRY_MS);
    watched.failures += 1;
    this.#later(watched, pause, () => this.#enqueue(watched));
  }

  #later(watched: Watched, ms: number, what: () => void): void {
    clearTimeout(watched.timer);
    if (!this.#isClosed) watched.timer = setTimeout(what, ms);
  }

  #tell(path: string, look: Look): void {
    const { log, onLook } = this.#options;
    if (look.replaced) log(`${path} is another file than it was and is read from its beginning`);
    for (const { handId, line, reason } of look.refused)
      log(`${path}:${line}: ${handId ?? "a hand"} is refused: ${reason}`);
    onLook?.(path, look);
  }
}
