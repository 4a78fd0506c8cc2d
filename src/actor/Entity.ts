/**
 * One entity in memory, as the parts of its `Actor` see it: who it is, and its state, which is kept twice. `ahead` is
 * what the next command is decided on; `committed` is what the journal holds, and all that anyone outside may learn:
 * queries, frames and processes see only it. The `Actor` alone writes here; its parts are given it to read.
 */
import type { ActorEnvironment } from "./ActorEnvironment.ts";
import type { AnyDurableActor } from "./DurableActor.ts";

/** `cold`: the state is not in memory. `closed`: it will not be again, the entity lives elsewhere. */
export type Phase = "cold" | "loading" | "live" | "closed";

export class Entity {
  readonly definition: AnyDurableActor;
  readonly entityId: string;
  readonly env: ActorEnvironment;
  /** `<kind>:<entity id>`: the name of its topic, and its name in the log. */
  readonly name: string;
  phase: Phase = "cold";
  ahead: unknown;
  version = 0;
  committed: unknown;
  committedVersion = 0;

  constructor(definition: AnyDurableActor, entityId: string, env: ActorEnvironment) {
    this.definition = definition;
    this.entityId = entityId;
    this.env = env;
    this.name = `${definition.contract.kind}:${entityId}`;
  }

  get kind(): string {
    return this.definition.contract.kind;
  }

  get isLive(): boolean {
    return this.phase === "live";
  }

  /** By an administrator's order: it takes no messages and does nothing by itself. */
  get isPaused(): boolean {
    return this.env.isPaused(this.kind);
  }

  /** A defect in an entity's own code is logged and ends there: the process has other entities. */
  survive(occasion: string, work: () => void): void {
    try {
      work();
    } catch (defect) {
      this.env.log("an entity's code died", {
        entity: this.name,
        occasion,
        cause: String(defect),
      });
    }
  }
}
