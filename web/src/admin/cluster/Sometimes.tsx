import "./Sometimes.css";
import { formatCount, spaced } from "../figures.ts";
import type { Member } from "./ClusterState.ts";

/** What seldom happens and was survived, counted over the processes that run: proof that the cure was needed and worked. */
export function Sometimes({ members }: { readonly members: readonly Member[] }) {
  const counts = new Map<string, number>();
  for (const { process } of members) {
    for (const [what, count] of Object.entries(process.sometimes)) {
      counts.set(what, (counts.get(what) ?? 0) + count);
    }
  }
  const happened = [...counts].filter(([, count]) => count > 0).toSorted(([, a], [, b]) => b - a);
  return (
    <section className="panel sometimes" aria-labelledby="sometimes-title">
      <div className="panel-head">
        <h2 id="sometimes-title">Survived</h2>
        <span className="muted">since the processes started</span>
      </div>
      {happened.length === 0 ? (
        <p className="empty">No lost commit, no second copy, no interrupted settlement so far.</p>
      ) : (
        <dl>
          {happened.map(([what, count]) => (
            <div key={what}>
              <dt>{spaced(what)}</dt>
              <dd className="figure">{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
