/**
 * The alarm sweeper, one in the cluster: wakes entities whose alarm is overdue and that nobody else has woken, because
 * the process they lived in is gone or they had left memory. An entity in memory rings by its own timer and is on time;
 * the sweeper is what makes alarms sure.
 */
import { Singleton } from "@effect/cluster";
import { Effect, Schedule } from "effect";
import type { ActorSystem } from "./ActorSystem.ts";
import { makeWake } from "./Cluster.ts";
import type { Clock } from "./Clock.ts";
import type { Journal } from "./Journal.ts";

const SWEEP_EVERY_MS = 500;
/** Overdue by less than this is left to the entity's own timer. */
const GRACE_MS = 400;
const MAX_PER_SWEEP = 500;
const CONCURRENT_WAKES = 32;

export const layer = (system: ActorSystem, journal: Journal, clock: Clock) =>
  Singleton.make(
    "alarm-sweeper",
    Effect.gen(function* () {
      const wake = yield* makeWake(system);
      const sweep = Effect.gen(function* () {
        const overdue = yield* Effect.promise(() =>
          journal.overdueAlarms(clock.now() - GRACE_MS, MAX_PER_SWEEP),
        );
        yield* Effect.forEach(overdue, ({ entityId, kind }) => wake(kind, entityId), {
          concurrency: CONCURRENT_WAKES,
          discard: true,
        });
      }).pipe(
        // The database or a process is away for a moment: the next sweep finds the same alarms still overdue.
        Effect.sandbox,
        Effect.catchAll((cause) => Effect.logWarning("a sweep for overdue alarms failed", cause)),
      );
      yield* Effect.repeat(sweep, Schedule.spaced(SWEEP_EVERY_MS));
    }),
  );
