import { useEffect, useRef, useState } from "react";
import type { EntityBody } from "../../../../rpc/http/admin.ts";
import type { Problem } from "../../http/request.ts";
import { useAdmin } from "../useAdmin.ts";
import { usePoll } from "../usePoll.ts";

const FOLLOW_MS = 1_000;
/** A past state does not change; the newest version, the alarm and the owner do. */
const PAST_MS = 3_000;
/** States kept to step through without asking again. */
const MAX_KEPT = 200;

export interface Shown {
  readonly entity: EntityBody;
  /** The version before; null before the first. */
  readonly before: EntityBody | null;
}

/** An entity at a version, or the newest as it changes, with the one before. */
export function useEntity(
  kind: string,
  entityId: string,
  version: number | null,
): {
  readonly shown: Shown | null;
  readonly problem: Problem | null;
  readonly refresh: () => void;
} {
  const { client } = useAdmin();
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const kept = useRef(new Map<number, EntityBody>());
  const wanted = useRef(version);
  useEffect(() => {
    wanted.current = version;
  }, [version]);

  const keep = (entity: EntityBody) => {
    kept.current.delete(entity.version);
    kept.current.set(entity.version, entity);
    const [oldest] = kept.current.keys();
    if (kept.current.size > MAX_KEPT && oldest !== undefined) kept.current.delete(oldest);
  };
  const ask = async () => {
    const answer = await client.entity(kind, entityId, version);
    if (wanted.current !== version) return;
    if (!answer.ok) {
      setProblem(answer.problem);
      return;
    }
    const entity = answer.body;
    keep(entity);
    let before = kept.current.get(entity.version - 1) ?? null;
    if (before === null && entity.version > 1) {
      const older = await client.entity(kind, entityId, entity.version - 1);
      if (wanted.current !== version) return;
      if (older.ok) {
        before = older.body;
        keep(before);
      }
    }
    setProblem(null);
    setShown({ entity, before });
  };
  const refresh = usePoll(ask, version === null ? FOLLOW_MS : PAST_MS, String(version));
  return { shown, problem, refresh };
}
