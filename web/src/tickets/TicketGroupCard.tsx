import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useNow } from "../lobbies/useNow.ts";
import { numberText } from "../raffle/grid/layout.ts";
import { LiveReservation } from "./LiveReservation.tsx";
import type { Reservation, TicketGroup } from "./Tickets.ts";

/** As many as fit a few rows. */
const MAX_STUBS = 40;
/** Of what came to nothing, as many as one remembers. */
const MAX_OVER = 3;
const STATUSES = ["active", "suspended", "closed", "completed", "cancelled"] as const;
const TONES = {
  active: "is-good",
  suspended: "is-note",
  closed: "is-note",
  completed: "",
  cancelled: "is-bad",
} as const;

/** One raffle as it concerns the player. */
export function TicketGroupCard({
  group,
  isOld,
}: {
  readonly group: TicketGroup;
  /** What is shown is from before: nothing can be done with it now. */
  readonly isOld: boolean;
}) {
  const { t } = useTranslation("tickets");
  const format = useFormat();
  const { isRefunding, live, over, raffle, stubs, won } = group;
  const status = STATUSES.find((one) => one === raffle.status);
  const isDrawn = raffle.status === "completed";
  const titleId = `tickets-${raffle.id}`;
  return (
    <article
      className="panel ticket-group"
      data-raffle={raffle.id}
      data-status={raffle.status}
      data-won={won.length > 0 || undefined}
      aria-labelledby={titleId}
    >
      <div className="ticket-head">
        <h2 id={titleId}>
          <Link href={paths.raffle(raffle.id)}>{raffle.title}</Link>
        </h2>
        {status !== undefined && (
          <span className={`tag ${TONES[status]}`}>{t(`status.${status}`)}</span>
        )}
        <DrawMoment raffle={raffle} />
      </div>
      {live !== null && <LiveReservation reservation={live} isOld={isOld} />}
      {won.length > 0 && (
        <div className="ticket-won">
          <span className="ticket-star" aria-hidden="true">
            ★
          </span>
          <div>
            <p className="ticket-won-title">{t("won", { count: won.length })}</p>
            <ul>
              {won.map(({ number, prize, prize_name: name }) => (
                <li key={prize}>
                  {t("prize", { prize, number: numberText(number, raffle.total_numbers), name })}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {stubs.length > 0 && <Stubs group={group} />}
      {isRefunding && <p className="notice">{t("refunding")}</p>}
      {isDrawn && won.length === 0 && stubs.length > 0 && (
        <p className="muted">{t("notDrawn", { count: stubs.length })}</p>
      )}
      {over.length > 0 && (
        <ul className="ticket-over">
          {over.slice(0, MAX_OVER).map((reservation) => (
            <li key={reservation.id} data-phase={reservation.phase}>
              <Over reservation={reservation} />
            </li>
          ))}
          {over.length > MAX_OVER && (
            <li className="muted">
              {t("over.more", {
                count: over.length - MAX_OVER,
                formatted: format.number(over.length - MAX_OVER),
              })}
            </li>
          )}
        </ul>
      )}
      {stubs.length > 0 && (
        <p className="ticket-ways">
          <Link href={paths.draw(raffle.id)} className="button is-small">
            {t(isDrawn ? "seeDraw" : "watchDraw")}
          </Link>
        </p>
      )}
    </article>
  );
}

/** When it is, or was, drawn. */
function DrawMoment({ raffle }: { readonly raffle: Reservation["raffle"] }) {
  const { t } = useTranslation("tickets");
  const format = useFormat();
  const nowMs = useNow();
  if (raffle.status === "cancelled" || raffle.status === "completed") return null;
  const leftMs = Date.parse(raffle.draw_at) - nowMs;
  return (
    <p className="ticket-draw muted">
      <time dateTime={raffle.draw_at} title={format.dateTime(raffle.draw_at)}>
        {leftMs <= 0
          ? t("drawDue")
          : t("draw", {
              at: format.dateTime(raffle.draw_at),
              in: format.ago(raffle.draw_at, nowMs),
            })}
      </time>
    </p>
  );
}

/** The numbers as they would be torn from a roll. */
function Stubs({ group: { raffle, stubs } }: { readonly group: TicketGroup }) {
  const { t } = useTranslation("tickets");
  const format = useFormat();
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? stubs : stubs.slice(0, MAX_STUBS);
  return (
    <>
      <ul className="stubs" aria-label={t("stubs", { count: stubs.length })}>
        {shown.map(({ number, prizeName }) => (
          <li
            key={number}
            className="stub"
            data-number={number}
            data-won={prizeName !== null || undefined}
          >
            <span className="stub-number figure">{numberText(number, raffle.total_numbers)}</span>
            {prizeName !== null && <span className="stub-prize">{prizeName}</span>}
          </li>
        ))}
      </ul>
      {!isAll && stubs.length > MAX_STUBS && (
        <button type="button" className="button is-small" onClick={() => setIsAll(true)}>
          {t("allStubs", { formatted: format.number(stubs.length) })}
        </button>
      )}
    </>
  );
}

/** What came of a reservation that was not bought, or was given back. */
function Over({ reservation }: { readonly reservation: Reservation }) {
  const { t } = useTranslation("tickets");
  const format = useFormat();
  const { created_at: at, numbers, phase, raffle, total_amount: amount } = reservation;
  if (phase !== "expired" && phase !== "cancelled" && phase !== "refunded") return null;
  return (
    <>
      <span className={`tag ${phase === "refunded" ? "is-note" : ""}`}>{t(`phase.${phase}`)}</span>{" "}
      {t(`over.${phase}`, {
        numbers: numbers.map(({ number }) => numberText(number, raffle.total_numbers)).join(", "),
        amount: format.money(amount),
      })}{" "}
      <time className="muted" dateTime={at}>
        {format.dateTime(at)}
      </time>
    </>
  );
}
