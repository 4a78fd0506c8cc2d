import "./PhaseBar.css";
import type { Phase } from "../../../rpc/lobby.ts";
import { useServerNow } from "../app/useServerNow.ts";
import { useTableState } from "../app/useTable.ts";

interface PhaseText {
  readonly title: string;
  readonly step: string;
  /** What the countdown counts down to. */
  readonly until: string;
}

const PHASES: Readonly<Record<Phase, PhaseText>> = {
  betting: { title: "Place your bets", step: "Betting", until: "until the start" },
  racing: { title: "And they’re off", step: "Racing", until: "at most" },
  settling: { title: "Settling the bets", step: "Settling", until: "" },
  lobby: { title: "Between races", step: "Results", until: "until betting opens" },
};
const STEPS: readonly Phase[] = ["betting", "racing", "settling", "lobby"];

/** Under it the countdown calls for attention. */
const URGENT_MS = 10_000;
/** So that the seconds change when they do. */
const RENEW_MS = 200;

/** Where the lobby stands, and for how long. */
export function PhaseBar() {
  const lobby = useTableState((state) => state.lobby.lobby);
  const now = useServerNow(RENEW_MS);
  if (lobby === null) return null;
  const { title, until } = PHASES[lobby.phase];
  const leftMs = lobby.phase_ends_at === null ? null : Date.parse(lobby.phase_ends_at) - now;
  return (
    <section className="phase" data-phase={lobby.phase} aria-label="Race status">
      <div className="phase-title">
        <h1 aria-live="polite">{title}</h1>
        <ol className="phase-steps" aria-hidden="true">
          {STEPS.map((phase) => (
            <li key={phase} data-current={phase === lobby.phase}>
              {PHASES[phase].step}
            </li>
          ))}
        </ol>
      </div>
      {leftMs !== null && lobby.phase !== "settling" && (
        <p
          className="phase-countdown"
          data-urgent={lobby.phase === "betting" && leftMs < URGENT_MS}
          role="timer"
        >
          <span className="figure">{countdown(leftMs)}</span>
          <span className="phase-until">{until}</span>
        </p>
      )}
    </section>
  );
}

/** 65,000 ms as `1:05`; a moment that has passed stays at zero. */
function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
