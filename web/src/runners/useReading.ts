import { useEffect, useRef, useState } from "react";
import type { Answer } from "../../../sdk/src/index.ts";
import type { Problem } from "../http/request.ts";

export type Reading<Body> =
  | { readonly kind: "reading" }
  | { readonly kind: "read"; readonly body: Body }
  | { readonly kind: "failed"; readonly problem: Problem };

/**
 * What `read` brings, read when the component appears and whenever `key` is another; `again` reads once more. An answer
 * that comes after the next question was asked is passed over.
 */
export function useReading<Body>(
  key: string,
  read: () => Promise<Answer<Body>>,
): { readonly reading: Reading<Body>; readonly again: () => void } {
  const [turn, setTurn] = useState(0);
  const question = `${turn} ${key}`;
  const [answered, setAnswered] = useState<{
    readonly question: string;
    readonly reading: Reading<Body>;
  } | null>(null);
  const latest = useRef(read);
  useEffect(() => {
    latest.current = read;
  });

  useEffect(() => {
    let isOver = false;
    void latest.current().then((answer) => {
      if (isOver) return;
      const reading: Reading<Body> = answer.ok
        ? { kind: "read", body: answer.body }
        : { kind: "failed", problem: answer.problem };
      setAnswered({ question, reading });
    });
    return () => {
      isOver = true;
    };
  }, [question]);

  return {
    reading: answered?.question === question ? answered.reading : { kind: "reading" },
    again: () => setTurn((before) => before + 1),
  };
}
