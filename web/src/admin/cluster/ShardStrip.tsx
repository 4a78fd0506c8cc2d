import "./ShardStrip.css";
import { useFormat } from "../../i18n/useFormat.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import { holdings } from "./ClusterState.ts";
import type { ClusterState } from "./ClusterState.ts";

/** All shards as one strip: how much of it each process holds, and what nobody is known to hold. */
export function ShardStrip({ state }: { readonly state: ClusterState }) {
  const { t } = useAdminText();
  const figures = useFigures();
  const format = useFormat();
  const { total, held } = state.cluster?.shards ?? { total: 0, held: 0 };
  const holders = holdings(state);
  const free = Math.max(0, total - holders.reduce((sum, { shards }) => sum + shards, 0));
  const share = (shards: number) => format.percent(total === 0 ? 0 : shards / total, 0);
  return (
    <section className="panel shards" aria-labelledby="shards-title">
      <div className="panel-head">
        <h2 id="shards-title">{t("cluster.shards.title")}</h2>
        <span className="muted figure" data-shards={`${held}/${total}`}>
          {t("cluster.shards.held", { held: figures.count(held), total: figures.count(total) })}
        </span>
      </div>
      <div className="shards-strip" aria-hidden="true">
        {holders.map(({ member: { process, colour }, shards }) => (
          <span
            key={process.process_id}
            data-colour={colour}
            data-state={process.state}
            style={{ flexGrow: shards }}
          />
        ))}
        <span className="shards-free" style={{ flexGrow: free }} />
      </div>
      <ul className="shards-holders">
        {holders.map(({ member: { process, colour }, shards }) => (
          <li key={process.process_id} data-colour={colour}>
            <span className="swatch" aria-hidden="true" />
            <span className="shards-name">{process.name}</span>
            <span className="figure">{figures.count(shards)}</span>
            <span className="muted figure">{share(shards)}</span>
          </li>
        ))}
        {free > 0 && (
          <li className="shards-missing">
            <span className="swatch shards-free" aria-hidden="true" />
            <span className="shards-name">{t("cluster.shards.nobody")}</span>
            <span className="figure">{figures.count(free)}</span>
            <span className="figure">{share(free)}</span>
          </li>
        )}
      </ul>
      {holders.some(({ member: { process } }) => process.state === "silent") && (
        <p className="shards-note muted">{t("cluster.shards.silent")}</p>
      )}
    </section>
  );
}
