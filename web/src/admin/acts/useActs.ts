import { useEffect, useRef, useState } from "react";
import type { ActBody, AdminAct } from "../../../../rpc/http/admin/acts.ts";
import type { Answer, Problem } from "../../http/request.ts";
import type { ActFilter, ActWindow } from "../route.ts";
import { useAdmin } from "../useAdmin.ts";
import { usePoll } from "../usePoll.ts";
import { firstPage, since, withNewest, withOlder } from "./ActList.ts";
import type { ActList } from "./ActList.ts";
import { isAct } from "./actKinds.ts";

const POLL_MS = 2_000;
/** As many as the server gives at once; fewer questions for who saves them. */
const SAVED_PAGE_ACTS = 200;
/** What one file has at most: some megabytes. */
const MAX_SAVED_ACTS = 10_000;

const HOUR_MS = 3_600_000;
const WINDOW_MS: Readonly<Record<ActWindow, number>> = {
  hour: HOUR_MS,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
};

export interface Acts {
  /** Null before the first answer to what is asked for. */
  readonly list: ActList | null;
  readonly problem: Problem | null;
  readonly more: () => void;
  /** All that match, not only what was read so far. */
  readonly readAll: () => Promise<
    Answer<{ readonly acts: readonly ActBody[]; readonly isWhole: boolean }>
  >;
}

/** The acts that match, live. */
export function useActs(filter: ActFilter): Acts {
  const { client, state } = useAdmin();
  const subject = JSON.stringify(filter);
  const [known, setKnown] = useState<{ readonly subject: string; readonly list: ActList } | null>(
    null,
  );
  const [problem, setProblem] = useState<Problem | null>(null);
  const wanted = useRef(subject);
  useEffect(() => {
    wanted.current = subject;
  }, [subject]);

  const act: AdminAct | null = filter.act !== null && isAct(filter.act) ? filter.act : null;
  const asked = { by: filter.by, act };
  const sinceMs = filter.within === null ? null : state.nowMs - WINDOW_MS[filter.within];
  const read = async (before: string | null) => {
    const answer = await client.acts({ ...asked, before });
    if (wanted.current !== subject) return;
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setKnown((known) => {
      const join = before === null ? withNewest : withOlder;
      const list =
        known?.subject === subject ? join(known.list, answer.body) : firstPage(answer.body);
      return { subject, list };
    });
  };
  usePoll(() => read(null), POLL_MS, subject);

  const list = known?.subject === subject ? since(known.list, sinceMs) : null;
  return {
    list,
    problem,
    more: () => {
      if (list !== null && list.nextBefore !== null) void read(list.nextBefore);
    },
    readAll: async () => {
      let all: ActList = { acts: [], nextBefore: null };
      do {
        const answer = await client.acts({
          ...asked,
          before: all.nextBefore,
          limit: SAVED_PAGE_ACTS,
        });
        if (!answer.ok) return answer;
        all = since(withOlder(all, answer.body), sinceMs);
      } while (all.nextBefore !== null && all.acts.length < MAX_SAVED_ACTS);
      return { ok: true, body: { acts: all.acts, isWhole: all.nextBefore === null } };
    },
  };
}
