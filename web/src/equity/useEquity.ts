/** The answer to a question, as far as it is known: computed in a worker of this browser, begun anew with each question. */
import { useEffect, useRef, useState } from "react";
import type { EquityAnswer, EquityQuestion } from "../../../rpc/equity.ts";
import type { Refusal } from "../../../src/compute/equity/plan.ts";
import type { AskEquity, EquityNews } from "./EquityMessage.ts";
import { withReading } from "./readings.ts";
import type { Reading } from "./readings.ts";

/** Whoever paints a range changes the question many times a second: then it is asked when the hand rests. */
const SETTLE_MS = 120;

export interface EquityState {
  readonly kind: "idle" | "computing" | "known" | "refused" | "failed";
  /** While computing, of what has been dealt so far; a part of an exact answer is none, and is not told. */
  readonly answer: EquityAnswer | null;
  /** How much of an exact answer has been computed, 0 to 1; 0 where it is not known. */
  readonly part: number;
  readonly elapsedMs: number;
  /** How it has come near: of Monte Carlo alone. */
  readonly readings: readonly Reading[];
  readonly refusal: Refusal | null;
}

const IDLE: EquityState = {
  kind: "idle",
  answer: null,
  part: 0,
  elapsedMs: 0,
  readings: [],
  refusal: null,
};
const WAITING: EquityState = { ...IDLE, kind: "computing" };

/** What is told is always of this very question, never of the one before. */
export function useEquity(question: EquityQuestion | null): EquityState {
  const [told, setTold] = useState<{
    readonly question: EquityQuestion;
    readonly state: EquityState;
  } | null>(null);
  const worker = useRef<{ readonly thread: Worker; isBusy: boolean } | null>(null);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(
    () => () => {
      worker.current?.thread.terminate();
      worker.current = null;
    },
    [],
  );
  useEffect(() => {
    if (question === null) return undefined;
    const listening = new AbortController();
    const end = () => {
      worker.current?.thread.terminate();
      worker.current = null;
    };
    const begin = () => {
      worker.current ??= { thread: startWorker(), isBusy: false };
      const { current } = worker;
      current.isBusy = true;
      const hear = (news: EquityNews) => {
        if (news.kind !== "progress") current.isBusy = false;
        // One that could not load the kernel never will.
        if (news.kind === "failed") end();
        setTold((before) => ({
          question,
          state: next(before?.question === question ? before.state : WAITING, news),
        }));
      };
      const options = { signal: listening.signal };
      current.thread.addEventListener(
        "message",
        (event: MessageEvent<EquityNews>) => hear(event.data),
        options,
      );
      current.thread.addEventListener("error", () => hear({ kind: "failed" }), options);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      current.thread.postMessage({ question } satisfies AskEquity);
    };
    const now = performance.now();
    const isResting = now - changedAt.current > SETTLE_MS;
    changedAt.current = now;
    const timer = setTimeout(begin, isResting ? 0 : SETTLE_MS);
    return () => {
      listening.abort();
      clearTimeout(timer);
      // It is in the middle of a chunk and hears nothing: a new one is there in some milliseconds.
      if (worker.current?.isBusy === true) end();
    };
  }, [question]);
  if (question === null) return IDLE;
  return told?.question === question ? told.state : WAITING;
}

const startWorker = () =>
  new Worker(new URL("equityWorker.ts", import.meta.url), { type: "module", name: "equity" });

function next(before: EquityState, news: EquityNews): EquityState {
  switch (news.kind) {
    case "progress": {
      const { done, of, ...answer } = news.progress;
      if (answer.method === "exact") return { ...WAITING, part: done / of };
      return { ...WAITING, answer, readings: withReading(before.readings, answer) };
    }
    case "answer":
      return {
        ...IDLE,
        kind: "known",
        answer: news.answer,
        part: 1,
        elapsedMs: news.elapsedMs,
        readings: news.answer.method === "exact" ? [] : withReading(before.readings, news.answer),
      };
    case "refused":
      return { ...IDLE, kind: "refused", refusal: news.refusal };
    case "failed":
      return { ...IDLE, kind: "failed" };
  }
}
