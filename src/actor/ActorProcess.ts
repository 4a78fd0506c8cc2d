/**
 * Drives what an entity owes to others (`Process` in `DurableActor.ts`): one run at a time, and again with growing pauses
 * until nothing is outstanding. A run sees the committed state only, as it is at each step; when the entity has left
 * memory meanwhile the run ends there, and the entity's next copy goes on.
 */
import type { ProcessContext } from "./DurableActor.ts";
import type { Entity } from "./Entity.ts";

/** A process that got further but not to its end goes on after this; the pause doubles while it gets no further. */
const AGAIN_MS = 20;
const RETRY_MAX_MS = 30_000;

/** What a process makes its entity do. */
interface Driving {
  /** Gives the entity an internal command; `told` hears whether it was committed. */
  readonly give: (command: unknown, told: (committed: boolean) => void) => void;
}

export class ActorProcess {
  readonly #entity: Readonly<Entity>;
  readonly #driving: Driving;
  #isRunning = false;
  #pauseMs = AGAIN_MS;
  #cancelAgain: (() => void) | undefined;

  constructor(entity: Readonly<Entity>, driving: Driving) {
    this.#entity = entity;
    this.#driving = driving;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get isOutstanding(): boolean {
    const { committed, definition } = this.#entity;
    return definition.process?.outstanding(committed) === true;
  }

  /** The entity has come to life: what an earlier life has begun goes on. */
  resume(): void {
    const { env, kind } = this.#entity;
    if (this.isOutstanding) env.metrics.resumed(kind);
    this.drive();
  }

  /** Runs the process if something is outstanding and it is not running. */
  drive(): void {
    const entity = this.#entity;
    const { process } = entity.definition;
    if (process === undefined || this.#isRunning || !entity.isLive || entity.isPaused) return;
    if (!process.outstanding(entity.committed)) return;
    const { committedVersion, env, name } = entity;
    this.#isRunning = true;
    this.#cancelAgain?.();
    process
      .run(this.#context())
      .catch((cause: unknown) =>
        env.log("a process stopped", { entity: name, cause: String(cause) }),
      )
      .finally(() => {
        this.#isRunning = false;
        if (!entity.isLive || !process.outstanding(entity.committed)) return;
        const progressed = entity.committedVersion > committedVersion;
        this.#pauseMs = progressed ? AGAIN_MS : Math.min(this.#pauseMs * 2, RETRY_MAX_MS);
        this.#cancelAgain = env.clock.after(this.#pauseMs, () => this.drive());
      });
  }

  /** Calls off the next run; one that is under way finds the entity gone. */
  cancel(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = undefined;
  }

  #context(): ProcessContext<unknown, unknown> {
    const entity = this.#entity;
    const { ask, clock } = entity.env;
    return {
      entityId: entity.entityId,
      state: () => {
        if (!entity.isLive) throw new Error("the entity has gone; its next copy goes on");
        return entity.committed;
      },
      ask,
      now: () => clock.now(),
      tell: (command) =>
        new Promise((resolve) => {
          if (entity.isLive) this.#driving.give(command, resolve);
          else resolve(false);
        }),
    };
  }
}
