import "./Positions.css";
import type { CSSProperties } from "react";
import { useServerNow } from "../app/useServerNow.ts";
import { useTable } from "../app/useTable.ts";
import { runningOrder } from "./Run.ts";
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
  return (
    <ul className="positions" aria-label="Positions">
      {runners.map((runner, lane) => {
        if (runner.scratched) return null;
        const place = placeOf(lane);
        const behindMm =
          (shown.last?.positions[leader ?? 0] ?? 0) - (shown.last?.positions[lane] ?? 0);
        const isHome = (shown.last?.positions[lane] ?? -1) >= shown.trackMm;
        const style: CSSProperties & { readonly "--place": number } = { "--place": place };
        return (
          <li key={runner.number} style={style}>
            <span className="positions-place figure">{place + 1}</span>
            <RunnerMark number={runner.number} size={24} />
            <span className="positions-name">{runner.name}</span>
            <span className="positions-gap figure muted">
              {isHome ? "home" : place === 0 ? "leads" : `+${(behindMm / 1000).toFixed(1)} m`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
