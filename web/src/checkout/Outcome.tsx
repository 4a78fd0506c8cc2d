import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RaffleBody, ReservationBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { DrawTime } from "../raffle/DrawTime.tsx";
import { numberText } from "../raffle/grid/layout.ts";
import { isReturning, type Standing } from "./standing.ts";
import { Ticket } from "./Ticket.tsx";

/** The numbers are the player's. */
export function Sold({
  reservation,
  raffle,
}: {
  readonly reservation: ReservationBody;
  /** Null until it has been read. */
  readonly raffle: RaffleBody | null;
}) {
  const { t } = useTranslation("checkout");
  const { money } = useFormat();
  const { numbers, payment, raffle_id: raffleId, total_amount: total } = reservation;
  const texts = numbers.map(({ number }) =>
    raffle === null ? String(number) : numberText(number, raffle.total_numbers),
  );
  return (
    <section className="panel checkout-sold" data-outcome="sold" aria-labelledby="outcome-title">
      <svg className="checkout-check" viewBox="0 0 64 64" width="64" height="64" aria-hidden="true">
        <circle cx="32" cy="32" r="29" />
        <path d="M19 33l9 9 18-20" />
      </svg>
      <h2 id="outcome-title" tabIndex={-1}>
        {t("sold.title")}
      </h2>
      <p role="status">{t("sold.meaning", { count: numbers.length, numbers: texts.join(", ") })}</p>
      <ul className="tickets-row" aria-label={t("summary")}>
        {texts.map((text, place) => (
          <Ticket key={text} text={text} isOwn place={place} />
        ))}
      </ul>
      {payment !== null && (
        <p className="muted">{t(`sold.paid.${payment.provider}`, { amount: money(total) })}</p>
      )}
      {raffle !== null && (raffle.status === "active" || raffle.status === "suspended") && (
        <p>
          {t("sold.draw")}: <DrawTime raffle={raffle} />
        </p>
      )}
      <div className="checkout-acts">
        <Link className="button is-main" href={paths.tickets}>
          {t("sold.tickets")}
        </Link>
        <Link className="button" href={paths.draw(raffleId)}>
          {t("sold.toDraw")}
        </Link>
        <Link className="button is-quiet" href={paths.raffle(raffleId)}>
          {t("sold.more")}
        </Link>
      </div>
    </section>
  );
}

/** It is over without tickets: why, and where the money is. */
export function Over({
  standing,
  reservation,
}: {
  readonly standing: Extract<Standing, { readonly kind: "over" | "refunded" }>;
  readonly reservation: ReservationBody;
}) {
  const { t } = useTranslation("checkout");
  const { money } = useFormat();
  const amount = money(standing.payment?.amount ?? reservation.total_amount);
  const outcome =
    standing.kind === "refunded"
      ? "refunded"
      : standing.money === "returning" || standing.money === "returned"
        ? "late"
        : standing.why;
  const isOnItsWay =
    standing.kind === "over"
      ? standing.money === "returning"
      : isReturning(standing.payment?.status);
  const returning =
    standing.payment?.status === "refund_refused" ? "over.refundRefused" : "over.refunding";
  const isUncharged = standing.kind === "over" && standing.money === "none";
  let more: ReactNode = null;
  if (standing.kind === "over" && standing.money === "open") more = t("over.lateWaiting");
  else if (outcome === "late" || outcome === "refunded")
    more = t(isOnItsWay ? returning : "over.refundedAmount", { amount });
  return (
    <section
      className="panel checkout-over"
      data-outcome={outcome}
      data-money={standing.kind === "over" ? standing.money : "returned"}
      aria-labelledby="outcome-title"
    >
      <h2 id="outcome-title" tabIndex={-1}>
        {t(`over.${outcome}.title`)}
      </h2>
      <p role="status">
        {t(`over.${outcome}.meaning`, { amount })}
        {isUncharged && ` ${t("over.uncharged")}`}
      </p>
      {more !== null && <p className="muted">{more}</p>}
      <div className="checkout-acts">
        <Link className="button is-main" href={paths.raffle(reservation.raffle_id)}>
          {t("pickAgain")}
        </Link>
        <Link className="button" href={paths.wallet}>
          {t("provider.wallet.name")}
        </Link>
      </div>
    </section>
  );
}
