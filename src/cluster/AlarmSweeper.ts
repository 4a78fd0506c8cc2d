/**
 * The alarm sweeper, one in the cluster: wakes entities whose alarm is overdue and that nobody else has woken, because
 * the process they lived in is gone or they had left memory. An entity in memory rings by its own timer and is on time;
 * the sweeper is what makes alarms sure.
 *
 * An alarm may stay overdue though its entity was woken: its kind is paused, or what it owes cannot be done while somebody else
 * is away. There may be thousands of these, and they are the longest overdue; so each sweep goes on where the last one
 * ended, and none of the others has to wait for them.
 *
 * It is not fenced, for it changes nothing: an entity that is woken twice finds its alarm due once.
 */
import { Singleton } from "@effect/cluster";
import { Effect, Schedule } from "effect";
import type { Clock } from "../actor/Clock.ts";
import type { EntityKey, Journal } from "../actor/Journal.ts";

export const ALARM_SWEEPER = "alarm-sweeper";

const SWEEP_EVERY_MS = 500;
/** Overdue by less than this is left to the entity's own timer. */
const GRACE_MS = 400;
const MAX_PER_SWEEP = 500;

/** Finds the next of those that are overdue, and begins again after the last. */
export const sweeps = (journal: Pick<Journal, "overdueAlarms">, clock: Pick<Clock, "now">) => {
  let skip = 0;
  return async (): Promise<ReadonlyArray<EntityKey>> => {
    const found = await journal.overdueAlarms(clock.now() - GRACE_MS, MAX_PER_SWEEP, skip);
    skip = found.length < MAX_PER_SWEEP ? 0 : skip + MAX_PER_SWEEP;
    return found;
  };
};

export const layer = (options: {
  readonly journal: Journal;
  readonly clock: Clock;
  /** Wakes entities wherever they belong. */
  readonly wake: (entities: ReadonlyArray<EntityKey>) => void;
  /** Who runs here, for the report. */
  readonly running: {
    readonly during: <A, E, R>(
      name: string,
      work: Effect.Effect<A, E, R>,
    ) => Effect.Effect<A, E, R>;
  };
}) =>
  Singleton.make(
    ALARM_SWEEPER,
    Effect.suspend(() => {
      const { clock, journal, running, wake } = options;
      const sweep = Effect.promise(sweeps(journal, clock)).pipe(
        Effect.map(wake),
        // The database is away for a moment: the next sweep finds the same alarms still overdue.
        Effect.sandbox,
        Effect.catchAll((cause) => Effect.logWarning("a sweep for overdue alarms failed", cause)),
      );
      return running.during(ALARM_SWEEPER, Effect.repeat(sweep, Schedule.spaced(SWEEP_EVERY_MS)));
    }),
  );
