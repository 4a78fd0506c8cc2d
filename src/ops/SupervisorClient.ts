/**
 * The way from a process to the supervisor that started it (`npm run cluster`), over Node's IPC channel. The process asks
 * `{ type: "supervise", id, action, processId?, pid? }`, the supervisor answers `{ type: "supervised", id, ok, error? }`. A
 * process that nobody supervises has no channel.
 */
import { Either, Schema } from "effect";
import { Unavailable } from "../../rpc/failure.ts";

/** `kill` is SIGKILL, `stop` SIGTERM, `pause` SIGSTOP, `resume` SIGCONT; `drain` hands all entities over, then ends. */
export type SupervisedAction = "add" | "kill" | "stop" | "pause" | "resume" | "drain";

/** Which process: a pid may be given to another after a process has ended, its id never. */
export interface SupervisedProcess {
  readonly processId: string;
  readonly pid: number;
}

export interface Supervise extends Partial<SupervisedProcess> {
  readonly type: "supervise";
  /** Matches the answer to the question. */
  readonly id: number;
  readonly action: SupervisedAction;
}

/** What the supervisor did about it; `error` is a sentence. */
export const Supervised = Schema.Struct({
  type: Schema.Literal("supervised"),
  id: Schema.Int,
  ok: Schema.Boolean,
  error: Schema.optional(Schema.String),
});
export type Supervised = typeof Supervised.Type;

export type SupervisedOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: string };

export interface Supervision {
  /** Whether there is a supervisor to ask. */
  readonly available: boolean;
  /**
   * Asks it to act, on the process if the action is about one. Rejects with `Unavailable` when there is none or it does
   * not answer: whether it has acted is unknown then.
   */
  readonly act: (
    action: SupervisedAction,
    process?: SupervisedProcess,
  ) => Promise<SupervisedOutcome>;
}

/** As much of `process` as there is to it. */
export interface SupervisorChannel {
  readonly connected?: boolean;
  send?(message: Supervise, sent: (failure: Error | null) => void): boolean;
  on(event: "message", heard: (message: unknown) => void): unknown;
  on(event: "disconnect", lost: () => void): unknown;
}

/** The supervisor answers as soon as it has acted, so one that takes longer is not there. */
const ANSWER_TIMEOUT_MS = 3000;
const RETRY_AFTER_MS = 1000;

/** Whoever has no supervisor, or must not use it. */
export const UNSUPERVISED: Supervision = {
  available: false,
  act: () => Promise.reject(away("there is no supervisor")),
};

const away = (reason: string) => new Unavailable({ reason, retryAfterMs: RETRY_AFTER_MS });

const decodeSupervised = Schema.decodeUnknownEither(Supervised);

/** Supervision over a channel such as `process`; without a channel none is available. */
export const openSupervision = (
  channel: SupervisorChannel,
  answerTimeoutMs: number = ANSWER_TIMEOUT_MS,
): Supervision =>
  channel.send === undefined ? UNSUPERVISED : new SupervisorClient(channel, answerTimeoutMs);

class SupervisorClient implements Supervision {
  readonly #channel: SupervisorChannel;
  readonly #answerTimeoutMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(channel: SupervisorChannel, answerTimeoutMs: number) {
    this.#channel = channel;
    this.#answerTimeoutMs = answerTimeoutMs;
    channel.on("message", (message) => this.#heard(message));
    channel.on("disconnect", () => {
      for (const id of [...this.#waiting.keys()]) this.#giveUp(id, "the supervisor has gone");
    });
  }

  get available(): boolean {
    return this.#channel.connected === true;
  }

  act(action: SupervisedAction, process?: SupervisedProcess): Promise<SupervisedOutcome> {
    return new Promise((resolve, reject) => {
      const id = ++this.#asked;
      const late = setTimeout(
        () => this.#giveUp(id, "the supervisor does not answer"),
        this.#answerTimeoutMs,
      );
      this.#waiting.set(id, { resolve, reject, late });
      if (!this.available) return this.#giveUp(id, "the supervisor has gone");
      const target = process && { processId: process.processId, pid: process.pid };
      this.#channel.send?.({ type: "supervise", id, action, ...target }, (failure) => {
        if (failure !== null) this.#giveUp(id, "the supervisor cannot be reached");
      });
    });
  }

  /** Other parts of the program may use the channel too: what is no answer of the supervisor's is theirs. */
  #heard(message: unknown): void {
    const decoded = decodeSupervised(message);
    if (Either.isLeft(decoded)) return;
    const { error, id, ok } = decoded.right;
    this.#take(id)?.resolve(ok ? { ok } : { ok, error: error ?? "it did not say why" });
  }

  #giveUp(id: number, reason: string): void {
    this.#take(id)?.reject(away(reason));
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.late);
    return waiting;
  }
}

interface Waiting {
  readonly resolve: (outcome: SupervisedOutcome) => void;
  readonly reject: (cause: Unavailable) => void;
  readonly late: NodeJS.Timeout;
}
