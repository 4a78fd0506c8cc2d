/**
 * How long the player's own commands take until they are durable, as it happens, and a simulator that makes some. An
 * answer is only sent after the commit, so the time from sending to the answer is the time until nothing can undo it.
 */
import "./Latency.css";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useTable } from "../app/useTable.ts";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { deskOf } from "./Desk.ts";
import { Figures } from "./Figures.tsx";
import { Histogram } from "./Histogram.tsx";
import { LastMinute } from "./LastMinute.tsx";
import { Runs } from "./Runs.tsx";
import { SimulatorPanel } from "./SimulatorPanel.tsx";

export default function LatencyPage() {
  const { t } = useTranslation("latency");
  const desk = deskOf(useTable());
  const title = t("title");

  useTitle(title);
  useEffect(() => desk.attend(), [desk]);

  return (
    <main id="main" tabIndex={-1} className="page is-wide latency">
      <PageHead title={title} lead={t("intro")} />
      <div className="latency-columns">
        <div className="latency-side">
          <SimulatorPanel desk={desk} />
        </div>
        <div className="latency-main">
          <Figures desk={desk} />
          <Histogram desk={desk} />
          <LastMinute desk={desk} />
        </div>
        <div className="latency-runs">
          <Runs desk={desk} />
        </div>
      </div>
    </main>
  );
}
