/**
 * Carries out a plan: makes bets at the plan's pace while betting is open and stops by itself. It holds three promises.
 *
 * - The budget: a bet's stake counts from when the bet is made, and comes back only when the server has refused it. What
 *   was not answered counts.
 * - Once: a bet whose outcome is not known is asked for again with its own key, also after a stop.
 * - Manners: no more than `MAX_IN_FLIGHT` unanswered; told that it is too fast, it waits, twice as long each time, and
 *   goes on at half the rate.
 */
import type { Transport } from "./Measurements.ts";
import type { Plan } from "./Plan.ts";

export type Ending = "done" | "budget" | "funds" | "refusals" | "hidden" | "left" | "stopped";

export interface Progress {
  /** `waiting` for betting to open; `backing_off` as told; `draining` when only answers are waited for. */
  readonly status: "running" | "waiting" | "backing_off" | "draining" | "ended";
  /** Why it ends or has ended; null while it runs. */
  readonly ending: Ending | null;
  readonly made: number;
  readonly accepted: number;
  readonly refused: number;
  readonly inFlight: number;
  /** Stakes of bets that were accepted or may be. */
  readonly committedMinor: number;
  /** What it is held to now; lower than the plan's after it was told to slow down. Null for a burst. */
  readonly perSecond: number | null;
}

/** Why a bet was not placed; `code` as in the protocol, or `offline`, or `abandoned` when nobody will learn the outcome. */
export interface Refusal {
  readonly code: string;
}

/** A bet with the key that it keeps. */
export interface Attempt {
  readonly key: string;
  readonly transport: Transport;
  readonly raceId: string;
}

export interface SimulatorOptions {
  readonly plan: Plan;
  /** Milliseconds of a clock that only goes forward. */
  readonly nowMs: () => number;
  readonly makeKey: () => string;
  /** The race that can be bet on now; null when none can. */
  readonly openRace: () => string | null;
  /** Resolves with null when the bet is placed, or with why not; never rejects. */
  readonly place: (attempt: Attempt) => Promise<Refusal | null>;
  readonly onProgress: () => void;
}

export interface Simulator {
  readonly plan: Plan;
  readonly progress: () => Progress;
  /** Makes what is due. To be called every `PUMP_MS` until it has ended. */
  readonly pump: () => void;
  /** Makes no further bets; it has ended when all that were made are answered. */
  readonly stop: (ending: Ending) => void;
}

/** Often enough for the highest rate to be even. */
export const PUMP_MS = 20;
const MAX_IN_FLIGHT = 64;
/** A bet refused for its own sake will be refused again. */
const MAX_REFUSED_IN_A_ROW = 5;
const FIRST_BACK_OFF_MS = 1_000;
const MAX_BACK_OFF_MS = 30_000;
const MS_PER_SECOND = 1_000;

/** Not carried out for now; asked again with the same key. */
const REPEATED_CODES: readonly string[] = ["rate_limited", "unavailable", "offline"];
/** Of those, what says for certain that nothing was carried out: after a stop it need not be asked again. */
const TOO_FAST = "rate_limited";
/** Nobody will learn whether it was carried out. */
const UNKNOWN_OUTCOME = "abandoned";
/** Says only that the race has moved on. */
const CLOSED = "betting_closed";

