/**
 * One entity in memory: its mailbox, and the gate that holds its answers back until they are true.
 *
 * A decision moves the `ahead` state at once and queues an append; while that is in flight the entity goes on deciding. When
 * the append is committed, the `committed` state follows and the reply leaves (the output gate). When it fails,
 * everything ahead of the journal is void: the entity forgets its state and reads it again when it is next needed.
 *
 * Everything here is synchronous but for reading the journal: a message is decided in the call that delivers it. What an
 * entity does unasked has its own files: `ActorAlarm`, `ActorProcess`, `ActorTopic`, `ActorSnapshots`.
 */
import { ActorAlarm } from "./ActorAlarm.ts";
import type { ActorEnvironment } from "./ActorEnvironment.ts";
import { ActorProcess } from "./ActorProcess.ts";
import { ActorSnapshots } from "./ActorSnapshots.ts";
import { ActorTopic } from "./ActorTopic.ts";
import { answer, type Decided, decide, decideUnasked } from "./Decided.ts";
import type { Meta } from "./Decider.ts";
import type { AnyDurableActor } from "./DurableActor.ts";
import { Entity } from "./Entity.ts";
import type { Settled, Submission } from "./GroupCommit.ts";
import { InFlight, type Pending } from "./InFlight.ts";
import type { JournalEntry } from "./Journal.ts";
import {
  type ContractCodec,
  type Delivery,
  type MessageCodec,
  PAUSED,
  unavailable,
} from "./Message.ts";
import { isOther, RecentReplies, repetition, reused } from "./RecentReplies.ts";
import { type Recalled, restore } from "./Restored.ts";

/** Messages that one entity may have waiting or in flight. Beyond it, callers are told to come back. */
const MAILBOX_CAPACITY = 8192;
const RETRY_MAILBOX_FULL_MS = 250;
const RETRY_REREAD_MS = 100;
const RETRY_AWAY_MS = 1000;
const RETRY_BEHIND_MS = 500;
/** An entity that could not be read although it has work to do tries again after this. */
const RELOAD_RETRY_MS = 500;
/** The longest such pause; it doubles as long as the entity cannot be read. */
const RELOAD_RETRY_MAX_MS = 30_000;

export class Actor {
  readonly #entity: Entity;
  readonly #codec: ContractCodec;
  readonly #env: ActorEnvironment;
  readonly #alarm: ActorAlarm;
  readonly #process: ActorProcess;
  readonly #topic: ActorTopic;
  readonly #snapshots: ActorSnapshots;
  readonly #replies: RecentReplies;
  readonly #inFlight = new InFlight();
  #inbox: Array<Delivery> = [];
  #cancelReload: (() => void) | undefined;
  #reloadPauseMs = RELOAD_RETRY_MS;
  /** When it was last spoken to or acted by itself: an entity with work of its own is in use. */
  lastUsedAt: number;

  constructor(
    definition: AnyDurableActor,
    codec: ContractCodec,
    entityId: string,
    env: ActorEnvironment,
  ) {
    const entity = new Entity(definition, entityId, env);
    this.#entity = entity;
    this.#codec = codec;
    this.#env = env;
    this.#alarm = new ActorAlarm(entity, this);
    this.#process = new ActorProcess(entity, this);
    this.#topic = new ActorTopic(entity);
    this.#snapshots = new ActorSnapshots(entity);
    this.#replies = new RecentReplies(definition.recentReplies);
    this.lastUsedAt = env.clock.now();
  }

  get kind(): string {
    return this.#entity.kind;
  }

  get entityId(): string {
    return this.#entity.entityId;
  }

  get isLive(): boolean {
    return this.#entity.isLive;
  }

  /** Its door is closed for good; another copy may be opened in its place. */
  get isClosed(): boolean {
    return this.#entity.phase === "closed";
  }

  /** Messages waiting for the state or for a commit. */
  get depth(): number {
    return this.#inbox.length + this.#inFlight.depth;
  }

