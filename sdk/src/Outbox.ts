/**
 * Commands that have not been answered. A command gets its idempotency key when it is made, is written to the storage
 * before it is first sent, and stays there until it is answered: however often it is sent, over however many connections
 * and by however many lives of the page, the server carries it out once and gives the one answer. So silence, a lost
 * connection, a reload and `unavailable` all mean the same: ask again with the key.
 *
 * Tabs and processes that share a storage share what is kept in it, one entry a command. Each sends what it made itself
 * until it has the answer. What it found, it sends too, and drops once somebody else has had the answer.
 */
import type {
  Command,
  CommandAnswer,
  CommandFrame,
  KeptCommand,
  Latency,
  Outcome,
  SettledCommand,
} from "./Command.ts";
import { objectIn } from "./Keep.ts";
import type { Keep } from "./Keep.ts";
import { createListeners } from "./Listeners.ts";
import { createCell } from "./Readable.ts";
import type { Readable } from "./Readable.ts";
import { ABANDONED, MAX_FAULTS, refused, RETRIED_CODES } from "./refused.ts";
import { MAX_TIMER_MS } from "./Timers.ts";
import type { Timers, Timing } from "./Timers.ts";
import type { Warning } from "./Warning.ts";
import type { ServerFrame } from "./wire.ts";

export interface Outbox {
  /** Makes the command's key and keeps it, sends it if a connection is open, and resolves with its one outcome. */
  readonly submit: (command: Command) => Promise<Outcome>;
  /** Takes a frame that may be an answer. */
  readonly receive: (frame: ServerFrame) => void;
  /** A connection is ready: sends all that is unanswered, oldest first. */
  readonly online: () => void;
  /** The connection is lost, and with it the answers that were under way. */
  readonly offline: () => void;
  /** Whose commands are sent from now on. Those of others stay where they are kept. */
  readonly serve: (playerId: string | null) => void;
  /** Gives up all of the player's commands; their outcome stays unknown here, and the server's word counts. */
  readonly abandonAll: () => void;
  /** Another tab or process has changed the storage. */
  readonly storageChanged: () => void;
  readonly unanswered: Readable<readonly KeptCommand[]>;
  readonly onOutcome: (listener: (settled: SettledCommand) => void) => () => void;
  readonly onLatency: (listener: (latency: Latency) => void) => () => void;
  /** Stops; what is unanswered stays in the storage for the next life. */
  readonly close: () => void;
}

export interface OutboxOptions {
  readonly keep: Keep;
  /** Of the entries in the storage; what follows it is player and key. */
  readonly prefix: string;
  readonly keepForMs: number;
  readonly makeKey: () => string;
  readonly send: (frame: CommandFrame) => void;
  /** An answer has not come in time. */
  readonly onSilence: () => void;
  readonly timers: Timers;
  readonly timing: Pick<Timing, "answerTimeoutMs">;
  readonly warn: (warning: Warning) => void;
  readonly onError: (error: unknown) => void;
}

/** Half of what a gateway lets one connection have under way, so that a tab beside has room. */
const MAX_IN_FLIGHT = 32;
/** More than anyone taps while a connection is lost; a program that makes more does not look at its answers. */
const MAX_UNANSWERED = 1_000;
/** When the server does not say how long to wait. */
const RETRY_MS = 1_000;
/** What another tab made is its own affair for so long; then that tab is taken to be gone. */
const INHERIT_AFTER_MS = 30_000;
/** Bets name their race; numbers that were wanted longer ago than this, nobody wants to find reserved. */
const KEEP_RESERVING_MS = 120_000;