export function createSimulator(options: SimulatorOptions): Simulator {
  const { plan, nowMs, makeKey, openRace, place, onProgress } = options;
  let again: { readonly attempt: Attempt; readonly code: string }[] = [];
  let ending: Ending | null = null;
  let hasEnded = false;
  let isWaiting = false;
  let made = 0;
  let accepted = 0;
  let refused = 0;
  let unknown = 0;
  let inFlight = 0;
  let refusedInARow = 0;
  let backOffUntilMs = 0;
  let backOffMs = FIRST_BACK_OFF_MS;
  let perSecond = plan.pace.kind === "rate" ? plan.pace.perSecond : null;
  let lastMadeMs = Number.NEGATIVE_INFINITY;

  const open = () => inFlight + again.length;
  const committedMinor = () => (accepted + unknown + open()) * plan.stakeMinor;
  const hasBudget = () => committedMinor() + plan.stakeMinor <= plan.budgetMinor;

  const end = (): void => {
    if (ending === null || hasEnded || open() > 0) return;
    hasEnded = true;
  };

  const stop = (why: Ending): void => {
    ending ??= why;
    const dropped = again.filter(({ code }) => code === TOO_FAST).length;
    again = again.filter(({ code }) => code !== TOO_FAST);
    refused += dropped;
    end();
    onProgress();
  };

  const backOff = (): void => {
    const now = nowMs();
    // Answers to one and the same wave say it once.
    if (now < backOffUntilMs) return;
    backOffUntilMs = now + backOffMs;
    backOffMs = Math.min(MAX_BACK_OFF_MS, backOffMs * 2);
    if (perSecond !== null) perSecond = Math.max(1, Math.floor(perSecond / 2));
  };

  const answered = (attempt: Attempt, refusal: Refusal | null): void => {
    inFlight -= 1;
    if (refusal === null) {
      accepted += 1;
      refusedInARow = 0;
      backOffMs = FIRST_BACK_OFF_MS;
    } else if (
      REPEATED_CODES.includes(refusal.code) &&
      !(ending !== null && refusal.code === TOO_FAST)
    ) {
      again.push({ attempt, code: refusal.code });
      backOff();
    } else if (refusal.code === UNKNOWN_OUTCOME) {
      unknown += 1;
    } else {
      refused += 1;
      if (refusal.code === "insufficient_funds") ending ??= "funds";
      else if (refusal.code !== CLOSED) {
        refusedInARow += 1;
        if (refusedInARow >= MAX_REFUSED_IN_A_ROW) ending ??= "refusals";
      }
    }
    end();
    onProgress();
  };

  const send = (attempt: Attempt): void => {
    inFlight += 1;
    void place(attempt).then((refusal) => answered(attempt, refusal));
  };

  const transportOf = (index: number): Transport => {
    if (plan.transport !== "both") return plan.transport;
    return index % 2 === 0 ? "websocket" : "rest";
  };

  const make = (raceId: string): void => {
    const transport = transportOf(made);
    made += 1;
    send({ key: makeKey(), transport, raceId });
  };

  const makeDue = (raceId: string): void => {
    if (plan.pace.kind === "burst") {
      while (made < plan.pace.count && inFlight < MAX_IN_FLIGHT && hasBudget()) make(raceId);
      return;
    }
    const gapMs = MS_PER_SECOND / (perSecond ?? 1);
    const now = nowMs();
    // What a pause has kept back is not made up for.
    lastMadeMs = Math.max(lastMadeMs, now - gapMs - PUMP_MS);
    while (now - lastMadeMs >= gapMs && inFlight < MAX_IN_FLIGHT && hasBudget()) {
      lastMadeMs += gapMs;
      make(raceId);
    }
  };

  const pump = (): void => {
    if (hasEnded) return;
    const isBackingOff = nowMs() < backOffUntilMs;
    if (!isBackingOff) {
      const due = again.splice(0, MAX_IN_FLIGHT - inFlight);
      for (const { attempt } of due) send(attempt);
    }
    if (ending === null && !isBackingOff) {
      const raceId = openRace();
      isWaiting = raceId === null;
      if (raceId !== null) makeDue(raceId);
      if (open() === 0) {
        if (plan.pace.kind === "burst" && made >= plan.pace.count) ending = "done";
        else if (!hasBudget()) ending = "budget";
      }
    }
    end();
    onProgress();
  };

  const statusOf = (): Progress["status"] => {
    if (hasEnded) return "ended";
    if (ending !== null) return "draining";
    if (nowMs() < backOffUntilMs) return "backing_off";
    return isWaiting ? "waiting" : "running";
  };

  return {
    plan,
    progress: () => ({
      status: statusOf(),
      ending,
      made,
      accepted,
      refused,
      inFlight: open(),
      committedMinor: committedMinor(),
      perSecond,
    }),
    pump,
    stop,
  };
}
