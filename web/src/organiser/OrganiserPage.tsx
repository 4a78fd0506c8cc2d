import "./Organiser.css";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { PageHead } from "../shell/PageHead.tsx";
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
    <main id="main" tabIndex={-1} className="page organiser-page">
      <PageHead title={t("title")} lead={t("lead")}>
        <Link href={paths.wallet} className="button is-small">
          {t("wallet")}
        </Link>
      </PageHead>
      {problem !== null && raffles === null && (
        <Failed title={t("failed")} code={problem.code} onAgain={again} />
      )}
      {problem !== null && raffles !== null && (
        <div className="notice is-bad organiser-failed" role="alert" data-code={problem.code}>
          <p>{t("failed")}</p>
          <button type="button" className="button is-small" onClick={again}>
            {t("tryAgain", { ns: "shell" })}
          </button>
        </div>
      )}
      {raffles?.length === 0 && (
        <Blank icon="raffles" title={t("empty")} meaning={t("emptyLead")}>
          <Link href={paths.raffles} className="button is-main">
            {t("toRaffles")}
          </Link>
        </Blank>
      )}
      <ul className="organiser-list">
        {raffles?.map((organised) => (
          <li key={organised.raffle.id}>
            <OrganisedCard {...organised} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <p className="page-more">
          <button type="button" className="button" onClick={more}>
            {t("more")}
          </button>
        </p>
      )}
    </main>
  );
}
