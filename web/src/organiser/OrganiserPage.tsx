import "./Organiser.css";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { PageLoading } from "../shell/PageLoading.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { OrganisedCard } from "./OrganisedCard.tsx";
import { useOrganised } from "./useOrganised.ts";

/** What a raffle's organiser wants to know: how it sells, what is due, and whether it has been paid. */
export default function OrganiserPage() {
  const { t } = useTranslation("organiser");
  const { again, hasMore, more, problem, raffles } = useOrganised();
  useTitle(t("title"));
  if (raffles === null && problem === null) return <PageLoading />;
  return (
    <main id="main" tabIndex={-1} className="organiser-page">
      <header className="organiser-head">
        <div>
          <h1>{t("title")}</h1>
          <p className="muted">{t("lead")}</p>
        </div>
        <Link href={paths.wallet} className="button is-small">
          {t("wallet")}
        </Link>
      </header>
      {problem !== null && (
        <div className="notice is-bad organiser-failed" role="alert" data-code={problem.code}>
          <p>{t("failed")}</p>
          <button type="button" className="button is-small" onClick={again}>
            {t("again")}
          </button>
        </div>
      )}
      {raffles?.length === 0 && (
        <div className="empty organiser-empty">
          <p>
            <strong>{t("empty")}</strong>
          </p>
          <p>{t("emptyLead")}</p>
          <Link href={paths.raffles} className="button is-main">
            {t("toRaffles")}
          </Link>
        </div>
      )}
      <ul className="organiser-list">
        {raffles?.map((organised) => (
          <li key={organised.raffle.id}>
            <OrganisedCard {...organised} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className="organiser-more">
          <button type="button" className="button" onClick={more}>
            {t("more")}
          </button>
        </p>
      )}
    </main>
  );
}
