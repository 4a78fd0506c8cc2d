import { useTranslation } from "react-i18next";
import type { DrawBody, RaffleBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Stage } from "./stage.ts";

interface Mark {
  readonly id: "committed" | "closed" | "beacon" | "drawn";
  readonly isDone: boolean;
  /** When it was, or will be. */
  readonly at: string | null;
  /** What was fixed with it. */
  readonly value: string | null;
  readonly figure: string | null;
}

/** The course of a draw: each mark fixes something that nobody can change afterwards. */
export function Course({
  raffle,
  draw,
  stage,
}: {
  readonly raffle: RaffleBody;
  readonly draw: DrawBody | null;
  readonly stage: Stage;
}) {
  const { t } = useTranslation("draw");
  const format = useFormat();
  if (stage.kind === "draft" || stage.kind === "cancelled") return null;
  const isDrawn = stage.kind === "drawn";
  const round = draw?.round ?? null;
  const tickets = draw?.ticket_count ?? null;
  const awaited = draw?.awaited_round ?? null;
  const marks: readonly Mark[] = [
    {
      id: "committed",
      isDone: raffle.commitment !== null,
      at: raffle.published_at,
      value: raffle.commitment,
      figure: null,
    },
    {
      id: "closed",
      isDone: raffle.closed_at !== null,
      at: raffle.closed_at ?? raffle.draw_at,
      value: draw?.tickets_digest ?? null,
      figure:
        tickets === null
          ? null
          : t("course.tickets", {
              count: tickets,
              formatted: format.number(tickets),
            }),
    },
    ...(raffle.beacon === null
      ? []
      : [
          {
            id: "beacon",
            isDone: round !== null,
            at: stage.kind === "beacon" ? new Date(stage.publishedAtMs).toISOString() : null,
            value: round?.randomness ?? null,
            figure: awaited === null ? null : t("course.round", { round: format.number(awaited) }),
          } as const,
        ]),
    {
      id: "drawn",
      isDone: isDrawn,
      at: draw?.drawn_at ?? (raffle.beacon === null ? raffle.draw_at : null),
      value: draw?.server_seed ?? null,
      figure: isDrawn ? t("course.winners", { count: draw?.winners.length ?? 0 }) : null,
    },
  ];
  const next = marks.find(({ isDone }) => !isDone)?.id;
  return (
    <ol className="panel course" aria-label={t("course.label")}>
      {marks.map(({ at, figure, id, isDone, value }) => (
        <li key={id} data-mark={id} data-done={isDone} data-next={id === next}>
          <span className="course-sign" aria-hidden="true">
            {isDone ? "✓" : ""}
          </span>
          <div>
            <p className="course-name">
              <strong>{t(`course.${id}`)}</strong>
              <span className="unseen">: {t(isDone ? "course.done" : "course.toCome")}</span>
            </p>
            <p className="muted course-what">
              {id === "drawn" && raffle.beacon === null
                ? t("course.drawnWhatAlone")
                : t(`course.${id}What`)}
            </p>
            {at !== null && (
              <p className="figure course-at">
                <time dateTime={at}>{format.dateTime(at)}</time>
              </p>
            )}
            {figure !== null && <p className="figure course-at">{figure}</p>}
            {value !== null && (
              <p className="course-value">
                <span className="muted">{t(`course.${id}Value`)}</span>{" "}
                <code tabIndex={0} role="group" aria-label={t(`course.${id}Value`)} title={value}>
                  {value}
                </code>
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