interface Entry {
  readonly kept: KeptCommand;
  readonly storageKey: string;
  readonly isStored: boolean;
  /** Undefined for a command that was found in the storage. */
  readonly resolve: ((outcome: Outcome) => void) | undefined;
  /** Sent on this connection, or due to be sent, or set aside for a while because the server asked for that. */
  state: "due" | "sent" | "aside";
  attempts: number;
  faults: number;
  sentAtMs: number | undefined;
  cancelTimer: () => void;
  cancelExpiry: () => void;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { keep, keepForMs, makeKey, onError, prefix, timers, timing } = options;
  /** By key, oldest first. */
  const entries = new Map<string, Entry>();
  const unanswered = createCell<readonly KeptCommand[]>([], { onError });
  const outcomes = createListeners<SettledCommand>(onError);
  const latencies = createListeners<Latency>(onError);
  let playerId: string | null = null;
  let isOnline = false;
  let isClosed = false;
  const unreadable = new Set<string>();

  const isServed = ({ kept }: Entry): boolean => kept.playerId === playerId;
  const served = (): readonly Entry[] => [...entries.values()].filter(isServed);
  const publish = (): void => unanswered.set(served().map(({ kept }) => kept));

  const forget = (entry: Entry): void => {
    entry.cancelTimer();
    entry.cancelExpiry();
    entries.delete(entry.kept.key);
  };
  const settle = (entry: Entry, outcome: Outcome): void => {
    forget(entry);
    keep.remove(entry.storageKey);
    publish();
    entry.resolve?.(outcome);
    outcomes.tell({ kept: entry.kept, outcome, isInherited: entry.resolve === undefined });
    pump();
  };
  const abandon = (entry: Entry): void =>
    settle(entry, refused(entry.kept.key, "abandoned", ABANDONED));

  /** Another tab has had the answer of a command that was found. */
  const isAnsweredElsewhere = (entry: Entry): boolean =>
    entry.resolve === undefined && entry.isStored && keep.get(entry.storageKey) === null;

  const transmit = (entry: Entry): void => {
    const { command, key } = entry.kept;
    entry.state = "sent";
    entry.attempts += 1;
    entry.sentAtMs ??= timers.elapsedMs();
    entry.cancelTimer();
    entry.cancelTimer = timers.after(timing.answerTimeoutMs, () => {
      entry.state = "due";
      options.onSilence();
      pump();
    });
    options.send({ ...command, id: key, idempotency_key: key });
  };
  const pump = (): void => {
    if (!isOnline) return;
    let inFlight = served().filter(({ state }) => state === "sent").length;
    for (const entry of served()) {
      if (inFlight >= MAX_IN_FLIGHT) return;
      if (entry.state !== "due") continue;
      if (isAnsweredElsewhere(entry)) {
        forget(entry);
        publish();
        continue;
      }
      inFlight += 1;
      transmit(entry);
    }
  };
  const setAside = (entry: Entry, ms: number): void => {
    entry.state = "aside";
    entry.cancelTimer();
    entry.cancelTimer = timers.after(ms, () => {
      entry.state = "due";
      pump();
    });
  };

  const add = (kept: KeptCommand, resolve: Entry["resolve"]): Entry => {
    const storageKey = `${prefix}${kept.playerId}.${kept.key}`;
    const entry: Entry = {
      kept,
      storageKey,
      isStored: resolve === undefined || keep.set(storageKey, JSON.stringify(kept)),
      resolve,
      state: "due",
      attempts: 0,
      faults: 0,
      sentAtMs: undefined,
      cancelTimer: () => undefined,
      cancelExpiry: () => undefined,
    };
    entries.set(kept.key, entry);
    const keepMs =
      kept.command.type === "RESERVE_NUMBERS" ? Math.min(keepForMs, KEEP_RESERVING_MS) : keepForMs;
    expireIn(entry, kept.madeAtMs + keepMs - timers.nowMs());
    return entry;
  };
  const expireIn = (entry: Entry, ms: number): void => {
    entry.cancelExpiry = timers.after(Math.max(0, Math.min(ms, MAX_TIMER_MS)), () => {
      if (ms > MAX_TIMER_MS) expireIn(entry, ms - MAX_TIMER_MS);
      else abandon(entry);
    });
  };

