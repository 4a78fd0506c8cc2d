/**
 * Virtual time. Everything that happens in a simulation is an event in this queue; one runs after another, each with all
 * the promises that follow from it, and time is wherever the next one stands. So a run depends on its seed alone, and
 * hours pass in milliseconds.
 *
 * An event belongs to a lane: a process, the network, the clients. A lane that is paused keeps its events until it goes on
 * (SIGSTOP); one that has ended loses them (SIGKILL).
 */
import type { Trace } from "./Trace.ts";

/** Runs of the event loop are dear, callbacks in one are not: promises are drained after each all the same. */
const EVENTS_PER_TURN = 64;

interface Event {
  readonly at: number;
  readonly order: number;
  readonly lane: Lane;
  readonly label: string;
  work: (() => void) | undefined;
}

export class Lane {
  readonly name: string;
  isPaused = false;
  hasEnded = false;
  /** Events that came due while it was paused. */
  readonly kept: Array<Event> = [];
  /** What should run soon runs in the order it was said. */
  soonAt = 0;

  constructor(name: string) {
    this.name = name;
  }
}

export class Scheduler {
  /** Milliseconds since the simulation began, with fractions. */
  now = 0;
  readonly #trace: Trace;
  readonly #heap: Array<Event> = [];
  #order = 0;

  constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** Runs `work` on a lane after a while; the returned function calls it off. */
  after(lane: Lane, delayMs: number, label: string, work: () => void): () => void {
    return this.at(lane, this.now + Math.max(0, delayMs), label, work);
  }

  /** Runs `work` at this time, after all that has been asked for at the same time before. */
  at(lane: Lane, at: number, label: string, work: () => void): () => void {
    return this.#push({ at, order: this.#order++, lane, label, work });
  }

  sleep(lane: Lane, delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.after(lane, delayMs, "sleep", resolve));
  }

  resume(lane: Lane): void {
    lane.isPaused = false;
    for (const { label, lane: of, work } of lane.kept.splice(0))
      if (work !== undefined)
        this.#push({ at: this.now, order: this.#order++, lane: of, label, work });
  }

  /** Lets things happen until `isDone`, or until `limitMs` is reached; answers which. */
  run(isDone: () => boolean, limitMs: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      let ended = false;
      const end = (done: boolean) => {
        ended = true;
        resolve(done);
      };
      const turn = (isLast: boolean) => {
        if (ended) return;
        try {
          if (isDone()) return end(true);
          const next = this.#heap[0];
          if (next === undefined || next.at > limitMs) {
            this.now = Math.max(this.now, limitMs);
            return end(false);
          }
          this.#pop();
          this.#happen(next);
        } catch (cause) {
          ended = true;
          return reject(cause);
        }
        if (isLast) plan();
      };
      const plan = () => {
        for (let i = 1; i <= EVENTS_PER_TURN; i++) setImmediate(turn, i === EVENTS_PER_TURN);
      };
      plan();
    });
  }

  #happen(event: Event): void {
    this.now = Math.max(this.now, event.at);
    const { label, lane, work } = event;
    if (work === undefined || lane.hasEnded) return;
    if (lane.isPaused) return void lane.kept.push(event);
    this.#trace.mark(this.now, lane.name);
    this.#trace.mark(this.now, label);
    work();
  }

  #push(event: Event): () => void {
    const heap = this.#heap;
    let i = heap.push(event) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!isBefore(event, heap[parent] as Event)) break;
      heap[i] = heap[parent] as Event;
      i = parent;
    }
    heap[i] = event;
    return () => {
      event.work = undefined;
    };
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Event;
    if (heap.length === 0) return;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const least =
        right < heap.length && isBefore(heap[right] as Event, heap[left] as Event) ? right : left;
      if (!isBefore(heap[least] as Event, last)) break;
      heap[i] = heap[least] as Event;
      i = least;
    }
    heap[i] = last;
  }
}

const isBefore = (one: Event, other: Event) =>
  one.at < other.at || (one.at === other.at && one.order < other.order);
