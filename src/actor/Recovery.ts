/** Batched recovery: entities that come to life at the same time are read from the journal in one query. */
import type { Clock } from "./Clock.ts";
import type { Journal, Loaded, LoadRequest } from "./Journal.ts";

/** Keeps one query's result within some megabytes. */
const MAX_LOADS_PER_QUERY = 200;

interface Waiting {
  readonly request: LoadRequest;
  readonly resolve: (loaded: Loaded) => void;
  readonly reject: (cause: unknown) => void;
}

export class Recovery {
  readonly #journal: Journal;
  readonly #clock: Clock;
  #waiting: Array<Waiting> = [];
  #scheduled = false;

  constructor(journal: Journal, clock: Clock) {
    this.#journal = journal;
    this.#clock = clock;
  }

  load(request: LoadRequest): Promise<Loaded> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      if (this.#scheduled) return;
      this.#scheduled = true;
      this.#clock.soon(() => this.#flush());
    });
  }

  #flush(): void {
    this.#scheduled = false;
    while (this.#waiting.length > 0) void this.#read(this.#waiting.splice(0, MAX_LOADS_PER_QUERY));
  }

  async #read(batch: ReadonlyArray<Waiting>): Promise<void> {
    try {
      const loaded = await this.#journal.load(batch.map((one) => one.request));
      const byKey = new Map(loaded.map((one) => [`${one.kind}\n${one.entityId}`, one]));
      for (const { request, resolve, reject } of batch) {
        const found = byKey.get(`${request.kind}\n${request.entityId}`);
        if (found === undefined)
          reject(new Error(`the journal did not answer for ${request.kind} ${request.entityId}`));
        else resolve(found);
      }
    } catch (cause) {
      for (const { reject } of batch) reject(cause);
    }
  }
}
