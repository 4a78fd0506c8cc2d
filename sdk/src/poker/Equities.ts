/**
 * Equities that were asked for and have no answer yet. An equity is a function of its question and its seed, so it may be
 * asked any number of times: a server that loses the connection drops what was asked over it, and the same question over the
 * next connection has the same answer. Only its progress begins anew.
 *
 * With a session questions go over the player's connection, which tells progress. Without one, and where a question is
 * longer than a frame may be, they go by REST.
 */
import type { Refusal } from "../Command.ts";
import type { ConnectionState } from "../Connection.ts";
import type { Base } from "../Croupier.ts";
import { MAX_FAULTS } from "../refused.ts";
import type { Readable } from "../Readable.ts";
import type { Rest } from "../Rest.ts";
import type { ClientFrame, MultiwayAnswerBody, ServerFrame } from "../wire.ts";
import { GIVE_UP_AFTER_MS, isPassing, refusalOf, retryInMs } from "./patience.ts";

type AskFrame = Extract<ClientFrame, { readonly type: "CALCULATE_EQUITY" }>;

export interface EquityQuestion {
  /** Two to nine: cards (`AhKd`) or a range (`QQ+,AKs,76s@50`, `random`) each. */
  readonly players: readonly string[];
  /** Hold'em by default. In Omaha players have cards, no ranges, and the answer is exact. */
  readonly game?: NonNullable<AskFrame["game"]>;
  /** `2h7d8c`; before the flop by default. */
  readonly board?: string;
  /** Cards that nobody can have. */
  readonly dead?: string;
  /** `auto`, the default: exact where that is feasible. */
  readonly mode?: AskFrame["mode"];
  /** Monte Carlo ends when every player's standard error is at most this; 0.001 by default. */
  readonly targetStdError?: number;
  /** Monte Carlo ends after so many deals at the latest. */
  readonly maxSamples?: number;
  /** The same seed gives the same answer; 1 by default. */
  readonly seed?: number;
}

/** By player, in the order of the question. */
export type EquityAnswer = MultiwayAnswerBody;
/** What is known so far. `done` of `of` chunks; of Monte Carlo `of` is a bound. */
export type EquityProgress = Omit<
  Extract<ServerFrame, { readonly type: "EQUITY_PROGRESS" }>,
  "type" | "id"
>;

export type EquityOutcome =
  | { readonly ok: true; readonly answer: EquityAnswer }
  | { readonly ok: false; readonly refusal: Refusal };

export interface EquityOptions {
  /** Told at most ten times a second, over a connection alone. After a lost one `done` begins again at 0. */
  readonly onProgress?: (progress: EquityProgress) => void;
  /** Ends the calculation, at the server too; the outcome is then refused as `cancelled`. */
  readonly signal?: AbortSignal;
  /** `rest`: without a socket though there is a session. */
  readonly via?: "rest";
}

export interface Equities {
  readonly calculate: (question: EquityQuestion, options?: EquityOptions) => Promise<EquityOutcome>;
  readonly close: () => void;
}

export interface EquitiesOptions {
  readonly base: Base;
  readonly rest: Rest;
  readonly connection: Readable<ConnectionState>;
  /** For what is asked; never the same again on one connection. */
  readonly makeId: () => string;
}

/** As many as the server lets one connection have under way. */
const MAX_AT_ONCE = 4;
/** Who asks more at once does not look at the answers. */
const MAX_WAITING = 1_000;
/** The server cuts off who sends a frame above 16 KiB; the rest is for the id. */
const MAX_QUESTION_BYTES = 16_000;
/** A question of REST is answered when it is computed; the server's own bound makes that some minutes at most. */
const REST_TIMEOUT_MS = 180_000;

interface Job {
  readonly frame: Omit<AskFrame, "id">;
  readonly onProgress: EquityOptions["onProgress"];
  readonly isRest: boolean;
  readonly settle: (outcome: EquityOutcome) => void;
  /** `over`: it has its outcome, and the server may still be at it. */
  state: "due" | "asked" | "aside" | "over";
  /** Of the question under way over the connection. */
  id: string | null;
  attempt: number;
  faults: number;
  /** When the server was last heard at it. */
  newsAtMs: number;
  /** Why it was set aside. */
  why: Refusal;
  cancelTimer: () => void;
  cancelExpiry: () => void;
  /** Of the call by REST. */
  readonly calling: AbortController;
}

const OFFLINE: Refusal = { code: "offline", detail: "The server cannot be reached.", fields: {} };
const CANCELLED: Refusal = { code: "cancelled", detail: "It was cancelled here.", fields: {} };
const TOO_MANY: Refusal = {
  code: "outbox_full",
  detail: "Too many questions wait for an answer.",
  fields: {},
};
const CLOSED: Refusal = { code: "closed", detail: "The client was closed.", fields: {} };

