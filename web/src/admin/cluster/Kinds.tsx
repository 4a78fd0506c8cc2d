import "./Kinds.css";
import { Figure } from "../Figure.tsx";
import { hashOf } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import { kindTotals } from "./ClusterState.ts";
import type { ClusterState } from "./ClusterState.ts";
import { PauseKind } from "./PauseKind.tsx";

/** What the cluster has in memory, by kind, and who has it. */
export function Kinds({ state }: { readonly state: ClusterState }) {
  const { t } = useAdminText();
  const figures = useFigures();
  const kinds = kindTotals(state);
  return (
    <section className="panel kinds" aria-labelledby="kinds-title">
      <div className="panel-head">
        <h2 id="kinds-title">{t("cluster.kinds.title")}</h2>
        <span className="muted">{t("cluster.kinds.now")}</span>
      </div>
      {kinds.length === 0 ? (
        <p className="empty">{t("cluster.kinds.nothing")}</p>
      ) : (
        <ul>
          {kinds.map(({ kind, live, depth, isPaused, spread }) => (
            <li key={kind} data-kind={kind} data-paused={isPaused}>
              <div className="kinds-row">
                <a href={hashOf({ page: "entities", kind, prefix: "" })}>{kind}</a>
                {isPaused && <span className="tag is-note">{t("cluster.kinds.paused")}</span>}
                <span className="kinds-figures">
                  <Figure value={live} format={figures.count} /> {t("cluster.kinds.live")} ·{" "}
                  <Figure value={depth} format={figures.count} /> {t("cluster.kinds.waiting")}
                </span>
                <PauseKind kind={kind} isPaused={isPaused} />
              </div>
              <span className="kinds-spread" aria-hidden="true">
                {spread.map(({ member, live }) => (
                  <span
                    key={member.process.process_id}
                    data-colour={member.colour}
                    style={{ flexGrow: live }}
                    title={t("cluster.kinds.on", {
                      process: member.process.name,
                      live: figures.count(live),
                    })}
                  />
                ))}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