  deliver(delivery: Delivery): void {
    this.lastUsedAt = this.#env.clock.now();
    if (this.#entity.phase === "closed") return delivery.moved();
    if (this.#entity.isPaused) return delivery.answer(PAUSED);
    if (this.depth >= MAILBOX_CAPACITY) {
      return delivery.answer(unavailable("the entity's mailbox is full", RETRY_MAILBOX_FULL_MS));
    }
    if (this.#entity.isLive) return this.#handle(delivery);
    this.#inbox.push(delivery);
    this.wake();
  }

  // --- its life

  /** Reads the state if it is not in memory; an alarm that is due rings then. */
  wake(): void {
    if (this.#entity.phase === "cold") void this.#load();
    else if (this.#entity.isLive) this.#alarm.ringIfDue();
  }

  /**
   * The journal says that its alarm is overdue. A copy that knows nothing of that was read before another copy's last commit:
   * it reads again.
   */
  overdue(): void {
    if (this.#entity.isLive && this.#inFlight.isEmpty && !this.#alarm.isRowDue) this.#forget();
    this.wake();
  }

  /** Its kind is no longer paused: what it would have done meanwhile it does now. */
  unpaused(): void {
    this.wake();
    this.#entity.survive("going on after a pause", () => this.#process.drive());
  }

  /** Someone watches the topic now. */
  watched(): void {
    this.#topic.watched();
  }

  /** It has work of its own: an alarm to ring on time, something owed, or the present to report to those who watch. */
  get isNeeded(): boolean {
    return this.#hasWork || this.#topic.isSampled;
  }

  get #hasWork(): boolean {
    return this.#entity.isLive && (this.#alarm.isSet || this.#process.isOutstanding);
  }

  /** Forgets the state to free memory, if nothing needs it now. The alarm's row stays and brings it back. */
  evict(): boolean {
    if (!this.#entity.isLive || !this.#inFlight.isEmpty || this.#process.isRunning) return false;
    this.#forget();
    this.#replies.forget();
    return true;
  }

  /**
   * Closes the door for good: what waits is sent back, to go elsewhere; what is in flight is still answered. Resolves when
   * nothing is in flight any more: whoever reads the journal then reads all that this copy has written.
   */
  close(): Promise<void> {
    if (this.#entity.phase !== "closed") {
      const waiting = this.#inbox.splice(0);
      this.#forget();
      this.#replies.forget();
      this.#entity.phase = "closed";
      for (const delivery of waiting) delivery.moved();
    }
    return this.#inFlight.emptied();
  }

  async #load(): Promise<void> {
    const entity = this.#entity;
    if (entity.isPaused) {
      for (const delivery of this.#inbox.splice(0)) delivery.answer(PAUSED);
      return;
    }
    entity.phase = "loading";
    this.#cancelReload?.();
    let recent: ReadonlyArray<Recalled>;
    try {
      const { recentReplies, snapshots } = entity.definition;
      const loaded = await this.#env.recovery.load({
        kind: entity.kind,
        entityId: entity.entityId,
        recentReplies,
        snapshotRevision: snapshots.revision,
      });
      // Closed meanwhile: whoever waited has been told.
      if (entity.phase !== "loading") return;
      const restored = restore(entity.definition, this.#env.codecs, loaded);
      if (loaded.snapshot !== undefined) this.#env.metrics.recoveredFromSnapshot(entity.kind);
      entity.ahead = entity.committed = restored.state;
      entity.version = entity.committedVersion = restored.version;
      this.#snapshots.newestIs(restored.snapshotVersion);
      this.#alarm.rowIs(loaded.alarmDueAt);
      for (const entry of loaded.entries) this.#replies.remember(entry.commandId, entry);
      recent = restored.recent;
    } catch (cause) {
      if (entity.phase !== "loading") return;
      entity.phase = "cold";
      this.#env.log("an entity cannot be read", { entity: entity.name, cause: String(cause) });
      for (const delivery of this.#inbox.splice(0)) {
        delivery.answer(unavailable("the entity's journal cannot be read now", RETRY_AWAY_MS));
      }
      this.#reloadLater();
      return;
    }
    entity.phase = "live";
    this.#reloadPauseMs = RELOAD_RETRY_MS;
    entity.survive("coming to life", () => this.#topic.open(recent));
    const now = this.#env.clock.now();
    for (const delivery of this.#inbox.splice(0)) {
      if (delivery.deadline > now) this.#handle(delivery);
      else delivery.answer(TOO_LATE);
    }
    this.#alarm.ringIfDue();
    entity.survive("coming to life", () => {
      this.#process.resume();
      this.#topic.sample();
    });
  }

  #reloadLater(): void {
    this.#cancelReload?.();
    const pauseMs = this.#reloadPauseMs;
    this.#reloadPauseMs = Math.min(pauseMs * 2, RELOAD_RETRY_MAX_MS);
    this.#cancelReload = this.#env.clock.after(pauseMs, () => this.wake());
  }

  /** The state has to be read again. The replies stay: what the journal has answered once, it has answered for ever. */
  #forget(): void {
    this.#entity.phase = "cold";
    this.#alarm.disarm();
    this.#process.cancel();
    this.#topic.cancel();
    this.#cancelReload?.();
    this.#cancelReload = undefined;
    this.#entity.ahead = this.#entity.committed = undefined;
  }

  // --- deciding

  #handle(delivery: Delivery): void {
    const codec = this.#codec.get(delivery.tag);
    if (codec === undefined)
      return delivery.answer(unavailable(`unknown message ${delivery.tag}`, RETRY_AWAY_MS));
    try {
      if (codec.isQuery) delivery.answer(answer(this.#entity, delivery, this.#env.clock.now()));
      else this.#command(delivery, codec);
    } catch (defect) {
      this.#env.log("a decider died", {
        entity: this.#entity.name,
        message: delivery.tag,
        cause: String(defect),
      });
      delivery.answer(unavailable("the entity could not decide", RETRY_AWAY_MS));
    }
  }

  #command(delivery: Delivery, codec: MessageCodec): void {
    const commandId = delivery.payload.commandId;
    if (commandId === undefined) throw new Error(`${delivery.tag} came without a command id`);
    const pending = this.#inFlight.find(commandId);
    if (pending !== undefined) {
      if (isOther(pending.entry, delivery)) delivery.answer(reused(commandId));
      else this.#inFlight.repeat(pending, delivery);
      return;
    }
    const stored = this.#replies.find(commandId);
    if (stored !== undefined)
      return delivery.answer(repetition(stored, delivery, codec, commandId));
    if (this.#replies.isSuspect(commandId)) return void this.#lookUp(delivery, codec, commandId);
    if (this.#env.committer.isFull)
      return delivery.answer(unavailable("the journal is behind", RETRY_BEHIND_MS));

    const meta = this.#meta(commandId, this.#env.clock.now());
    this.#submit(delivery.tag, meta, decide(this.#entity, codec, delivery, meta), delivery);
  }

  /** An id that another append already carries: its stored reply, or, if it has none after all, a decision. */
  async #lookUp(delivery: Delivery, codec: MessageCodec, commandId: string): Promise<void> {
    try {
      const { entityId, kind } = this.#entity;
      const stored = await this.#env.journal.findCommand({ kind, entityId }, commandId);
      this.#replies.acquit(commandId);
      if (stored === undefined) return this.deliver(delivery);
      // Whoever asks once more for it does not make the entity read again.
      this.#replies.recall(commandId, stored);
      delivery.answer(repetition(stored, delivery, codec, commandId));
    } catch (cause) {
      this.#env.log("a stored reply cannot be read", {
        entity: this.#entity.name,
        commandId,
        cause: String(cause),
      });
      delivery.answer(unavailable("the entity's journal cannot be read now", RETRY_AWAY_MS));
    }
  }

  /** Gives the entity an internal command. Nothing is written when nothing follows from it. */
  give(command: unknown, told?: (committed: boolean) => void): void {
    const name = (command as { readonly _tag?: string })._tag ?? "Internal";
    const meta = this.#meta(this.#ownCommandId(name), this.#env.clock.now());
    this.lastUsedAt = meta.at;
    const { ahead, definition } = this.#entity;
    const events = definition.decider.decideInternal(ahead, command as never, meta);
    if (events.length === 0) return told?.(true);
    this.#submit(name, meta, decideUnasked(this.#entity, events, meta), undefined, told);
  }

  /** An entry without events, for the alarm's row that goes with it. */
  rang(now: number): void {
    const meta = this.#meta(this.#ownCommandId("Rang"), now);
    this.#submit("Rang", meta, decideUnasked(this.#entity, [], meta), undefined);
  }

  #ownCommandId(name: string): string {
    return `~${name}:${this.#entity.version + 1}`;
  }

