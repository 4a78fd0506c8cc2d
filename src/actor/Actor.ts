/**
 * One entity in memory: its mailbox, its state, and what it has decided but not yet committed.
 *
 * It keeps two states. `ahead` is what the next command is decided on; `committed` is what the journal holds, and all
 * that anyone outside may learn: queries, frames and processes see only it. A decision moves `ahead` at once and
 * queues an append; while that is in flight the entity goes on deciding. When the append is committed, `committed`
 * follows and the reply leaves (the output gate). When it fails, everything ahead of the journal is void: the entity
 * forgets its state and reads it again when it is next needed.
 *
 * Everything here is synchronous but for reading the journal: a message is decided in the call that delivers it.
 */
import type { Decision, Meta } from "./Decider.ts";
import type { AnyDurableActor, ProcessContext } from "./DurableActor.ts";
import type { ActorEnvironment } from "./ActorEnvironment.ts";
import type { Submission, Settled } from "./GroupCommit.ts";
import type { JournalEntry, Loaded, LoadedEntry, StoredCommand, StoredReply } from "./Journal.ts";
import {
  type AnyOutcome,
  type ContractCodec,
  type Delivery,
  fromStored,
  type MessageCodec,
  unavailable,
} from "./Message.ts";
import type { ProjectedRow } from "./Projection.ts";
import type { TopicFrame } from "./Topics.ts";
import { IdempotencyKeyReused } from "../../rpc/failure.ts";

/** Messages that one entity may have waiting or in flight. Beyond it, callers are told to come back. */
const MAILBOX_CAPACITY = 8192;
const RETRY_MAILBOX_FULL_MS = 250;
const RETRY_REREAD_MS = 100;
const RETRY_AWAY_MS = 1000;
const RETRY_PAUSED_MS = 5000;
const RETRY_BEHIND_MS = 500;
/** An alarm that led to nothing rings no more often than this. */
const MIN_RING_INTERVAL_MS = 100;
/** An entity that could not be read although it has work to do tries again after this. */
const RELOAD_RETRY_MS = 500;
/** The longest such pause; it doubles as long as the entity cannot be read. */
const RELOAD_RETRY_MAX_MS = 30_000;
/** A process that got further but not to its end goes on after this; the pause doubles while it gets no further. */
const PROCESS_AGAIN_MS = 20;
const PROCESS_RETRY_MAX_MS = 30_000;
/** Should this process die, what is outstanding is driven elsewhere after so long: the alarm's row says so. */
const PROCESS_ALARM_MS = 3000;

/** Entries that a snapshot waits for each item in the state. */
const ENTRIES_PER_ITEM = 4;

type Phase = "cold" | "loading" | "live" | "closed";

/** A command that has been decided and not yet committed. */
interface Pending {
  readonly entry: JournalEntry;
  readonly outcome: AnyOutcome;
  /** The letter, to be delivered again if its id turns out to be an old one; undefined for internal commands. */
  readonly delivery: Delivery | undefined;
  /** Those who asked for the same command id meanwhile. */
  readonly repeats: Array<Delivery>;
  readonly told: ((committed: boolean) => void) | undefined;
  readonly steps: ReadonlyArray<Step>;
  readonly after: unknown;
  readonly submission: Submission;
}

interface Step {
  readonly event: unknown;
  readonly after: unknown;
}

interface Evolved {
  readonly events: ReadonlyArray<unknown>;
  readonly steps: ReadonlyArray<Step>;
  readonly rows: ReadonlyArray<ProjectedRow>;
  readonly after: unknown;
}

/** Who is told what when an append is committed. */
interface Reaction {
  readonly reply?: StoredReply;
  readonly outcome?: AnyOutcome;
  readonly delivery?: Delivery;
  readonly told?: (committed: boolean) => void;
}

