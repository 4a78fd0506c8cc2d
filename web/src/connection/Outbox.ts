/**
 * Commands that have not been answered. A command gets its idempotency key when it is made and keeps it: however often
 * it is sent, over however many connections, the server carries it out once and gives the one answer. So silence, a lost
 * connection and `unavailable` all mean the same: ask again with the key.
 */
import type { ServerFrame } from "../../../rpc/frames.ts";
import type { Command, CommandFrame } from "./frame.ts";

export type CommandAnswer = Extract<
  ServerFrame,
  { readonly type: "BET_PLACED" | "BET_CANCELLED" | "POWER_CAST" }
>;

/** Why a command was refused; `code` as in the protocol, or `abandoned` when its moment passed unanswered. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
}

export type Outcome =
  | { readonly ok: true; readonly frame: CommandAnswer }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Outbox {
  /** Makes the command's key, sends it if a connection is open, and resolves with its one answer. */
  readonly submit: (command: Command) => Promise<Outcome>;
  /** Takes a frame that may be an answer. */
  readonly receive: (frame: ServerFrame) => void;
  /** To be called when a connection is ready: sends all that is unanswered, oldest first. */
  readonly sendAll: () => void;
  /** Gives up the commands that `isPast` picks; their outcome stays unknown here, and the server's word counts. */
  readonly abandon: (isPast: (command: CommandFrame) => boolean) => void;
  readonly close: () => void;
}

export interface OutboxOptions {
  readonly makeKey: () => string;
  /** Sends if a connection is open. */
  readonly send: (frame: CommandFrame) => void;
  readonly after: (ms: number, run: () => void) => () => void;
}

/** Past every promised latency by far; then the question is asked again. */
const ANSWER_TIMEOUT_MS = 5_000;
/** Between two attempts at a command that the server could not carry out just now. */
const RETRY_MS = 1_000;
const RETRIED_CODES: readonly string[] = ["unavailable", "rate_limited"];

interface Pending {
  readonly frame: CommandFrame;
  readonly resolve: (outcome: Outcome) => void;
  cancelTimer: () => void;
}

export function createOutbox({ makeKey, send, after }: OutboxOptions): Outbox {
  /** By key, oldest first. */
  const pending = new Map<string, Pending>();

  const transmit = (entry: Pending): void => {
    entry.cancelTimer();
    entry.cancelTimer = after(ANSWER_TIMEOUT_MS, () => transmit(entry));
    send(entry.frame);
  };

  const settle = (key: string, outcome: Outcome): void => {
    const entry = pending.get(key);
    if (entry === undefined) return;
    entry.cancelTimer();
    pending.delete(key);
    entry.resolve(outcome);
  };

  return {
    submit: (command) =>
      new Promise((resolve) => {
        const key = makeKey();
        const entry: Pending = {
          frame: { ...command, id: key, idempotency_key: key },
          resolve,
          cancelTimer: () => undefined,
        };
        pending.set(key, entry);
        transmit(entry);
      }),
    receive: (frame) => {
      switch (frame.type) {
        case "BET_PLACED":
        case "BET_CANCELLED":
        case "POWER_CAST":
          if (frame.id !== undefined) settle(frame.id, { ok: true, frame });
          return;
        case "ERROR": {
          if (frame.id === undefined) return;
          const entry = pending.get(frame.id);
          if (entry !== undefined && RETRIED_CODES.includes(frame.code)) {
            entry.cancelTimer();
            entry.cancelTimer = after(RETRY_MS, () => transmit(entry));
            return;
          }
          settle(frame.id, { ok: false, refusal: { code: frame.code, detail: frame.detail } });
          return;
        }
        default:
          return;
      }
    },
    sendAll: () => {
      for (const entry of pending.values()) transmit(entry);
    },
    abandon: (isPast) => {
      for (const [key, { frame }] of pending) {
        if (!isPast(frame)) continue;
        const detail =
          "The connection was lost and the moment has passed. Your balance shows the outcome.";
        settle(key, { ok: false, refusal: { code: "abandoned", detail } });
      }
    },
    close: () => {
      for (const entry of pending.values()) entry.cancelTimer();
      pending.clear();
    },
  };
}
