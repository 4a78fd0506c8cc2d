import { useCallback, useMemo, useState } from "react";
import type { RunnerStartBody, RunnerTotalsBody } from "../../../sdk/src/index.ts";
import { useCroupier } from "../app/useSeat.ts";
import { useRead } from "../http/useRead.ts";
import type { Reading } from "../http/useRead.ts";

/** As many starts as the charts show at once. */
const STARTS_PER_PAGE = 50;

export interface History {
  readonly totals: RunnerTotalsBody;
  /** Newest first, as far back as was asked for. */
  readonly starts: readonly RunnerStartBody[];
  readonly hasOlder: boolean;
}

interface Older {
  readonly name: string;
  readonly starts: readonly RunnerStartBody[];
  readonly nextBefore: string | null;
}

/** A runner's history: its newest starts, and older ones a page at a time. A failed page leaves what is there. */
export function useHistory(name: string): {
  readonly history: Reading<History>;
  readonly again: () => void;
  readonly older: () => void;
} {
  const croupier = useCroupier();
  const read = useCallback(
    (before?: string) =>
      croupier.get("/analytics/runners/{name}", {
        path: { name },
        query: { limit: STARTS_PER_PAGE, before },
      }),
    [croupier, name],
  );
  const { reading, again } = useRead(useMemo(() => () => read(), [read]));
  const [kept, setKept] = useState<Older | null>(null);
  const older = kept?.name === name ? kept : null;
  if (reading.kind !== "read") return { history: reading, again, older: () => undefined };
  const { totals, starts, next_before: first } = reading.body;
  const nextBefore = older === null ? first : older.nextBefore;
  const known = older?.starts ?? [];
  return {
    history: {
      kind: "read",
      body: { totals, starts: [...starts, ...known], hasOlder: nextBefore !== null },
    },
    again: () => {
      setKept(null);
      again();
    },
    older: () => {
      if (nextBefore === null) return;
      void read(nextBefore).then((answer) => {
        if (!answer.ok) return;
        const { body } = answer;
        setKept({ name, starts: [...known, ...body.starts], nextBefore: body.next_before });
      });
    },
  };
}
