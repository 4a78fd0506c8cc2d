import "./Proof.css";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RaceBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";

/** What was fixed before the first bet, and the way to check that it was kept. */
export function Proof({ race }: { readonly race: RaceBody }) {
  const { t } = useTranslation("races");
  return (
    <section className="panel proof" aria-labelledby="proof-title">
      <h2 id="proof-title">{t("race.proof")}</h2>
      {race.order !== undefined && (
        <>
          <p>{t("race.proofLead")}</p>
          <Link href={paths.verify(race.race_id)} className="button is-main">
            {t("race.check")}
          </Link>
        </>
      )}
      <p className="muted proof-commitment">
        {t("race.commitment")}
        <code>{race.commitment}</code>
      </p>
    </section>
  );
}
