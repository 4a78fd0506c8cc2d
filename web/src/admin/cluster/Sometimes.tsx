import "./Sometimes.css";
import { spaced } from "../figures.ts";
import { en } from "../texts/en.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import type { Member } from "./ClusterState.ts";

/** A server of another release may count other things. */
const isKnown = (what: string): what is keyof typeof en.cluster.sometimes =>
  Object.hasOwn(en.cluster.sometimes, what);

/** What seldom happens and was survived, counted over the processes that run: proof that the cure was needed and worked. */
export function Sometimes({ members }: { readonly members: readonly Member[] }) {
  const { t } = useAdminText();
  const figures = useFigures();
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
        <h2 id="sometimes-title">{t("cluster.survived.title")}</h2>
        <span className="muted">{t("cluster.survived.since")}</span>
      </div>
      {happened.length === 0 ? (
        <p className="empty">{t("cluster.survived.nothing")}</p>
      ) : (
        <dl>
          {happened.map(([what, count]) => (
            <div key={what}>
              <dt>{isKnown(what) ? t(`cluster.sometimes.${what}`) : spaced(what)}</dt>
              <dd className="figure">{figures.count(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
