import "./CountdownRing.css";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countdown } from "../lobbies/lobbyView.ts";
import { useNow } from "../lobbies/useNow.ts";
import { announcement, shareLeft, urgencyOf } from "./urgency.ts";

const SIZES = { small: 34, large: 108 } as const;
const STROKE = { small: 4, large: 7 } as const;

/** The time that is left, calm at first and pressing at the end; said aloud at a minute and at ten seconds. */
export function CountdownRing({
  endsAtMs,
  givenMs,
  size = "small",
}: {
  /** Epoch milliseconds of the server. */
  readonly endsAtMs: number;
  /** How much time there was in all. */
  readonly givenMs: number;
  readonly size?: keyof typeof SIZES;
}) {
  const { t } = useTranslation("raffle");
  const leftMs = Math.max(0, endsAtMs - useNow());
  const said = useAnnouncement(leftMs);
  const width = SIZES[size];
  const stroke = STROKE[size];
  const radius = (width - stroke) / 2;
  const around = 2 * Math.PI * radius;
  return (
    <>
      <span
        className={`ring is-${size}`}
        role="timer"
        aria-label={t("ring.label", { time: countdown(leftMs) })}
        data-urgency={urgencyOf(leftMs)}
      >
        <svg
          viewBox={`0 0 ${width} ${width}`}
          width={width}
          height={width}
          fill="none"
          strokeWidth={stroke}
          aria-hidden="true"
        >
          <circle className="ring-track" cx={width / 2} cy={width / 2} r={radius} />
          <circle
            className="ring-left"
            cx={width / 2}
            cy={width / 2}
            r={radius}
            strokeDasharray={around}
            strokeDashoffset={around * (1 - shareLeft(leftMs, givenMs))}
          />
        </svg>
        <span className="ring-time figure" aria-hidden="true">
          {countdown(leftMs)}
        </span>
      </span>
      <span className="unseen" role="status">
        {said === null ? "" : t(`ring.${said}`)}
      </span>
    </>
  );
}

function useAnnouncement(leftMs: number): "minute" | "seconds" | null {
  const before = useRef(leftMs);
  const [said, setSaid] = useState<"minute" | "seconds" | null>(null);
  useEffect(() => {
    const news = announcement(before.current, leftMs);
    // With more time than before, another countdown has begun.
    const isAnew = leftMs > before.current;
    before.current = leftMs;
    // oxlint-disable-next-line react/set-state-in-effect -- what is said depends on the moment before
    if (news !== null || isAnew) setSaid(news);
  }, [leftMs]);
  return said;
}