export class Actor {
  readonly entityId: string;
  readonly #actor: AnyDurableActor;
  readonly #codec: ContractCodec;
  readonly #env: ActorEnvironment;
  readonly #topic: string;
  #phase: Phase = "cold";
  #inbox: Array<Delivery> = [];
  #ahead: unknown;
  #version = 0;
  #committed: unknown;
  #committedVersion = 0;
  #snapshotVersion = 0;
  /** The alarm row as the journal has it, in-flight appends included. */
  #rowDueAt: number | undefined;
  #inFlight: Array<Pending> = [];
  #pending = new Map<string, Pending>();
  /** Those who wait for a command in flight that another has asked for. */
  #repeats = 0;
  #recent = new Map<string, StoredCommand>();
  /** Ids that may have been carried out before the replies remembered here: looked up before they are decided. */
  #suspects = new Set<string>();
  #cancelTimer: (() => void) | undefined;
  #armedFor: number | undefined;
  #cancelReload: (() => void) | undefined;
  #reloadPauseMs = RELOAD_RETRY_MS;
  #lastRingAt = Number.NEGATIVE_INFINITY;
  #driving = false;
  #drivePauseMs = PROCESS_AGAIN_MS;
  #cancelDrive: (() => void) | undefined;
  #cancelSample: (() => void) | undefined;
  /** Who waits until nothing is in flight. */
  #settled: Array<() => void> = [];
  /** When it was last spoken to or acted by itself: an entity with work of its own is in use. */
  lastUsedAt: number;

  constructor(
    actor: AnyDurableActor,
    codec: ContractCodec,
    entityId: string,
    env: ActorEnvironment,
  ) {
    this.#actor = actor;
    this.#codec = codec;
    this.entityId = entityId;
    this.#env = env;
    this.#topic = `${actor.contract.kind}:${entityId}`;
    this.lastUsedAt = env.clock.now();
  }

  get kind(): string {
    return this.#actor.contract.kind;
  }

  get isLive(): boolean {
    return this.#phase === "live";
  }

  /** Messages waiting for the state or for a commit. */
  get depth(): number {
    return this.#inbox.length + this.#inFlight.length + this.#repeats;
  }