  #meta(commandId: string, at: number): Meta {
    return { at, entityId: this.#entity.entityId, commandId };
  }

  // --- the output gate

  #submit(
    command: string,
    meta: Meta,
    { evolved, outcome, reply }: Decided,
    delivery: Delivery | undefined,
    told?: (committed: boolean) => void,
  ): void {
    const entity = this.#entity;
    const version = entity.version + 1;
    const { after, events, rows, steps } = evolved;
    const entry: JournalEntry = {
      kind: entity.kind,
      entityId: entity.entityId,
      version,
      commandId: meta.commandId,
      command,
      fingerprint: delivery?.fingerprint ?? null,
      events,
      reply,
      at: meta.at,
      by: delivery?.by ?? null,
      requestId: delivery?.requestId ?? null,
    };
    const alarmDueAt = this.#alarm.row(after, meta.at);
    const submission: Submission = {
      append: { entry, alarmDueAt, rows },
      settle: (result) => this.#settle(pending, result),
      void: false,
    };
    const repeats: Array<Delivery> = [];
    const pending: Pending = { entry, outcome, delivery, repeats, told, steps, after, submission };
    entity.ahead = after;
    entity.version = version;
    if (alarmDueAt !== undefined) this.#alarm.rowIs(alarmDueAt ?? undefined);
    this.#inFlight.add(pending);
    this.#env.committer.submit(submission);
  }

  #settle(pending: Pending, result: Settled): void {
    if (result !== "committed") return this.#fail(result);
    const entity = this.#entity;
    const { delivery, entry, outcome } = pending;
    this.#inFlight.committed(pending);
    entity.committed = pending.after;
    entity.committedVersion = entry.version;
    if (delivery !== undefined) {
      this.#replies.remember(entry.commandId, entry);
      this.#env.metrics.decided(entity.kind, entry.command, outcome);
      delivery.answer(outcome);
      for (const repeat of pending.repeats) repeat.answer({ ...outcome, replayed: true });
    } else this.#env.metrics.didItself(entity.kind, entry.command);
    pending.told?.(true);
    entity.survive("a frame", () => this.#topic.publish(pending.steps, entry));
    if (!entity.isLive) return;
    if (entry.events.length > 0) {
      this.#alarm.arm();
      this.#process.drive();
      entity.survive("a sample", () => this.#topic.sample());
    }
    this.#snapshots.offerIfDue();
  }

  /** The journal took nothing of what is in flight: forget the state, and answer or redo what was asked. */
  #fail(result: Exclude<Settled, "committed">): void {
    const failed = this.#inFlight.void();
    const hadWork = this.#hasWork;
    if (this.#entity.phase !== "closed") this.#forget();
    const isDuplicate = result === "duplicate" && failed.some((one) => one.delivery !== undefined);
    for (const { delivery, entry, repeats, told } of failed) {
      told?.(false);
      if (delivery === undefined) continue;
      for (const each of [delivery, ...repeats]) {
        if (isDuplicate) {
          this.#replies.suspect(entry.commandId);
          this.deliver(each);
        } else if (result === "fence") each.moved();
        else each.answer(FAILED[result]);
      }
    }
    // A timer or process of the forgotten state would otherwise wait for the sweeper.
    if (hadWork && this.#entity.phase === "cold") this.#reloadLater();
  }
}

const TOO_LATE = unavailable("it came too late and was not carried out", RETRY_REREAD_MS);

const FAILED = {
  duplicate: unavailable("the entity is being read again", RETRY_REREAD_MS),
  away: unavailable("the database is away", RETRY_AWAY_MS),
  refused: unavailable("the entity could not store its decision", RETRY_AWAY_MS),
} as const;
