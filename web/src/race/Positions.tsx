import "./Positions.css";
import type { CSSProperties } from "react";
import { useServerNow } from "../app/useServerNow.ts";
import { useTable } from "../app/useTable.ts";
import { MS_PER_TICK, reckonedCrossings, runningOrder } from "./Run.ts";
import { RunnerMark } from "./RunnerMark.tsx";

/** Often enough to follow, seldom enough to read. */
const RENEW_MS = 250;

/** Who leads, and by how much; in words what the track shows. */
export function Positions() {
  const { store } = useTable();
  useServerNow(RENEW_MS);
  const { lobby, run, result } = store.get().lobby;
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
  return (
    <ul className="positions" aria-label="Positions">
      {runners.map((runner, lane) => {
        if (runner.scratched) return null;
        const place = placeOf(lane);
        const behindMm =
          (shown.last?.positions[leader ?? 0] ?? 0) - (shown.last?.positions[lane] ?? 0);
        const style: CSSProperties & { readonly "--place": number } = { "--place": place };
        return (
          <li key={runner.number} style={style}>
            <span className="positions-place figure">{place + 1}</span>
            <RunnerMark number={runner.number} size={24} />
            <span className="positions-name">{runner.name}</span>
            <span className="positions-gap figure muted">
              {shown.last === null
                ? ""
                : isFinished
                  ? behindByTime(crossings[lane] ?? null, firstCrossing)
                  : place === 0
                    ? "leads"
                    : `+${(behindMm / 1000).toFixed(1)} m`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function behindByTime(crossing: number | null, first: number | null): string {
  if (crossing === null || first === null) return "";
  const seconds = ((crossing - first) * MS_PER_TICK) / 1000;
  return seconds <= 0 ? "first" : `+${seconds.toFixed(2)} s`;
}
