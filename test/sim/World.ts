/** One simulated cluster: its time, chance, database, network and processes, and those who check. */
import { MemoryJournal } from "../../src/actor/MemoryJournal.ts";
import { Bank } from "./Bank.ts";
import { Bookkeeper } from "./Bookkeeper.ts";
import { Chance } from "./Chance.ts";
import { Locks } from "./Locks.ts";
import { Network } from "./Network.ts";
import type { Parts } from "./Parts.ts";
import { Runner } from "./Runner.ts";
import { Lane, Scheduler } from "./Scheduler.ts";
import { Store } from "./Store.ts";
import type { Surroundings } from "./Surroundings.ts";
import { Trace } from "./Trace.ts";
import { calm, type Weather, weatherOf } from "./Weather.ts";
import { Witness } from "./Witness.ts";

/** The wall clock when a simulation begins. */
const EPOCH_MS = 1_700_000_000_000;

export class World implements Surroundings {
  readonly trace = new Trace();
  readonly scheduler = new Scheduler(this.trace);
  readonly storeLane = new Lane("store");
  readonly clientLane = new Lane("clients");
  readonly faults: Chance;
  readonly store: Store;
  readonly bank: Bank;
  readonly books: Bookkeeper;
  readonly witness: Witness;
  readonly network: Network;
  readonly locks: Locks;
  readonly runners: Array<Runner> = [];
  readonly parts: Parts;
  weather: Weather;
  /** What went wrong first; the run ends with it. */
  violation: string | undefined;
  /** Things that a simulation should meet now and then, counted. */
  readonly met = new Map<string, number>();
  /** The wall clock is set forward by this. */
  #leapMs = 0;
  #storeIsDownUntil = 0;
  readonly #storeIsCutUntil = new Map<string, number>();

  constructor(parts: Parts) {
    this.parts = parts;
    this.faults = new Chance(parts.seed, "faults");
    this.weather = weatherOf(new Chance(parts.seed, "weather"));
    const fail = (sentence: string) => this.fail(sentence);
    this.books = new Bookkeeper(parts.promised, fail);
    this.witness = new Witness(this.books, () => this.scheduler.now, fail);
    this.store = new Store(parts.journal ?? new MemoryJournal(), (writer, batch) => {
      for (const { entry } of batch)
        this.note(
          `${writer} wrote ${entry.kind} ${entry.entityId} v${entry.version} ${entry.command} ${entry.commandId}`,
        );
      this.books.committed(batch);
    });
    this.bank = new Bank(this, new Chance(parts.seed, "bank"));
    this.network = new Network(this);
    this.locks = new Locks(this);
  }

  /** The true time on the wall, epoch milliseconds. */
  get wall(): number {
    return EPOCH_MS + this.#leapMs + Math.floor(this.scheduler.now);
  }

  get living(): ReadonlyArray<Runner> {
    return this.runners.filter(({ lane }) => !lane.hasEnded);
  }

  start(): Runner {
    const runner = new Runner(this, `p${this.runners.length + 1}`);
    this.runners.push(runner);
    this.note(`${runner.name} starts`);
    this.network.join(runner);
    this.locks.join(runner);
    return runner;
  }

  /** Someone sets every clock forward; timers do not notice. */
  leap(ms: number): void {
    this.note(`all clocks leap by ${ms} ms`);
    this.#leapMs += ms;
  }

  note(text: string): void {
    this.trace.note(this.scheduler.now, text);
  }

  sometimes(what: string): void {
    this.met.set(what, (this.met.get(what) ?? 0) + 1);
  }

  fail(sentence: string): void {
    if (this.violation !== undefined) return;
    this.violation = sentence;
    this.note(`VIOLATION: ${sentence}`);
  }

  isStoreReachable(writer: string): boolean {
    const { now } = this.scheduler;
    return this.#storeIsDownUntil <= now && (this.#storeIsCutUntil.get(writer) ?? 0) <= now;
  }

  /** The database is away for everyone, or for one process. */
  cutStore(forMs: number, writer?: string): void {
    const until = this.scheduler.now + forMs;
    this.note(`the database is away for ${writer ?? "all"} for ${forMs.toFixed(0)} ms`);
    if (writer === undefined) this.#storeIsDownUntil = until;
    else this.#storeIsCutUntil.set(writer, until);
  }

  /** The faults stop: what is paused goes on, what is cut is mended. */
  heal(): void {
    this.note("the storm is over");
    this.weather = calm(this.weather);
    this.#storeIsDownUntil = 0;
    this.#storeIsCutUntil.clear();
    this.network.mend();
    for (const { lane } of this.living) if (lane.isPaused) this.scheduler.resume(lane);
    if (this.living.every(({ isLeaving }) => isLeaving)) this.start();
  }
}