  /** Takes up what earlier lives, and tabs that are gone, have left in the storage. */
  const inherit = (minAgeMs: number): void => {
    const own = `${prefix}${playerId}.`;
    const found = keep
      .keys(own)
      .filter((key) => !entries.has(key.slice(own.length)) && !unreadable.has(key))
      .flatMap((key) => {
        const kept = readKept(keep.get(key));
        if (kept !== undefined) return [kept];
        unreadable.add(key);
        const message = `A kept command cannot be read: ${key}`;
        options.warn({ code: "storage_entry", message });
        return [];
      })
      .filter(({ madeAtMs }) => timers.nowMs() - madeAtMs >= minAgeMs)
      .toSorted((a, b) => a.madeAtMs - b.madeAtMs);
    for (const kept of found) add(kept, undefined);
    if (found.length > 0) publish();
  };

  const answered = (frame: CommandAnswer): void => {
    const entry = frame.id === undefined ? undefined : entries.get(frame.id);
    if (entry === undefined) return;
    const { command, key } = entry.kept;
    if (entry.sentAtMs !== undefined) {
      const ms = timers.elapsedMs() - entry.sentAtMs;
      latencies.tell({ key, type: command.type, ms, attempts: entry.attempts });
    }
    settle(entry, { ok: true, key, frame });
  };
  const failed = (frame: Extract<ServerFrame, { readonly type: "ERROR" }>): void => {
    const entry = frame.id === undefined ? undefined : entries.get(frame.id);
    if (entry === undefined) return;
    const { type: _type, id: _id, code, detail, ...fields } = frame;
    const waitMs = "retry_after_ms" in fields ? Number(fields.retry_after_ms) : RETRY_MS;
    if (RETRIED_CODES.includes(code)) return setAside(entry, waitMs);
    if (code === "internal_error" && (entry.faults += 1) < MAX_FAULTS)
      return setAside(entry, RETRY_MS * 2 ** entry.faults);
    settle(entry, refused(entry.kept.key, code, detail, fields));
  };

  return {
    submit: (command) => {
      const key = makeKey();
      if (isClosed) return Promise.resolve(refused(key, "closed", "The client was closed."));
      if (playerId === null)
        return Promise.resolve(refused(key, "no_session", "Join or log in first."));
      if (entries.size >= MAX_UNANSWERED)
        return Promise.resolve(
          refused(key, "outbox_full", "Too many commands wait for an answer."),
        );
      const kept: KeptCommand = { key, playerId, madeAtMs: timers.nowMs(), command };
      return new Promise((resolve) => {
        add(kept, resolve);
        publish();
        pump();
      });
    },
    receive: (frame) => {
      switch (frame.type) {
        case "BET_PLACED":
        case "BET_CANCELLED":
        case "POWER_CAST":
        case "NUMBERS_RESERVED":
          return answered(frame);
        case "ERROR":
          return failed(frame);
      }
    },
    online: () => {
      isOnline = true;
      inherit(INHERIT_AFTER_MS);
      pump();
    },
    offline: () => {
      isOnline = false;
      for (const entry of entries.values()) {
        if (entry.state !== "sent") continue;
        entry.cancelTimer();
        entry.state = "due";
      }
    },
    serve: (next) => {
      if (next === playerId) return;
      playerId = next;
      if (playerId !== null) inherit(0);
      publish();
      pump();
    },
    abandonAll: () => {
      const all = served();
      // None may be sent because another one made room.
      for (const entry of all) entry.state = "aside";
      for (const entry of all) abandon(entry);
    },
    storageChanged: () => {
      for (const entry of served()) if (isAnsweredElsewhere(entry)) forget(entry);
      publish();
      pump();
    },
    unanswered,
    onOutcome: outcomes.add,
    onLatency: latencies.add,
    close: () => {
      isClosed = true;
      isOnline = false;
      for (const entry of entries.values()) forget(entry);
    },
  };
}

function readKept(text: string | null): KeptCommand | undefined {
  const value = objectIn(text);
  const { command, key, madeAtMs, playerId } = value;
  return typeof key === "string" &&
    typeof playerId === "string" &&
    typeof madeAtMs === "number" &&
    typeof command === "object" &&
    command !== null &&
    "type" in command
    ? (value as unknown as KeptCommand)
    : undefined;
}
