import "./ShardStrip.css";
import { formatCount } from "../figures.ts";
import { holdings } from "./ClusterState.ts";
import type { ClusterState } from "./ClusterState.ts";

/** All shards as one strip: how much of it each process holds, and what nobody is known to hold. */
export function ShardStrip({ state }: { readonly state: ClusterState }) {
  const { total, held } = state.cluster?.shards ?? { total: 0, held: 0 };
  const holders = holdings(state);
  const free = Math.max(0, total - holders.reduce((sum, { shards }) => sum + shards, 0));
  const share = (shards: number) => (total === 0 ? 0 : Math.round((shards / total) * 100));
  return (
    <section className="panel shards" aria-labelledby="shards-title">
      <div className="panel-head">
        <h2 id="shards-title">Shards</h2>
        <span className="muted figure" data-shards={`${held}/${total}`}>
          {formatCount(held)} of {formatCount(total)} held
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
            <span className="figure">{formatCount(shards)}</span>
            <span className="muted figure">{share(shards)} %</span>
          </li>
        ))}
        {free > 0 && (
          <li className="shards-missing">
            <span className="swatch shards-free" aria-hidden="true" />
            <span className="shards-name">nobody</span>
            <span className="figure">{formatCount(free)}</span>
            <span className="figure">{share(free)} %</span>
          </li>
        )}
      </ul>
      {holders.some(({ member: { process } }) => process.state === "silent") && (
        <p className="shards-note muted">
          What a silent process holds is from its last word; it may have been taken over.
        </p>
      )}
    </section>
  );
}
