import "./Tickets.css";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useNow } from "../lobbies/useNow.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { PageHead } from "../shell/PageHead.tsx";
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
    <main id="main" tabIndex={-1} className="page is-narrow tickets-page">
      <PageHead title={t("title")} lead={t("lead")}>
        <Link href={paths.raffles} className="button">
          {t("toRaffles")}
        </Link>
      </PageHead>
      {asOfMs !== null && (
        <div className="notice" role="status" data-old>
          <p>
            <strong>{t("old.title")}</strong>
            {t("old.meaning", { at: dateTime(asOfMs) })}
          </p>
          <button type="button" className="button is-small" onClick={readAgain}>
            {t("tryAgain", { ns: "shell" })}
          </button>
        </div>
      )}
      {problem !== null && tickets === null && (
        <Failed title={t("failed")} code={problem.code} onAgain={readAgain} />
      )}
      {tickets !== null && groups.length === 0 && (
        <Blank icon="tickets" title={t("empty")} meaning={t("emptyLead")}>
          <Link href={paths.raffles} className="button is-main">
            {t("toRaffles")}
          </Link>
        </Blank>
      )}
      <ul className="tickets-list">
        {groups.map((group) => (
          <li key={group.raffle.id}>
            <TicketGroupCard group={group} isOld={asOfMs !== null} />
          </li>
        ))}
      </ul>
      {tickets !== null && tickets.nextBefore !== null && (
        <p className="page-more">
          <button type="button" className="button" disabled={isReadingOlder} onClick={readOlder}>
            {t(isReadingOlder ? "reading" : "more")}
          </button>
        </p>
      )}
    </main>
  );
}
