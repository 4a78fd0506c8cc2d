/**
 * An entity's alarm: when its state says that it wants to be woken, it is given the command for that. While it is in memory
 * a timer wakes it; the alarm's row in the journal, written with its appends, is what wakes it when it is not, or when
 * its process has died. The row is never later than the alarm. A row that is too early costs one needless ring, so it is
 * left; it is written again when it is past.
 *
 * A process that has something outstanding claims the row too, so that it is driven elsewhere should this one die.
 */
import type { Entity } from "./Entity.ts";

/** An alarm rings no more often than this. */
const MIN_RING_INTERVAL_MS = 100;
/** One that leads to nothing rings ever more seldom, up to this; a defect then costs little, and is tried again. */
const MAX_RING_INTERVAL_MS = 30_000;
/** Should this process die, what is outstanding is driven elsewhere after so long: the alarm's row says so. */
const PROCESS_ALARM_MS = 3000;

/** What an alarm makes its entity do. */
interface Ringing {
  /** Gives the entity an internal command. */
  readonly give: (command: unknown) => void;
  /** Writes an empty entry, and with it the row. */
  readonly rang: (now: number) => void;
}

export class ActorAlarm {
  readonly #entity: Readonly<Entity>;
  readonly #ringing: Ringing;
  /** The alarm row as the journal has it, in-flight appends included. */
  #rowDueAt: number | undefined;
  #cancelTimer: (() => void) | undefined;
  #armedFor: number | undefined;
  /** The last ring: the alarm that it was for, when it was, and how long that one rests. */
  #last: { readonly dueAt: number; readonly at: number; readonly restMs: number } | undefined;

  constructor(entity: Readonly<Entity>, ringing: Ringing) {
    this.#entity = entity;
    this.#ringing = ringing;
  }

  /** The state that the journal holds has an alarm. */
  get isSet(): boolean {
    return this.#dueAt(this.#entity.committed) !== undefined;
  }

  /** Whether the row, as far as this copy knows it, says that the alarm is overdue. */
  get isRowDue(): boolean {
    return this.#rowDueAt !== undefined && this.#rowDueAt <= this.#entity.env.clock.now();
  }

  /** The row has been read, or goes to the journal with an append. */
  rowIs(dueAt: number | undefined): void {
    this.#rowDueAt = dueAt;
  }

  /** What to write to the row with an append that leads to `after`: null for no alarm, undefined to leave the row. */
  row(after: unknown, now: number): number | null | undefined {
    const outstanding =
      this.#entity.definition.process?.outstanding(after) === true
        ? now + PROCESS_ALARM_MS
        : undefined;
    const due = least(this.#dueAt(after), outstanding);
    if (this.#rowDueAt !== undefined && this.#rowDueAt <= now) return due ?? null;
    return due !== undefined && (this.#rowDueAt === undefined || due < this.#rowDueAt)
      ? due
      : undefined;
  }

  /** Sets the timer for what comes first: the alarm, or the row that has to be tidied. */
  arm(): void {
    const due = least(this.#dueAt(this.#entity.ahead), this.#rowDueAt);
    if (due === this.#armedFor) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#armedFor = due;
    if (due === undefined) return;
    const { clock } = this.#entity.env;
    const now = clock.now();
    this.#cancelTimer = clock.after(Math.max(due - now, this.#restMs(due, now), 0), () => {
      this.#armedFor = undefined;
      this.ringIfDue();
    });
  }

  disarm(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#armedFor = undefined;
  }

  ringIfDue(): void {
    const { isLive, isPaused } = this.#entity;
    if (!isLive || isPaused) return;
    this.#entity.survive("an alarm", () => this.#ring());
    this.#entity.survive("an alarm", () => {
      this.#armedFor = undefined;
      this.arm();
    });
  }

  #ring(): void {
    const { definition, env } = this.#entity;
    const now = env.clock.now();
    const due = this.#dueAt(this.#entity.ahead);
    if (due !== undefined && due <= now && this.#restMs(due, now) === 0) {
      const { version } = this.#entity;
      try {
        const command = definition.alarm?.command(this.#entity.ahead, now, env.entropy);
        if (command !== undefined) this.#ringing.give(command);
      } finally {
        this.#rang(due, now, this.#entity.version > version);
      }
    }
    // The row is past and nothing was written over it: an empty entry does, fenced like any other.
    if (this.#isRowStale(now)) this.#ringing.rang(now);
  }

  #rang(dueAt: number, at: number, ledToSomething: boolean): void {
    const before = this.#last?.dueAt === dueAt && !ledToSomething ? this.#last.restMs : 0;
    const restMs = Math.min(Math.max(before * 2, MIN_RING_INTERVAL_MS), MAX_RING_INTERVAL_MS);
    this.#last = { dueAt, at, restMs };
  }

  /** How long an alarm still rests after its last ring: not at all when the clock has been set back since. */
  #restMs(dueAt: number, now: number): number {
    if (this.#last === undefined) return 0;
    const { at, restMs } = this.#last;
    const rests = this.#last.dueAt === dueAt ? restMs : MIN_RING_INTERVAL_MS;
    return at > now ? 0 : Math.max(0, at + rests - now);
  }

  /** Whether the row is past and should say something else. One that is past because the alarm is overdue is right. */
  #isRowStale(now: number): boolean {
    return (
      this.#rowDueAt !== undefined &&
      this.#rowDueAt <= now &&
      this.row(this.#entity.ahead, now) !== this.#rowDueAt
    );
  }

  #dueAt(state: unknown): number | undefined {
    return this.#entity.definition.alarm?.dueAt(state);
  }
}

const least = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : other === undefined ? one : Math.min(one, other);
