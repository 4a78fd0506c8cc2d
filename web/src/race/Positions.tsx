import "./Positions.css";
import { memo } from "react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { useTable } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { seenOf, useRoomNow } from "../room/useRoom.ts";
import { MS_PER_TICK, reckonedCrossings, runningOrder } from "../../../sdk/src/index.ts";
import { RunnerMark } from "./RunnerMark.tsx";

/** Often enough to follow, seldom enough to read. */
const RENEW_MS = 250;

/** Who leads, and by how much; in words what the track shows. */
export const Positions = memo(function Positions() {
  const { t } = useTranslation("race");
  const format = useFormat();
  const table = useTable();
  useRoomNow(RENEW_MS);
  const { lobby, run, result } = seenOf(table).get().lobby;
  if (lobby === null) return null;
  const isOver = run.last === null && result !== null;
  const shown = isOver ? result.run : run;
  const runners = isOver ? result.runners : lobby.runners;
  const lanes = (runningOrder(shown) ?? runners.map((_, lane) => lane)).filter(
    (lane) => runners[lane]?.scratched === false,
  );
  const leader = lanes[0];
  const official = (isOver ? result.order : lobby.order)?.flat();
  const placeOf = (lane: number): number => {
    const number = runners[lane]?.number ?? 0;
    return official?.includes(number) ? official.indexOf(number) : lanes.indexOf(lane);
  };
  // Once the first is home, distance says nothing any more; time does.
  const crossings = reckonedCrossings(shown);
  const firstCrossing = shown.crossings.reduce<number | null>(
    (first, at) => (at !== null && (first === null || at < first) ? at : first),
    null,
  );
  const isFinished = firstCrossing !== null || official !== undefined;
  const behindByTime = (crossing: number | null): string => {
    if (crossing === null || firstCrossing === null) return "";
    const seconds = ((crossing - firstCrossing) * MS_PER_TICK) / 1000;
    return seconds <= 0 ? t("first") : t("ahead", { distance: `${format.number(seconds, 2)} s` });
  };
  return (
    <ul className="positions" aria-label={t("positions")}>
      {runners.map((runner, lane) => {
        if (runner.scratched) return null;
        const place = placeOf(lane);
        const behindMm =
          (shown.last?.positions[leader ?? 0] ?? 0) - (shown.last?.positions[lane] ?? 0);
        const style: CSSProperties & { readonly "--place": number } = { "--place": place };
        return (
          <li key={runner.number} style={style} data-leads={place === 0}>
            <span className="positions-place figure">{place + 1}</span>
            <RunnerMark number={runner.number} size={24} />
            <span className="positions-name">{runner.name}</span>
            <span className="positions-gap figure muted">
              {shown.last === null
                ? ""
                : isFinished
                  ? behindByTime(crossings[lane] ?? null)
                  : place === 0
                    ? t("leads")
                    : t("ahead", { distance: `${format.number(behindMm / 1000, 1)} m` })}
            </span>
          </li>
        );
      })}
    </ul>
  );
});
