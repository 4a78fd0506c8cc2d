import "./Throughput.css";
import { useAdminText } from "../texts/useAdminText.ts";
import { useFigures } from "../useFigures.ts";
import { WINDOW_MS } from "./ClusterState.ts";
import type { ClusterState } from "./ClusterState.ts";
import { stackedBands } from "./curves.ts";

const BOX = { width: 600, height: 130 };
const SECONDS = WINDOW_MS / 1000;

/** The last minute of the whole cluster, each process's share in its colour: who takes over is seen. */
export function Throughput({ state }: { readonly state: ClusterState }) {
  const { t } = useAdminText();
  const figures = useFigures();
  const members = [...state.members.values()];
  const { bands, topPerS } = stackedBands(
    state.beats,
    members.map(({ process }) => process.process_id),
    BOX,
  );
  const colours = new Map(members.map(({ process, colour }) => [process.process_id, colour]));
  return (
    <section className="panel throughput" aria-labelledby="throughput-title">
      <div className="panel-head">
        <h2 id="throughput-title">{t("cluster.throughput.title")}</h2>
        <span className="muted">{t("cluster.throughput.note")}</span>
      </div>
      <div className="throughput-chart">
        <span className="throughput-top figure" aria-hidden="true">
          {figures.rate(topPerS)}
        </span>
        <svg
          viewBox={`0 0 ${BOX.width} ${BOX.height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("cluster.throughput.chart")}
        >
          <path
            className="throughput-grid"
            d={`M0,0.5H${BOX.width}M0,${BOX.height / 2}H${BOX.width}`}
          />
          {bands.map(({ processId, area }) => (
            <path
              key={processId}
              className="throughput-band"
              data-colour={colours.get(processId)}
              d={area}
            />
          ))}
          <path className="throughput-floor" d={`M0,${BOX.height - 0.5}H${BOX.width}`} />
        </svg>
        <span className="throughput-axis" aria-hidden="true">
          <span>{t("cluster.throughput.secondsAgo", { seconds: SECONDS })}</span>
          <span>{t("cluster.throughput.now")}</span>
        </span>
      </div>
      <ul className="legend">
        {members.map(({ process, colour, appendsPerS }) => (
          <li key={process.process_id} data-colour={colour}>
            <span className="swatch" aria-hidden="true" /> {process.name}{" "}
            <span className="muted figure">
              {appendsPerS === null ? "–" : figures.rate(appendsPerS)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
