import { useAdminText } from "../texts/useAdminText.ts";
import type { Member } from "./ClusterState.ts";
import { ACTIONS, ACTION_TEXTS } from "./supervision.ts";
import { useSupervision } from "./useSupervision.tsx";

/** All that can be done to a process, a button each; what cannot be done now says why. */
export function ProcessActions({
  member,
  canSupervise,
}: {
  readonly member: Member;
  readonly canSupervise: boolean;
}) {
  const { t } = useAdminText();
  const { name } = member.process;
  const { said, blocker, press, question } = useSupervision(member, canSupervise);
  return (
    <div className="process-actions">
      <div role="group" aria-label={t("supervision.control", { name })}>
        {ACTIONS.map((action) => {
          const label = t(`supervision.${action}`);
          const why = blocker(action);
          return (
            <button
              key={action}
              type="button"
              className={`button is-small${action === "kill" ? " is-danger" : ""}`}
              aria-disabled={why !== null}
              aria-label={t("supervision.of", { action: label, name })}
              aria-description={why ?? undefined}
              title={why ?? t(ACTION_TEXTS[action].means)}
              onClick={() => press(action)}
            >
              {label}
            </button>
          );
        })}
      </div>
      <p className={said?.isBad === true ? "process-said is-bad" : "process-said"} role="status">
        {said?.text ?? ""}
      </p>
      {question}
    </div>
  );
}
