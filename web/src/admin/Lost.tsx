import "./Lost.css";
import { presentMembers } from "./cluster/ClusterState.ts";
import { useAdminText } from "./texts/useAdminText.ts";
import { useAdmin } from "./useAdmin.ts";
import { useFigures } from "./useFigures.ts";

/** Says what a lost connection means, and where the cluster may still be reached. */
export function Lost() {
  const { t } = useAdminText();
  const figures = useFigures();
  const { state, refresh } = useAdmin();
  const { lost } = state;
  if (lost === null) return null;
  const self = presentMembers(state).find(({ process }) => process.is_self)?.process;
  const others = presentMembers(state).filter(
    ({ process }) => !process.is_self && process.state === "up",
  );
  const isOffline = lost.problem.code === "offline";
  return (
    <div className="admin-lost notice is-bad" role="alert">
      <p>
        <strong>
          {isOffline
            ? t("frame.doesNotAnswer", { process: self?.name ?? t("frame.theServer") })
            : lost.problem.detail}
        </strong>
        {state.cluster === null
          ? t("frame.nothingKnown")
          : t("frame.asOf", { span: figures.span(state.nowMs - lost.sinceMs) })}
        {isOffline && others.length > 0 && (
          <>
            {` ${t("frame.goOnAt")} `}
            {others.map(({ process }, at) => (
              <span key={process.process_id}>
                {at > 0 && " · "}
                <a href={`${process.url}/${location.hash}`}>{process.name}</a>
              </span>
            ))}
            .
          </>
        )}
      </p>
      <button type="button" className="button is-small" onClick={refresh}>
        {t("frame.tryNow")}
      </button>
    </div>
  );
}
