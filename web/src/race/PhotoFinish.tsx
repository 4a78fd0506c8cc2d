import "./PhotoFinish.css";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Crossings, RaceOutcome } from "./RaceOutcome.ts";
import { BODY, HEIGHT, WIDTH, legsAt } from "./Silhouette.ts";
import { finishersOf } from "./finishers.ts";
import type { Finisher } from "./finishers.ts";
import { silkOf } from "./silks.ts";
import { usePlaces } from "./usePlaces.ts";

/** As many as the question of who was first can be about. */
const MOST_SHOWN = 5;
/** The picture never shows less than this, nor more: it is of the finish, not of the straight. */
const LEAST_MS = 60;
const MOST_MS = 900;
/** A body passes the line in this time: two and a half metres at forty metres a second. */
const BODY_MS = 62;
/** Air before the winner and behind the last shown, as shares of the stretch between them. */
const [BEFORE, BEHIND] = [0.2, 0.72];
/** A body in the picture, pixels: in a very close finish it would fill it, in a wide one it would be a dash. */
const [LEAST_BODY, MOST_BODY] = [44, 130];

/** On a phone fewer pixels have to do, so that the words stay legible. */
const WIDE = { width: 760, top: 20, lane: 46, bottom: 22 } as const;
const NARROW = { width: 420, top: 14, lane: 44, bottom: 20 } as const;
const PHONE = "(max-width: 719px)";
/** Faint uneven columns, as a camera leaves them that sees one line at a time. */
const GRAIN = Array.from({ length: 90 }, (_, i) => ((i * 7919) % 97) / 97);
const DIVISIONS_MS = [10, 20, 50, 100, 200] as const;

/**
 * A slit-scan of the finish: each column of the picture is the line at one moment. So a runner's nose stands at the moment
 * in which it reached the line, whatever its lane, and the distance between noses is the margin.
 */
export function PhotoFinish({
  race,
  crossings,
}: {
  readonly race: RaceOutcome;
  readonly crossings: Crossings;
}) {
  const { t } = useTranslation("results");
  const places = usePlaces();
  const format = useFormat();
  const id = useId();
  const timed = finishersOf(race, crossings).filter(isTimed);
  const winner = timed[0];
  if (winner === undefined) return null;
  const shown = timed.slice(0, MOST_SHOWN).filter(({ atMs }) => atMs - winner.atMs <= MOST_MS);
  const box = matchMedia(PHONE).matches ? NARROW : WIDE;
  const spanMs = Math.max(LEAST_MS, (shown.at(-1)?.atMs ?? 0) - winner.atMs);
  const fromMs = winner.atMs - spanMs * BEFORE;
  const widthMs = spanMs * (1 + BEFORE + BEHIND);
  const x = (atMs: number) => ((atMs - fromMs) / widthMs) * box.width;
  const height = box.top + shown.length * box.lane + box.bottom;
  const bodyWidth = Math.max(
    LEAST_BODY,
    Math.min(MOST_BODY * (box.width / WIDE.width) ** 0.5, (BODY_MS / widthMs) * box.width),
  );
  const divisionMs = DIVISIONS_MS.find((ms) => widthMs / ms <= 12) ?? 200;
  const marks = Array.from(
    { length: Math.floor(widthMs / divisionMs) + 1 },
    (_, i) => Math.ceil(fromMs / divisionMs) * divisionMs + i * divisionMs,
  ).filter((ms) => ms < fromMs + widthMs);
  const time = (one: Finisher & { readonly atMs: number }) =>
    one.place === 1
      ? one.isShared
        ? t("strip.heat")
        : `${format.number(one.atMs / 1000, 3)} s`
      : `+${format.number((one.atMs - winner.atMs) / 1000, 3)} s`;
  const inWords = shown
    .map((one) => t("strip.place", { place: places(one.place), name: one.name, time: time(one) }))
    .join("; ");
  return (
    <figure className="photo">
      <figcaption>
        <strong>{t("strip.title")}</strong> <span className="muted">{t("strip.about")}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${box.width} ${height}`}
        role="img"
        aria-label={t("strip.aria", { order: inWords })}
      >
        <defs>
          <linearGradient id={`${id}g`} x1="0" y1="0" x2="0" y2="1">
            <stop offset="0" stopColor="#3b4a44" />
            <stop offset="1" stopColor="#18211d" />
          </linearGradient>
        </defs>
        <rect width={box.width} height={height} fill={`url(#${id}g)`} />
        {GRAIN.map((dark, i) => (
          <rect
            key={dark}
            x={(i / GRAIN.length) * box.width}
            width={box.width / GRAIN.length}
            height={height}
            fill="#fff"
            opacity={dark * 0.05}
          />
        ))}
        {marks.map((ms) => (
          <g key={ms}>
            <line
              x1={x(ms)}
              x2={x(ms)}
              y1={height - box.bottom}
              y2={height - box.bottom + 6}
              stroke="#cfd8d3"
            />
            <line
              x1={x(ms)}
              x2={x(ms)}
              y1={box.top}
              y2={height - box.bottom}
              stroke="#fff"
              opacity="0.07"
            />
          </g>
        ))}
        <text x={box.width - 8} y={height - 6} className="photo-scale" textAnchor="end">
          {t("strip.scale", { time: `${format.number(divisionMs / 1000, 2)} s` })}
        </text>
        {shown.map((one, row) => {
          const y = box.top + row * box.lane;
          const nose = x(one.atMs);
          const { colour, ink, shape } = silkOf(one.number);
          const scaleX = bodyWidth / WIDTH;
          const scaleY = (box.lane * 0.8) / HEIGHT;
          return (
            <g key={one.number}>
              <g
                transform={`translate(${nose} ${y + box.lane * 0.12}) scale(${scaleX} ${scaleY}) translate(${WIDTH} 0) scale(-1 1)`}
              >
                {legsAt(one.number * 0.13).map(([hip, knee, foot], index) => (
                  <path
                    // Legs have no other name than their turn.
                    // oxlint-disable-next-line react/no-array-index-key
                    key={index}
                    d={`M${hip.x} ${hip.y}L${knee.x} ${knee.y}L${foot.x} ${foot.y}`}
                    fill="none"
                    stroke={colour}
                    strokeWidth="2.2"
                    strokeLinecap="round"
                    strokeLinejoin="round"
                    opacity={index < 2 ? 0.6 : 1}
                  />
                ))}
                <path d={BODY} fill={colour} stroke="#fff" strokeOpacity="0.5" strokeWidth="0.5" />
              </g>
              <g
                transform={`translate(${nose + bodyWidth * 0.5 - 10} ${y + box.lane * 0.26}) scale(0.84)`}
              >
                <path d={shape} fill={colour} stroke="#fff" strokeWidth="1.4" />
                <text x="12" y="12.5" fill={ink} className="photo-number">
                  {one.number}
                </text>
              </g>
              <line
                x1={nose}
                x2={nose}
                y1={box.top - 12}
                y2={height - box.bottom}
                stroke={one.place === 1 ? "#ffd977" : "#ffffff"}
                strokeWidth={one.place === 1 ? 2 : 1}
                strokeDasharray={one.place === 1 ? undefined : "4 3"}
              />
              <text x={nose - 6} y={y + box.lane * 0.46} className="photo-place" textAnchor="end">
                {one.isShared ? `${places(one.place)} =` : places(one.place)}
              </text>
              <text
                x={box.width - 8}
                y={y + box.lane * 0.62}
                className="photo-time"
                textAnchor="end"
              >
                {time(one)}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

const isTimed = (one: Finisher): one is Finisher & { readonly atMs: number } => one.atMs !== null;
