import { useState } from "react";
import type { ReactNode } from "react";
import type { ProcessAction } from "../../../../rpc/http/admin.ts";
import { Confirm } from "../Confirm.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { useFigures } from "../useFigures.ts";
import type { Member } from "./ClusterState.ts";
import { ACTION_TEXTS, blockerOf, needsConfirmation } from "./supervision.ts";

export interface Supervision {
  /** What came of the last order, or that it is under way; null when there is nothing to say. */
  readonly said: { readonly isBad: boolean; readonly text: string } | null;
  /** Why it cannot be ordered now; null if it can. */
  readonly blocker: (action: ProcessAction) => string | null;
  /** Orders it, or asks first. */
  readonly press: (action: ProcessAction) => void;
  /** The question, while it is open. */
  readonly question: ReactNode;
}

/** Orders to one process, however they are given: what cannot be taken back is asked about first. */
export function useSupervision(member: Member, canSupervise: boolean): Supervision {
  const { client, refresh } = useAdmin();
  const { t, tell } = useAdminText();
  const figures = useFigures();
  const { name, process_id: processId, shards, is_self: isSelf } = member.process;
  const [asking, setAsking] = useState<ProcessAction | null>(null);
  const [said, setSaid] = useState<Supervision["said"]>(null);

  const act = async (action: ProcessAction) => {
    setSaid({ isBad: false, text: t(ACTION_TEXTS[action].asked) });
    const answer = await client.act(processId, action);
    setSaid(answer.ok ? null : { isBad: true, text: answer.problem.detail });
    refresh();
  };
  const blocker = (action: ProcessAction) => {
    const why = blockerOf(action, member, canSupervise);
    return why === null ? null : tell(why);
  };
  const label = asking === null ? "" : t(`supervision.${asking}`);
  return {
    said,
    blocker,
    press: (action) => {
      if (blocker(action) !== null) return;
      if (needsConfirmation(action, member)) setAsking(action);
      else void act(action);
    },
    question: asking !== null && (
      <Confirm
        title={t("supervision.ask", { action: label, name })}
        action={t("supervision.of", { action: label, name })}
        onConfirm={() => void act(asking)}
        onClose={() => setAsking(null)}
      >
        <p>{t(ACTION_TEXTS[asking].means)}</p>
        {shards > 0 && asking !== "pause" && (
          <p>{t("supervision.shardsGo", { count: shards, shards: figures.count(shards) })}</p>
        )}
        {isSelf && (
          <p>
            <strong>{t("supervision.servesPage")}</strong> {t("supervision.servesPageMeans")}
          </p>
        )}
      </Confirm>
    ),
  };
}