export function createEquities(options: EquitiesOptions): Equities {
  const { base, connection, makeId, rest } = options;
  const { timers, timing } = base;
  /** Without an outcome, in the order in which they were asked. */
  const jobs = new Set<Job>();
  /** What the server is at, whether anyone still wants it or not. */
  const asked = new Set<Job>();
  let isClosed = false;

  const settle = (job: Job, outcome: EquityOutcome): void => {
    if (job.state === "over") return;
    job.state = "over";
    job.cancelTimer();
    job.cancelExpiry();
    jobs.delete(job);
    job.settle(outcome);
  };
  const refuse = (job: Job, refusal: Refusal): void => settle(job, { ok: false, refusal });
  const leave = (job: Job): void => {
    asked.delete(job);
    job.id = null;
    pump();
  };
  /** The server said that there is no answer, or none for now. */
  const failed = (job: Job, refusal: Refusal): void => {
    const { code, fields } = refusal;
    if (code === "internal_error") job.faults += 1;
    const isAgain = code === "internal_error" ? job.faults < MAX_FAULTS : isPassing(code);
    if (job.state === "over") return;
    if (!isAgain) return refuse(job, refusal);
    job.state = "aside";
    job.why = refusal;
    job.cancelTimer();
    job.cancelTimer = timers.after(retryInMs(base, job.attempt, fields["retry_after_ms"]), () => {
      job.state = "due";
      pump();
    });
    job.attempt += 1;
  };

  const expire = (job: Job): void => {
    const leftMs = job.newsAtMs + GIVE_UP_AFTER_MS - timers.elapsedMs();
    job.cancelExpiry = timers.after(Math.max(0, leftMs), () => {
      // By REST the answer is the first news that there is.
      const isComing = job.state === "asked" && job.id === null;
      if (isComing) job.newsAtMs = timers.elapsedMs();
      if (isComing || timers.elapsedMs() - job.newsAtMs < GIVE_UP_AFTER_MS) return expire(job);
      if (job.id !== null) base.send({ type: "CANCEL_EQUITY", id: job.id });
      refuse(job, job.why);
    });
  };
  /** The server is silent: is it still there? While the connection lives, the question does. */
  const suspect = (job: Job): void => {
    job.cancelTimer();
    job.cancelTimer = timers.after(timing.answerTimeoutMs, () => {
      base.onSilence();
      suspect(job);
    });
  };
  const askByRest = async (job: Job): Promise<void> => {
    const { type: _type, ...body } = job.frame;
    const answer = await rest.post("/api/v1/equity/calculate/multiway", {
      body,
      timeoutMs: REST_TIMEOUT_MS,
      signal: job.calling.signal,
    });
    if (answer.ok) settle(job, { ok: true, answer: answer.body });
    else failed(job, refusalOf(answer.problem));
    leave(job);
  };
  const pump = (): void => {
    const { kind } = connection.get();
    for (const job of jobs) {
      if (asked.size >= MAX_AT_ONCE) return;
      if (job.state !== "due") continue;
      const isRest = job.isRest || kind === "idle";
      if (!isRest && kind !== "online") continue;
      job.state = "asked";
      asked.add(job);
      if (isRest) void askByRest(job);
      else {
        job.id = makeId();
        base.send({ ...job.frame, id: job.id });
        suspect(job);
      }
    }
  };

  const jobOf = (id: string | undefined): Job | undefined =>
    id === undefined ? undefined : [...asked].find((job) => job.id === id);
  const receive = (frame: ServerFrame): void => {
    if (
      frame.type !== "EQUITY_PROGRESS" &&
      frame.type !== "EQUITY_RESULT" &&
      frame.type !== "ERROR"
    )
      return;
    const job = jobOf(frame.id);
    if (job === undefined) return;
    if (frame.type === "EQUITY_PROGRESS") {
      if (job.state !== "asked") return;
      job.newsAtMs = timers.elapsedMs();
      suspect(job);
      const { type: _type, id: _id, ...progress } = frame;
      try {
        job.onProgress?.(progress);
      } catch (error) {
        base.onError(error);
      }
      return;
    }
    if (frame.type === "EQUITY_RESULT") {
      const { type: _type, id: _id, ...answer } = frame;
      settle(job, { ok: true, answer });
    } else {
      const { type: _type, id: _id, code, detail, ...fields } = frame;
      failed(job, { code, detail, fields });
    }
    leave(job);
  };
  const follow = (): void => {
    if (connection.get().kind !== "online") {
      // The server has dropped what was asked over the connection that is lost.
      for (const job of asked) {
        if (job.id === null) continue;
        job.id = null;
        asked.delete(job);
        if (job.state !== "asked") continue;
        job.cancelTimer();
        job.state = "due";
        job.why = OFFLINE;
      }
    }
    pump();
  };
  const stops = [base.onFrame(receive), connection.subscribe(follow)];

  return {
    calculate: (question, { onProgress, signal, via } = {}) => {
      const { maxSamples, targetStdError, ...same } = question;
      const frame: Job["frame"] = {
        type: "CALCULATE_EQUITY",
        ...same,
        target_std_error: targetStdError,
        max_samples: maxSamples,
      };
      if (isClosed) return Promise.resolve({ ok: false, refusal: CLOSED });
      if (jobs.size >= MAX_WAITING) return Promise.resolve({ ok: false, refusal: TOO_MANY });
      if (signal?.aborted) return Promise.resolve({ ok: false, refusal: CANCELLED });
      return new Promise((resolve) => {
        const job: Job = {
          frame,
          onProgress,
          isRest: via === "rest" || isLong(frame),
          settle: (outcome) => {
            signal?.removeEventListener("abort", cancel);
            resolve(outcome);
          },
          state: "due",
          id: null,
          attempt: 0,
          faults: 0,
          newsAtMs: timers.elapsedMs(),
          why: OFFLINE,
          cancelTimer: () => undefined,
          cancelExpiry: () => undefined,
          calling: new AbortController(),
        };
        const cancel = (): void => {
          if (job.id !== null) base.send({ type: "CANCEL_EQUITY", id: job.id });
          job.calling.abort();
          refuse(job, CANCELLED);
        };
        signal?.addEventListener("abort", cancel);
        jobs.add(job);
        expire(job);
        pump();
      });
    },
    close: () => {
      isClosed = true;
      for (const stop of stops) stop();
      for (const job of jobs) {
        if (job.id !== null) base.send({ type: "CANCEL_EQUITY", id: job.id });
        job.calling.abort();
        refuse(job, CLOSED);
      }
    },
  };
}

const isLong = (frame: Job["frame"]): boolean =>
  new TextEncoder().encode(JSON.stringify(frame)).length > MAX_QUESTION_BYTES;
