import { useEffect, useEffectEvent, useState } from "react";
import type { Problem } from "../../http/request.ts";
import { useAdmin } from "../useAdmin.ts";
import { missingPage, withPage } from "./JournalBlock.ts";
import type { JournalBlock } from "./JournalBlock.ts";

export interface Journal {
  readonly block: JournalBlock;
  readonly problem: Problem | null;
  /** Reads the page before version `beforeVersion`. */
  readonly read: (beforeVersion: number | null) => void;
}

/** The journal around a version, or at its end when that is being followed. */
export function useJournal(
  kind: string,
  entityId: string,
  at: {
    readonly version: number;
    readonly newestVersion: number;
    readonly isFollowing: boolean;
  } | null,
): Journal {
  const { client } = useAdmin();
  const [block, setBlock] = useState<JournalBlock>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = (beforeVersion: number | null) => {
    void client.journal(kind, entityId, beforeVersion).then((answer) => {
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) setBlock((block) => withPage(block, answer.body.entries));
    });
  };
  const missing =
    at === null ? undefined : missingPage(block, at.version, at.newestVersion, at.isFollowing);
  // A page that failed is asked for again when the state has moved on, not at once.
  const newestVersion = at?.newestVersion;
  const readMissing = useEffectEvent(
    (page: number | null | undefined, newestVersion: number | undefined) => {
      if (page !== undefined && newestVersion !== undefined) read(page);
    },
  );
  useEffect(() => readMissing(missing, newestVersion), [missing, newestVersion]);
  return { block, problem, read };
}
