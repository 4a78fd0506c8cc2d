/**
 * What an entity shows to those who watch it (see `Topics.ts`): a frame for each committed change, samples of the present
 * for as long as someone watches, and when it comes to life the newest frames, made again from the journal, for those
 * who missed them while it moved.
 */
import type { Meta } from "./Decider.ts";
import type { Step } from "./Decided.ts";
import type { AnyDurableActor, Sample } from "./DurableActor.ts";
import type { Entity } from "./Entity.ts";
import type { Recalled } from "./Restored.ts";
import type { TopicFrame } from "./Topics.ts";

export class ActorTopic {
  readonly #entity: Readonly<Entity>;
  #cancelSample: (() => void) | undefined;
  /** What was reported last, and when. */
  #reported: { readonly of: object; readonly at: number } | undefined;

  constructor(entity: Readonly<Entity>) {
    this.#entity = entity;
  }

  /** Someone watches who wants to be shown the present. */
  get isSampled(): boolean {
    return this.#entity.definition.topic?.sample !== undefined && this.#isWatched;
  }

  get #isWatched(): boolean {
    return this.#entity.env.topics.isWatched(this.#entity.name);
  }

  get #version(): number {
    return this.#entity.definition.topic?.version(this.#entity.committed) ?? 0;
  }

  /** The entity has come to life: tells those who watch its version, and what they missed. */
  open(recent: ReadonlyArray<Recalled>): void {
    const { definition, entityId, env, name } = this.#entity;
    const frames = () =>
      recent.flatMap(({ after, entry, event }) =>
        this.#frames(event, after, { at: entry.at, entityId, commandId: entry.commandId }),
      );
    env.topics.opened(name, this.#version, definition.topic?.history ?? 0, frames);
  }

  /** Someone watches now. */
  watched(): void {
    if (!this.#entity.isLive) return;
    this.#entity.env.topics.stands(this.#entity.name, this.#version);
    this.sample();
  }

  /** Shows what a committed command has changed. */
  publish(steps: ReadonlyArray<Step>, meta: Meta): void {
    const { definition, env } = this.#entity;
    const { topic } = definition;
    if (topic === undefined || (topic.history === 0 && !this.#isWatched)) return;
    for (const { event, after } of steps)
      for (const frame of this.#frames(event, after, meta))
        env.topics.publish(frame, topic.history);
  }

  /** Reports the present for as long as there is something to report and someone watches. */
  sample(): void {
    const { committed, definition, env } = this.#entity;
    const { topic } = definition;
    if (topic?.sample === undefined || this.#cancelSample !== undefined) return;
    if (!this.#isWatched) return;
    const sample = topic.sample(committed, env.clock.now());
    if (sample === undefined) return;
    this.#cancelSample = env.clock.after(sample.everyMs, () => {
      this.#cancelSample = undefined;
      if (this.#entity.isLive) this.#entity.survive("a sample", () => this.#report(topic));
    });
  }

  /** Calls off the next sample. */
  cancel(): void {
    this.#cancelSample?.();
    this.#cancelSample = undefined;
  }

  #report(topic: NonNullable<AnyDurableActor["topic"]>): void {
    const { committed, env, name } = this.#entity;
    const now = env.clock.now();
    const present = topic.sample?.(committed, now);
    if (present !== undefined && !this.#isOld(present, now)) {
      this.#reported = present.of === undefined ? undefined : { of: present.of, at: now };
      const text = JSON.stringify(present.frame());
      env.topics.publish(
        { topic: name, version: this.#version, sampled: true, text },
        topic.history,
      );
    }
    this.sample();
  }

  /** It has been reported as it is, and not long ago. A clock that was set back makes it new. */
  #isOld({ of, unchangedForMs = 0 }: Sample, now: number): boolean {
    const last = this.#reported;
    if (of === undefined || last === undefined || last.of !== of) return false;
    const forMs = now - last.at;
    return forMs >= 0 && forMs < unchangedForMs;
  }

  #frames(event: unknown, after: unknown, meta: Meta): ReadonlyArray<TopicFrame> {
    const { definition, name } = this.#entity;
    const frames = definition.topic?.frames(event, after, meta) ?? [];
    return frames.map(({ frame, version }) => ({
      topic: name,
      version,
      sampled: false,
      text: JSON.stringify(frame),
    }));
  }
}
