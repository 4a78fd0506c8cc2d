import { useCallback, useEffect, useRef, useState } from "react";
import type { Answer } from "../../../sdk/src/index.ts";
import type { Problem } from "./request.ts";

export type Reading<Body> =
  | { readonly kind: "loading" }
  | { readonly kind: "read"; readonly body: Body }
  | { readonly kind: "failed"; readonly problem: Problem };

type Read<Body> = (() => Promise<Answer<Body>>) | null;

const LOADING = { kind: "loading" } as const;

/**
 * What `read` answers, and a way to ask again; null asks for nothing. What was read stays while it is asked anew, and
 * when that fails. `read` is to be the same function as long as it asks for the same.
 */
export function useRead<Body>(read: Read<Body>): {
  readonly reading: Reading<Body>;
  readonly again: () => void;
} {
  const [known, setKnown] = useState<{
    readonly of: Read<Body>;
    readonly reading: Reading<Body>;
  }>({ of: null, reading: LOADING });
  const wanted = useRef<Read<Body>>(null);
  const ask = useCallback(async () => {
    if (read === null) return;
    const answer = await read();
    if (wanted.current !== read) return;
    setKnown((before) => {
      if (answer.ok) return { of: read, reading: { kind: "read", body: answer.body } };
      const isKept = before.of === read && before.reading.kind === "read";
      return isKept ? before : { of: read, reading: { kind: "failed", problem: answer.problem } };
    });
  }, [read]);
  useEffect(() => {
    wanted.current = read;
    // oxlint-disable-next-line react/set-state-in-effect -- what is set comes with the answer
    void ask();
    return () => {
      wanted.current = null;
    };
  }, [read, ask]);
  const again = useCallback(() => void ask(), [ask]);
  return { reading: known.of === read ? known.reading : LOADING, again };
}
