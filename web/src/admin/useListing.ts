import { useEffect, useRef, useState } from "react";
import type { Answer, Problem } from "../http/request.ts";
import { usePoll } from "./usePoll.ts";

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Asks for the page after this one; null on the last. */
  readonly next: string | null;
}

export interface Listing<Row> {
  /** What they are of: while an answer is on its way, what was asked for before. Null before the first answer. */
  readonly shown: (Page<Row> & { readonly subject: string }) | null;
  /** Why the last question had no answer. */
  readonly problem: Problem | null;
  readonly more: () => void;
  readonly refresh: () => void;
}

/**
 * A list that is read page by page. Its first page is asked for again every `everyMs`; once someone has read on, the list
 * stays as it was read. Answers to what is no longer asked for are dropped.
 */
export function useListing<Row>(
  subject: string,
  load: (after: string | null) => Promise<Answer<Page<Row>>>,
  everyMs: number,
): Listing<Row> {
  const [shown, setShown] = useState<Listing<Row>["shown"]>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [readOn, setReadOn] = useState<string | null>(null);
  const wanted = useRef(subject);
  useEffect(() => {
    wanted.current = subject;
  }, [subject]);

  const read = async (after: string | null) => {
    const answer = await load(after);
    if (wanted.current !== subject) return;
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    const { rows, next } = answer.body;
    setShown((before) =>
      after !== null && before?.subject === subject
        ? { subject, rows: [...before.rows, ...rows], next }
        : { subject, rows, next },
    );
  };
  const refresh = usePoll(
    () => (readOn === subject ? Promise.resolve() : read(null)),
    everyMs,
    subject,
  );
  return {
    shown,
    problem,
    refresh,
    more: () => {
      if (shown === null || shown.next === null || shown.subject !== subject) return;
      setReadOn(subject);
      void read(shown.next);
    },
  };
}

/** The answer with its body made into a page. */
export function paged<Body, Row>(
  answer: Answer<Body>,
  page: (body: Body) => Page<Row>,
): Answer<Page<Row>> {
  return answer.ok ? { ok: true, body: page(answer.body) } : answer;
}
