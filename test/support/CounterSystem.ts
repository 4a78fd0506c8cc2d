/** A process with counters, and the things one says to them in tests. */
import { CommandId } from "../../rpc/id.ts";
import type { ActorMetrics } from "../../src/actor/ActorEnvironment.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import type { AskOptions } from "../../src/actor/Ask.ts";
import { type Clock, systemClock } from "../../src/actor/Clock.ts";
import type { Journal } from "../../src/actor/Journal.ts";
import { Counter, counter } from "./Counter.ts";
import { quietMetrics } from "./quietMetrics.ts";

export interface LogLine {
  readonly message: string;
  readonly fields: Record<string, unknown>;
}

export interface CounterSystem {
  readonly system: ActorSystem;
  readonly log: ReadonlyArray<LogLine>;
  /** Appends that met a conflict. */
  readonly fenced: () => number;
  readonly add: (
    entityId: string,
    commandId: string,
    amount?: number,
    options?: AskOptions,
  ) => ReturnType<typeof askAdd>;
  /** Adds one, asking again until there is a final answer; the total. */
  readonly insist: (entityId: string, commandId: string, options?: AskOptions) => Promise<number>;
  /** The committed total; undefined when it cannot be told. */
  readonly total: (entityId: string) => Promise<number | undefined>;
}

/** A client pauses before it asks again. Shorter than it is told to: tests are in a hurry. */
const CLIENT_PAUSE_MS = 20;
const MAX_ATTEMPTS = 500;

export const clientPause = () =>
  new Promise<void>((goOn) => void systemClock.after(CLIENT_PAUSE_MS, goOn));

const askAdd = (
  { ask }: ActorSystem,
  entityId: string,
  commandId: string,
  amount: number,
  options?: AskOptions,
) => ask(Counter, "Add", { entityId, commandId: CommandId.make(commandId), amount }, options);

export const openCounterSystem = (
  journal: Journal,
  clock: Clock,
  metrics: Partial<ActorMetrics> = {},
): CounterSystem => {
  const log: Array<LogLine> = [];
  let fenced = 0;
  const system = new ActorSystem({
    actors: [counter],
    journal,
    clock,
    entropy: { hex: (bytes) => "0".repeat(bytes * 2) },
    metrics: {
      ...quietMetrics,
      fenced: (appends) => void (fenced += appends),
      ...metrics,
    },
    log: (message, fields) => void log.push({ message, fields }),
  });
  return {
    system,
    log,
    fenced: () => fenced,
    add: (entityId, commandId, amount = 1, options) =>
      askAdd(system, entityId, commandId, amount, options),
    insist: async (entityId, commandId, options) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        const answer = await askAdd(system, entityId, commandId, 1, options);
        if (answer.ok) return answer.value.total;
        if (answer.error._tag !== "Unavailable") throw answer.error;
        await clientPause();
      }
      throw new Error(`${commandId}: no answer after ${MAX_ATTEMPTS} attempts`);
    },
    total: async (entityId) => {
      const answered = await system.ask(Counter, "Get", { entityId });
      return answered.ok ? answered.value.total : undefined;
    },
  };
};
