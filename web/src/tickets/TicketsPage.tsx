import "./Tickets.css";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useNow } from "../lobbies/useNow.ts";
import { PageLoading } from "../shell/PageLoading.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { TicketGroupCard } from "./TicketGroupCard.tsx";
import { groupsOf } from "./Tickets.ts";
import { useTickets } from "./useTickets.ts";

const SECOND_MS = 1_000;

/** All that the player has reserved or bought, by raffle: what runs out first, then what is to be drawn, then the past. */
export default function TicketsPage() {
  const { t } = useTranslation("tickets");
  const { asOfMs, isReadingOlder, problem, readAgain, readOlder, tickets } = useTickets();
  const { dateTime } = useFormat();
  useTitle(t("title"));
  const second = Math.floor(useNow() / SECOND_MS);
  const reservations = tickets?.reservations;
  const groups = useMemo(
    () => groupsOf(reservations ?? [], second * SECOND_MS),
    [reservations, second],
  );
  if (tickets === null && problem === null) return <PageLoading />;
  return (
    <main id="main" tabIndex={-1} className="tickets-page">
      <header className="tickets-head">
        <div>
          <h1>{t("title")}</h1>
          <p className="muted">{t("lead")}</p>
        </div>
        <Link href={paths.raffles} className="button">
          {t("toRaffles")}
        </Link>
      </header>
      {asOfMs !== null && (
        <div className="notice" role="status" data-old>
          <p>
            <strong>{t("old.title")}</strong>
            {t("old.meaning", { at: dateTime(asOfMs) })}
          </p>
          <button type="button" className="button is-small" onClick={readAgain}>
            {t("again")}
          </button>
        </div>
      )}
      {problem !== null && tickets === null && (
        <div className="empty tickets-empty" role="alert">
          <p>{t("failed")}</p>
          <button type="button" className="button" onClick={readAgain}>
            {t("again")}
          </button>
        </div>
      )}
      {tickets !== null && groups.length === 0 && (
        <div className="empty tickets-empty">
          <p>
            <strong>{t("empty")}</strong>
          </p>
          <p>{t("emptyLead")}</p>
          <Link href={paths.raffles} className="button is-main">
            {t("toRaffles")}
          </Link>
        </div>
      )}
      <ul className="tickets-list">
        {groups.map((group) => (
          <li key={group.raffle.id}>
            <TicketGroupCard group={group} isOld={asOfMs !== null} />
          </li>
        ))}
      </ul>
      {tickets !== null && tickets.nextBefore !== null && (
        <p className="tickets-more">
          <button type="button" className="button" disabled={isReadingOlder} onClick={readOlder}>
            {t(isReadingOlder ? "reading" : "more")}
          </button>
        </p>
      )}
    </main>
  );
}
