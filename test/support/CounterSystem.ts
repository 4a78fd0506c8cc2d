/** A process with counters, and the things one says to them in tests. */
import { CommandId } from "../../rpc/id.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import type { AskOptions } from "../../src/actor/Ask.ts";
import type { Clock } from "../../src/actor/Clock.ts";
import type { Journal } from "../../src/actor/Journal.ts";
import { Counter, counter } from "./Counter.ts";

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
  /** The committed total; undefined when it cannot be told. */
  readonly total: (entityId: string) => Promise<number | undefined>;
}

const askAdd = (
  { ask }: ActorSystem,
  entityId: string,
  commandId: string,
  amount: number,
  options?: AskOptions,
) => ask(Counter, "Add", { entityId, commandId: CommandId.make(commandId), amount }, options);

export const openCounterSystem = (journal: Journal, clock: Clock): CounterSystem => {
  const log: Array<LogLine> = [];
  let fenced = 0;
  const system = new ActorSystem({
    actors: [counter],
    journal,
    clock,
    entropy: { hex: (bytes) => "0".repeat(bytes * 2) },
    metrics: {
      decided: () => undefined,
      committed: () => undefined,
      fenced: (appends) => void (fenced += appends),
    },
    log: (message, fields) => void log.push({ message, fields }),
  });
  return {
    system,
    log,
    fenced: () => fenced,
    add: (entityId, commandId, amount = 1, options) =>
      askAdd(system, entityId, commandId, amount, options),
    total: async (entityId) => {
      const answered = await system.ask(Counter, "Get", { entityId });
      return answered.ok ? answered.value.total : undefined;
    },
  };
};
