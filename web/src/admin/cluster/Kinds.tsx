import "./Kinds.css";
import { Figure } from "../Figure.tsx";
import { formatCount } from "../figures.ts";
import { hashOf } from "../route.ts";
import { kindTotals } from "./ClusterState.ts";
import type { ClusterState } from "./ClusterState.ts";
import { PauseKind } from "./PauseKind.tsx";

/** What the cluster has in memory, by kind, and who has it. */
export function Kinds({ state }: { readonly state: ClusterState }) {
  const kinds = kindTotals(state);
  return (
    <section className="panel kinds" aria-labelledby="kinds-title">
      <div className="panel-head">
        <h2 id="kinds-title">Entities by kind</h2>
        <span className="muted">in memory now</span>
      </div>
      {kinds.length === 0 ? (
        <p className="empty">No process has said yet which kinds it runs.</p>
      ) : (
        <ul>
          {kinds.map(({ kind, live, depth, isPaused, spread }) => (
            <li key={kind} data-kind={kind} data-paused={isPaused}>
              <div className="kinds-row">
                <a href={hashOf({ page: "entities", kind, prefix: "" })}>{kind}</a>
                {isPaused && <span className="tag is-note">paused</span>}
                <span className="kinds-figures">
                  <Figure value={live} format={formatCount} /> live ·{" "}
                  <Figure value={depth} format={formatCount} /> waiting
                </span>
                <PauseKind kind={kind} isPaused={isPaused} />
              </div>
              <span className="kinds-spread" aria-hidden="true">
                {spread.map(({ member, live }) => (
                  <span
                    key={member.process.process_id}
                    data-colour={member.colour}
                    style={{ flexGrow: live }}
                    title={`${member.process.name}: ${formatCount(live)}`}
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
