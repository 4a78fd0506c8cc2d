import "./PhaseBar.css";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Phase } from "../../../rpc/lobby.ts";
import { paths } from "../app/paths.ts";
import { useRoom, useRoomNow } from "../room/useRoom.ts";

const STEPS: readonly Phase[] = ["betting", "racing", "settling", "lobby"];

/** Under it the countdown calls for attention. */
const URGENT_MS = 10_000;
/** So that the seconds change when they do. */
const RENEW_MS = 200;

/** Where the lobby stands, for how long, and what comes next. */
export function PhaseBar() {
  const { t } = useTranslation("room");
  const phase = useRoom((state) => state.lobby.lobby?.phase);
  const name = useRoom((state) => state.lobby.lobby?.name);
  const endsAt = useRoom((state) => state.lobby.lobby?.phase_ends_at ?? null);
  if (phase === undefined) return null;
  const isStopped = phase === "lobby" && endsAt === null;
  return (
    <section className="phase" data-phase={phase} aria-label={t("status")}>
      <div className="phase-title">
        <p className="phase-table muted">
          <span>{name}</span>
          <Link href={paths.home}>{t("others")}</Link>
        </p>
        <h1 aria-live="polite">{t(`title.${phase}`)}</h1>
        <p className="phase-next muted">{t(isStopped ? "next.stopped" : `next.${phase}`)}</p>
      </div>
      <ol className="phase-steps" aria-hidden="true">
        {STEPS.map((step) => (
          <li key={step} data-current={step === phase}>
            {t(`step.${step}`)}
          </li>
        ))}
      </ol>
      {endsAt !== null && phase !== "settling" && <Countdown endsAt={endsAt} phase={phase} />}
    </section>
  );
}

function Countdown({
  endsAt,
  phase,
}: {
  readonly endsAt: string;
  readonly phase: Exclude<Phase, "settling">;
}) {
  const { t } = useTranslation("room");
  const leftMs = Date.parse(endsAt) - useRoomNow(RENEW_MS);
  return (
    <p
      className="phase-countdown"
      data-urgent={phase === "betting" && leftMs < URGENT_MS}
      role="timer"
    >
      <span className="figure">{countdown(leftMs)}</span>
      <span className="phase-until">{t(`until.${phase}`)}</span>
    </p>
  );
}

/** 65,000 ms as `1:05`; a moment that has passed stays at zero. */
function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