  deliver(delivery: Delivery): void {
    this.lastUsedAt = this.#env.clock.now();
    if (this.#phase === "closed") return delivery.moved();
    if (this.#isPaused) return delivery.answer(PAUSED);
    if (this.depth >= MAILBOX_CAPACITY) {
      return delivery.answer(unavailable("the entity's mailbox is full", RETRY_MAILBOX_FULL_MS));
    }
    if (this.#phase === "live") return this.#handle(delivery);
    this.#inbox.push(delivery);
    this.wake();
  }

  /** Reads the state if it is not in memory; an alarm that is due rings then. */
  wake(): void {
    if (this.#phase === "cold") void this.#load();
    else if (this.#phase === "live") this.#ringIfDue();
  }

  /**
   * The journal says that its alarm is overdue. A copy that knows nothing of that was read before another copy's last commit:
   * it reads again.
   */
  overdue(): void {
    const isKnown = this.#rowDueAt !== undefined && this.#rowDueAt <= this.#env.clock.now();
    if (this.#phase === "live" && this.#inFlight.length === 0 && !isKnown) this.#forget();
    this.wake();
  }

  /** Its kind is no longer paused: what it would have done meanwhile it does now. */
  unpaused(): void {
    this.wake();
    this.#survive("going on after a pause", () => this.#drive());
  }

  /** By an administrator's order: it takes no messages and does nothing by itself. */
  get #isPaused(): boolean {
    return this.#env.isPaused(this.kind);
  }

  /** Someone watches the topic now. */
  watched(): void {
    if (this.#phase !== "live") return;
    this.#env.topics.stands(this.#topic, this.#topicVersion());
    this.#sample();
  }

  /** It has work of its own: an alarm to ring on time, something owed, or the present to report to those who watch. */
  get isNeeded(): boolean {
    if (this.#wantsAttention()) return true;
    return this.#actor.topic?.sample !== undefined && this.#env.topics.isWatched(this.#topic);
  }

  /** Forgets the state to free memory, if nothing needs it now. The alarm's row stays and brings it back. */
  evict(): boolean {
    if (this.#phase !== "live" || this.#inFlight.length > 0 || this.#driving) return false;
    this.#forget();
    return true;
  }

  /**
   * Closes the door for good: what waits is sent back, to go elsewhere; what is in flight is still answered. Resolves when
   * nothing is in flight any more: whoever reads the journal then reads all that this copy has written.
   */
  close(): Promise<void> {
    this.#shut();
    return this.#inFlight.length === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#settled.push(resolve));
  }

  #shut(): void {
    if (this.#phase === "closed") return;
    const waiting = this.#inbox.splice(0);
    this.#forget();
    this.#phase = "closed";
    for (const delivery of waiting) delivery.moved();
  }

  // --- reading the journal

  async #load(): Promise<void> {
    if (this.#isPaused) {
      for (const delivery of this.#inbox.splice(0)) delivery.answer(PAUSED);
      return;
    }
    this.#phase = "loading";
    this.#cancelReload?.();
    let recent: ReadonlyArray<Recalled>;
    try {
      const { contract, recentReplies, snapshots } = this.#actor;
      const loaded = await this.#env.recovery.load({
        kind: contract.kind,
        entityId: this.entityId,
        recentReplies,
        snapshotRevision: snapshots.revision,
      });
      // Closed meanwhile: whoever waited has been told.
      if (this.#phase !== "loading") return;
      recent = this.#restore(loaded);
    } catch (cause) {
      if (this.#phase !== "loading") return;
      this.#phase = "cold";
      this.#env.log("an entity cannot be read", { entity: this.#topic, cause: String(cause) });
      for (const delivery of this.#inbox.splice(0)) {
        delivery.answer(unavailable("the entity's journal cannot be read now", RETRY_AWAY_MS));
      }
      this.#reloadLater();
      return;
    }
    this.#phase = "live";
    this.#reloadPauseMs = RELOAD_RETRY_MS;
    this.#survive("coming to life", () => this.#openTopic(recent));
    const now = this.#env.clock.now();
    for (const delivery of this.#inbox.splice(0)) {
      if (delivery.deadline > now) this.#handle(delivery);
      else delivery.answer(TOO_LATE);
    }
    this.#ringIfDue();
    this.#survive("coming to life", () => {
      if (this.#actor.process?.outstanding(this.#committed) === true)
        this.#env.metrics.resumed(this.kind);
      this.#drive();
      this.#sample();
    });
  }

  /** A defect in an entity's own code is logged and ends there: the process has other entities. */
  #survive(occasion: string, work: () => void): void {
    try {
      work();
    } catch (defect) {
      this.#env.log("an entity's code died", {
        entity: this.#topic,
        occasion,
        cause: String(defect),
      });
    }
  }

  /** Folds what was read into the state, and answers the newest events, for those who watch and missed them. */
  #restore(loaded: Loaded): ReadonlyArray<Recalled> {
    const { decider, topic } = this.#actor;
    const history = topic?.history ?? 0;
    const recent: Array<Recalled> = [];
    let state =
      loaded.snapshot === undefined
        ? decider.initial(this.entityId)
        : this.#env.codecs.snapshot(this.#actor).decode(loaded.snapshot.state);
    let version = loaded.snapshot?.version ?? 0;
    this.#snapshotVersion = version;
    const decodeEvent = this.#env.codecs.event(this.#actor);
    for (const entry of loaded.entries) {
      this.#remember(entry.commandId, { fingerprint: entry.fingerprint, reply: entry.reply });
      if (entry.version <= version) continue;
      if (entry.version !== version + 1)
        throw new Error(`version ${version + 1} is missing from the journal`);
      for (const encoded of entry.events) {
        const event = decodeEvent(encoded);
        const before = topic?.version(state);
        state = decider.evolve(state, event);
        // Most events show nothing: a lobby has thousands of bets, and a frame for each phase.
        if (history > 0 && topic?.version(state) !== before)
          recent.push({ event, after: state, entry });
      }
      if (recent.length > history * 2) recent.splice(0, recent.length - history);
      version = entry.version;
    }
    if (loaded.snapshot !== undefined) this.#env.metrics.recoveredFromSnapshot(this.kind);
    this.#ahead = this.#committed = state;
    this.#version = this.#committedVersion = version;
    this.#rowDueAt = loaded.alarmDueAt;
    return recent;
  }

  #reloadLater(): void {
    this.#cancelReload?.();
    const pauseMs = this.#reloadPauseMs;
    this.#reloadPauseMs = Math.min(pauseMs * 2, RELOAD_RETRY_MAX_MS);
    this.#cancelReload = this.#env.clock.after(pauseMs, () => this.wake());
  }

  // --- deciding

  #handle(delivery: Delivery): void {
    const codec = this.#codec.get(delivery.tag);
    if (codec === undefined)
      return delivery.answer(unavailable(`unknown message ${delivery.tag}`, RETRY_AWAY_MS));
    try {
      if (codec.isQuery) this.#query(delivery);
      else this.#command(delivery, codec);
    } catch (defect) {
      this.#env.log("a decider died", {
        entity: this.#topic,
        message: delivery.tag,
        cause: String(defect),
      });
      delivery.answer(unavailable("the entity could not decide", RETRY_AWAY_MS));
    }
  }

  #query(delivery: Delivery): void {
    const answers = this.#actor.decider.answer as Record<
      string,
      (...of: ReadonlyArray<unknown>) => QueryAnswer
    >;
    const answered = answers[delivery.tag]?.(this.#committed, delivery.payload, {
      at: this.#env.clock.now(),
    });
    if (answered === undefined) throw new Error(`no answer to ${delivery.tag}`);
    delivery.answer(
      answered.accepted
        ? { ok: true, value: answered.reply, replayed: false }
        : { ok: false, error: answered.rejection, replayed: false },
    );
  }

  #command(delivery: Delivery, codec: MessageCodec): void {
    const commandId = delivery.payload.commandId;
    if (commandId === undefined) throw new Error(`${delivery.tag} came without a command id`);
    const pending = this.#pending.get(commandId);
    if (pending !== undefined) {
      if (isOther(pending.entry, delivery)) delivery.answer(reused(commandId));
      else {
        pending.repeats.push(delivery);
        this.#repeats++;
      }
      return;
    }
    const stored = this.#recent.get(commandId);
    if (stored !== undefined)
      return delivery.answer(repetition(stored, delivery, codec, commandId));
    if (this.#suspects.has(commandId)) return void this.#lookUp(delivery, codec, commandId);
    if (this.#env.committer.isFull)
      return delivery.answer(unavailable("the journal is behind", RETRY_BEHIND_MS));

    const meta: Meta = { at: this.#env.clock.now(), entityId: this.entityId, commandId };
    const decides = this.#actor.decider.decide as Record<
      string,
      (...of: ReadonlyArray<unknown>) => AnyDecision
    >;
    const decision = decides[delivery.tag]?.(this.#ahead, delivery.payload, meta);
    if (decision === undefined) throw new Error(`no decision on ${delivery.tag}`);
    if (!decision.accepted) {
      const reply: StoredReply = { ok: false, error: codec.encodeFailure(decision.rejection) };
      const outcome: AnyOutcome = { ok: false, error: decision.rejection, replayed: false };
      return this.#submit(delivery.tag, meta, this.#evolve([], meta), { reply, outcome, delivery });
    }
    const evolved = this.#evolve(decision.events, meta);
    const value = decision.reply(evolved.after);
    const outcome: AnyOutcome = { ok: true, value, replayed: false };
    this.#submit(delivery.tag, meta, evolved, { reply: { ok: true, value }, outcome, delivery });
  }

  /** A command the entity gives itself. Nothing is written when nothing follows from it. */
  #internal(command: unknown, told?: (committed: boolean) => void): void {
    const name = (command as { readonly _tag?: string })._tag ?? "Internal";
    const meta: Meta = {
      at: this.#env.clock.now(),
      entityId: this.entityId,
      commandId: `~${name}:${this.#version + 1}`,
    };
    this.lastUsedAt = meta.at;
    const events = this.#actor.decider.decideInternal(this.#ahead, command as never, meta);
    if (events.length === 0) return told?.(true);
    this.#submit(name, meta, this.#evolve(events, meta), told === undefined ? {} : { told });
  }

  /** Where events lead, step by step, and the rows they project. Changes nothing yet. */
  #evolve(events: ReadonlyArray<unknown>, meta: Meta): Evolved {
    const steps: Array<Step> = [];
    const rows: Array<ProjectedRow> = [];
    let after = this.#ahead;
    for (const event of events) {
      after = this.#actor.decider.evolve(after, event);
      steps.push({ event, after });
      for (const row of this.#actor.project(event, after, meta, this.#version + 1)) rows.push(row);
    }
    return { events, steps, rows, after };
  }

  #submit(
    command: string,
    meta: Meta,
    evolved: Evolved,
    { delivery, outcome, reply, told }: Reaction,
  ): void {
    const version = this.#version + 1;
    const { after, events, rows, steps } = evolved;
    const entry: JournalEntry = {
      kind: this.kind,
      entityId: this.entityId,
      version,
      commandId: meta.commandId,
      command,
      fingerprint: delivery?.fingerprint ?? null,
      events,
      reply: reply ?? null,
      at: meta.at,
      by: delivery?.by ?? null,
      requestId: delivery?.requestId ?? null,
    };
    const alarmDueAt = this.#alarmRow(after, meta.at);
    const submission: Submission = {
      append: { entry, alarmDueAt, rows },
      settle: (result) => this.#settle(pending, result),
      void: false,
    };
    const pending: Pending = {
      entry,
      outcome: outcome ?? { ok: true, value: undefined, replayed: false },
      delivery,
      repeats: [],
      told,
      steps,
      after,
      submission,
    };
    this.#ahead = after;
    this.#version = version;
    if (alarmDueAt !== undefined) this.#rowDueAt = alarmDueAt ?? undefined;
    this.#inFlight.push(pending);
    this.#pending.set(meta.commandId, pending);
    this.#env.committer.submit(submission);
  }

  /** An id that another append already carries: its stored reply, or, if it has none after all, a decision. */
  async #lookUp(delivery: Delivery, codec: MessageCodec, commandId: string): Promise<void> {
    try {
      const stored = await this.#env.journal.findCommand(
        { kind: this.kind, entityId: this.entityId },
        commandId,
      );
      this.#suspects.delete(commandId);
      if (stored !== undefined) delivery.answer(repetition(stored, delivery, codec, commandId));
      else this.deliver(delivery);
    } catch (cause) {
      this.#env.log("a stored reply cannot be read", {
        entity: this.#topic,
        commandId,
        cause: String(cause),
      });
      delivery.answer(unavailable("the entity's journal cannot be read now", RETRY_AWAY_MS));
    }
  }

  // --- the output gate

  #settle(pending: Pending, result: Settled): void {
    if (result !== "committed") return this.#fail(result);
    this.#inFlight.shift();
    if (this.#inFlight.length === 0) this.#tellSettled();
    this.#pending.delete(pending.entry.commandId);
    this.#repeats -= pending.repeats.length;
    this.#committed = pending.after;
    this.#committedVersion = pending.entry.version;
    if (pending.delivery !== undefined) {
      this.#remember(pending.entry.commandId, pending.entry);
      this.#env.metrics.decided(this.kind, pending.entry.command, pending.outcome);
      pending.delivery.answer(pending.outcome);
      for (const repeat of pending.repeats) repeat.answer({ ...pending.outcome, replayed: true });
    } else this.#env.metrics.didItself(this.kind, pending.entry.command);
    pending.told?.(true);
    this.#survive("a frame", () => this.#publish(pending));
    if (this.#phase !== "live") return;
    if (pending.entry.events.length > 0) {
      this.#arm();
      this.#drive();
      this.#survive("a sample", () => this.#sample());
    }
    this.#snapshotIfDue();
  }

  /** The journal took nothing of what is in flight: forget the state, and answer or redo what was asked. */
  #fail(result: Exclude<Settled, "committed">): void {
    const failed = this.#inFlight;
    for (const { submission } of failed) submission.void = true;
    const wanted = this.#wantsAttention();
    if (this.#phase !== "closed") this.#forget();
    this.#inFlight = [];
    this.#tellSettled();
    this.#pending.clear();
    this.#repeats = 0;
    const isDuplicate = result === "duplicate" && failed.some((one) => one.delivery !== undefined);
    for (const { delivery, entry, repeats, told } of failed) {
      told?.(false);
      if (delivery === undefined) continue;
      for (const each of [delivery, ...repeats]) {
        if (isDuplicate) {
          this.#suspects.add(entry.commandId);
          this.deliver(each);
        } else if (result === "fence") each.moved();
        else each.answer(FAILED[result]);
      }
    }
    // A timer or process of the forgotten state would otherwise wait for the sweeper.
    if (wanted && this.#phase === "cold") this.#reloadLater();
  }

  #tellSettled(): void {
    for (const resolve of this.#settled.splice(0)) resolve();
  }

  #forget(): void {
    this.#phase = "cold";
    this.#cancelTimer?.();
    this.#cancelDrive?.();
    this.#cancelReload?.();
    this.#cancelSample?.();
    this.#cancelTimer = this.#cancelDrive = this.#cancelReload = this.#cancelSample = undefined;
    this.#armedFor = undefined;
    this.#ahead = this.#committed = undefined;
    this.#recent.clear();
  }

  #remember(commandId: string, { fingerprint, reply }: StoredCommand): void {
    if (reply === null) return;
    this.#recent.set(commandId, { fingerprint, reply });
    if (this.#recent.size <= this.#actor.recentReplies) return;
    for (const oldest of this.#recent.keys()) return void this.#recent.delete(oldest);
  }

  // --- alarms

  #dueAt(state: unknown): number | undefined {
    return this.#actor.alarm?.dueAt(state);
  }

  /**
   * What to write to the alarm's row with an append: undefined to leave it. A row that is too early costs one needless
   * ring, so it is left; one that is too late or past is written.
   */
  #alarmRow(after: unknown, now: number): number | null | undefined {
    const outstanding =
      this.#actor.process?.outstanding(after) === true ? now + PROCESS_ALARM_MS : undefined;
    const due = least(this.#dueAt(after), outstanding);
    if (this.#rowDueAt !== undefined && this.#rowDueAt <= now) return due ?? null;
    return due !== undefined && (this.#rowDueAt === undefined || due < this.#rowDueAt)
      ? due
      : undefined;
  }

  /** Whether the row is past and should say something else. One that is past because the alarm is overdue is right. */
  #isRowStale(now: number): boolean {
    return (
      this.#rowDueAt !== undefined &&
      this.#rowDueAt <= now &&
      this.#alarmRow(this.#ahead, now) !== this.#rowDueAt
    );
  }

  #wantsAttention(): boolean {
    if (this.#phase !== "live") return false;
    return (
      this.#dueAt(this.#committed) !== undefined ||
      this.#actor.process?.outstanding(this.#committed) === true
    );
  }

  /** Sets the timer for what comes first: the alarm, or the row that has to be tidied. */
  #arm(): void {
    const due = least(this.#dueAt(this.#ahead), this.#rowDueAt);
    if (due === this.#armedFor) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#armedFor = due;
    if (due === undefined) return;
    const now = this.#env.clock.now();
    const delay = Math.max(due - now, this.#lastRingAt + MIN_RING_INTERVAL_MS - now, 0);
    this.#cancelTimer = this.#env.clock.after(delay, () => {
      this.#armedFor = undefined;
      this.#ringIfDue();
    });
  }

  #ringIfDue(): void {
    if (this.#phase !== "live" || this.#isPaused) return;
    this.#survive("an alarm", () => {
      const now = this.#env.clock.now();
      const due = this.#dueAt(this.#ahead);
      if (due !== undefined && due <= now) {
        this.#lastRingAt = now;
        const command = this.#actor.alarm?.command(this.#ahead, now, this.#env.entropy);
        if (command !== undefined) this.#internal(command);
      }
      if (this.#isRowStale(now)) {
        // The row is past and nothing was written over it: an empty entry does, fenced like any other.
        const meta = { at: now, entityId: this.entityId, commandId: `~Rang:${this.#version + 1}` };
        this.#submit("Rang", meta, this.#evolve([], meta), {});
      }
    });
    this.#survive("an alarm", () => {
      this.#armedFor = undefined;
      this.#arm();
    });
  }

  // --- processes

  #drive(): void {
    const { process } = this.#actor;
    if (process === undefined || this.#driving || this.#phase !== "live" || this.#isPaused) return;
    if (!process.outstanding(this.#committed)) return;
    this.#driving = true;
    this.#cancelDrive?.();
    const versionBefore = this.#committedVersion;
    const context: ProcessContext<unknown, unknown> = {
      entityId: this.entityId,
      state: () => {
        if (this.#phase !== "live") throw new Error("the entity has gone; its next copy goes on");
        return this.#committed;
      },
      ask: this.#env.ask,
      now: () => this.#env.clock.now(),
      tell: (command) =>
        new Promise((resolve) => {
          if (this.#phase === "live") this.#internal(command, resolve);
          else resolve(false);
        }),
    };
    process
      .run(context)
      .catch((cause: unknown) =>
        this.#env.log("a process stopped", { entity: this.#topic, cause: String(cause) }),
      )
      .finally(() => {
        this.#driving = false;
        if (this.#phase !== "live" || !process.outstanding(this.#committed)) return;
        const progressed = this.#committedVersion > versionBefore;
        this.#drivePauseMs = progressed
          ? PROCESS_AGAIN_MS
          : Math.min(this.#drivePauseMs * 2, PROCESS_RETRY_MAX_MS);
        this.#cancelDrive = this.#env.clock.after(this.#drivePauseMs, () => this.#drive());
      });
  }

  // --- topics

  #topicVersion(): number {
    return this.#actor.topic?.version(this.#committed) ?? 0;
  }

  /** Tells those who watch the version, with the newest frames, made again from the journal: what they missed while it moved. */
  #openTopic(recent: ReadonlyArray<Recalled>): void {
    const { topic } = this.#actor;
    const frames = () =>
      recent.flatMap(({ after, entry, event }) =>
        this.#frames(event, after, {
          at: entry.at,
          entityId: this.entityId,
          commandId: entry.commandId,
        }),
      );
    this.#env.topics.opened(this.#topic, this.#topicVersion(), topic?.history ?? 0, frames);
  }

  #frames(event: unknown, after: unknown, meta: Meta): ReadonlyArray<TopicFrame> {
    const frames = this.#actor.topic?.frames(event, after, meta) ?? [];
    return frames.map(({ frame, version }) => ({
      topic: this.#topic,
      version,
      sampled: false,
      text: JSON.stringify(frame),
    }));
  }

  #publish(pending: Pending): void {
    const { topic } = this.#actor;
    if (topic === undefined || (topic.history === 0 && !this.#env.topics.isWatched(this.#topic)))
      return;
    for (const { event, after } of pending.steps)
      for (const frame of this.#frames(event, after, pending.entry))
        this.#env.topics.publish(frame, topic.history);
  }

  /** Reports the present for as long as there is something to report and someone watches. */
  #sample(): void {
    const { topic } = this.#actor;
    if (topic?.sample === undefined || this.#cancelSample !== undefined) return;
    if (!this.#env.topics.isWatched(this.#topic)) return;
    const sample = topic.sample(this.#committed, this.#env.clock.now());
    if (sample === undefined) return;
    this.#cancelSample = this.#env.clock.after(sample.everyMs, () => {
      this.#cancelSample = undefined;
      if (this.#phase === "live") this.#survive("a sample", () => this.#report(topic));
    });
  }

  #report(topic: NonNullable<AnyDurableActor["topic"]>): void {
    const present = topic.sample?.(this.#committed, this.#env.clock.now());
    if (present !== undefined) {
      const text = JSON.stringify(present.frame());
      this.#env.topics.publish(
        { topic: this.#topic, version: this.#topicVersion(), sampled: true, text },
        topic.history,
      );
    }
    this.#sample();
  }

  // --- snapshots

  #snapshotIfDue(): void {
    const { snapshots } = this.#actor;
    const entries = this.#committedVersion - this.#snapshotVersion;
    if (entries < snapshots.everyEntries) return;
    const size = snapshots.size?.(this.#committed) ?? 0;
    if (entries < snapshots.everyEntries + size * ENTRIES_PER_ITEM) return;
    if (snapshots.when?.(this.#committed) === false) return;
    this.#snapshotVersion = this.#committedVersion;
    const state = this.#committed;
    const version = this.#committedVersion;
    this.#env.snapshots.offer(this.#topic, () => ({
      kind: this.kind,
      entityId: this.entityId,
      version,
      revision: snapshots.revision,
      state: this.#env.codecs.snapshot(this.#actor).encode(state),
    }));
  }
}

type AnyDecision = Decision<unknown, unknown, unknown, unknown>;
type QueryAnswer =
  | { readonly accepted: true; readonly reply: unknown }
  | { readonly accepted: false; readonly rejection: unknown };

/** An event as the journal has it, with the state that it led to. */
interface Recalled extends Step {
  readonly entry: LoadedEntry;
}

const PAUSED = unavailable("an administrator has paused entities of this kind", RETRY_PAUSED_MS);
const TOO_LATE = unavailable("it came too late and was not carried out", RETRY_REREAD_MS);

const FAILED = {
  duplicate: unavailable("the entity is being read again", RETRY_REREAD_MS),
  away: unavailable("the database is away", RETRY_AWAY_MS),
  refused: unavailable("the entity could not store its decision", RETRY_AWAY_MS),
} as const;

const isOther = (stored: { readonly fingerprint: string | null }, delivery: Delivery): boolean =>
  stored.fingerprint !== null &&
  delivery.fingerprint !== undefined &&
  stored.fingerprint !== delivery.fingerprint;

const reused = (commandId: string): AnyOutcome => ({
  ok: false,
  error: new IdempotencyKeyReused({ commandId }),
  replayed: false,
});

const repetition = (
  stored: StoredCommand,
  delivery: Delivery,
  codec: MessageCodec,
  commandId: string,
): AnyOutcome =>
  stored.reply === null || isOther(stored, delivery)
    ? reused(commandId)
    : fromStored(codec, stored.reply);

const least = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined ? other : other === undefined ? one : Math.min(one, other);
