/** The answer to a question, as far as it is known: computed in a worker of this browser, begun anew with each question. */
import { useEffect, useRef, useState } from "react";
import type { EquityAnswer, EquityQuestion } from "../../../rpc/equity.ts";
import type { AskEquity, EquityNews } from "./EquityMessage.ts";

/** Whoever paints a range changes the question many times a second. */
const SETTLE_MS = 120;

/** The equity of each player when so many deals had been looked at. */
export interface Reading {
  readonly samples: number;
  readonly equities: readonly number[];
}

export interface EquityState {
  readonly kind: "idle" | "computing" | "known" | "refused" | "failed";
  /** The last there is; while computing, of what has been looked at so far. */
  readonly answer: EquityAnswer | null;
  readonly elapsedMs: number;
  /** How it has come near: of Monte Carlo alone. */
  readonly readings: readonly Reading[];
  readonly refusal: { readonly where: string; readonly reason: string } | null;
}

const IDLE: EquityState = {
  kind: "idle",
  answer: null,
  elapsedMs: 0,
  readings: [],
  refusal: null,
};

/** More than a chart of this width shows. */
const MAX_READINGS = 240;

export function useEquity(question: EquityQuestion | null): EquityState {
  const [state, setState] = useState<EquityState>(IDLE);
  const worker = useRef<{ readonly thread: Worker; isBusy: boolean } | null>(null);
  useEffect(
    () => () => {
      worker.current?.thread.terminate();
      worker.current = null;
    },
    [],
  );
  useEffect(() => {
    if (question === null) {
      // oxlint-disable-next-line react/set-state-in-effect -- nothing is asked any more
      setState(IDLE);
      return undefined;
    }
    const listening = new AbortController();
    const begin = () => {
      worker.current ??= { thread: startWorker(), isBusy: false };
      const { current } = worker;
      current.isBusy = true;
      const hear = (news: EquityNews) => {
        if (news.kind !== "progress") current.isBusy = false;
        setState((before) => next(before, news));
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
      setState((before) => ({ ...before, kind: "computing", readings: [], refusal: null }));
    };
    const timer = setTimeout(begin, SETTLE_MS);
    return () => {
      listening.abort();
      clearTimeout(timer);
      // It is in the middle of a chunk and hears nothing: a new one is there in some milliseconds.
      if (worker.current?.isBusy === true) {
        worker.current.thread.terminate();
        worker.current = null;
      }
    };
  }, [question]);
  return question === null ? IDLE : state;
}

const startWorker = () =>
  new Worker(new URL("equityWorker.ts", import.meta.url), { type: "module", name: "equity" });

function next(before: EquityState, news: EquityNews): EquityState {
  switch (news.kind) {
    case "progress":
      return {
        ...before,
        kind: "computing",
        answer: news.progress,
        readings: withReading(before.readings, news.progress),
      };
    case "answer":
      return {
        kind: "known",
        answer: news.answer,
        elapsedMs: news.elapsedMs,
        readings: news.answer.method === "exact" ? [] : withReading(before.readings, news.answer),
        refusal: null,
      };
    case "refused":
      return { ...IDLE, kind: "refused", refusal: news };
    case "failed":
      return { ...IDLE, kind: "failed" };
  }
}

/** When there are too many, every other one goes. */
function withReading(readings: readonly Reading[], answer: EquityAnswer): readonly Reading[] {
  const { players, samples } = answer;
  const reading = { samples, equities: players.map(({ equity }) => equity) };
  const kept =
    readings.length < MAX_READINGS ? readings : readings.filter((_, place) => place % 2 === 1);
  return [...kept, reading];
}
