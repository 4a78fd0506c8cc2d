import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { CountdownRing } from "../raffle/CountdownRing.tsx";
import { numberText } from "../raffle/grid/layout.ts";
import type { Reservation } from "./Tickets.ts";

/** A reservation whose time runs: how long still, and the way on. */
export function LiveReservation({
  reservation,
  isOld,
}: {
  readonly reservation: Reservation;
  readonly isOld: boolean;
}) {
  const { t } = useTranslation("tickets");
  const format = useFormat();
  const { created_at, expires_at, id, numbers, payment, phase, raffle, raffle_id, total_amount } =
    reservation;
  const endsAtMs = Date.parse(expires_at);
  const isPaying =
    payment !== null && ["creating", "pending", "authorized", "succeeded"].includes(payment.status);
  const isSelecting = phase === "selection";
  return (
    <div className="ticket-live" data-live={phase}>
      <CountdownRing endsAtMs={endsAtMs} givenMs={endsAtMs - Date.parse(created_at)} />
      <div>
        <p className="ticket-live-title">
          {t(isSelecting ? "live.selection" : isPaying ? "live.paying" : "live.checkout", {
            count: numbers.length,
          })}
        </p>
        <p className="muted figure">
          {numbers.map(({ number }) => numberText(number, raffle.total_numbers)).join(" · ")}
          {" — "}
          {format.money(total_amount)}
        </p>
      </div>
      {!isOld && (
        <Link
          href={isSelecting ? paths.raffle(raffle_id) : paths.checkout(id)}
          className="button is-main is-small"
        >
          {t(isSelecting ? "live.goOn" : isPaying ? "live.look" : "live.pay")}
        </Link>
      )}
    </div>
  );
}
