import "./Raffles.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RaffleBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useSession } from "../app/useSeat.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { Blank } from "../shell/Blank.tsx";
import { Failed } from "../shell/Failed.tsx";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { RaffleCard } from "./RaffleCard.tsx";
import { ended, FILTERS, onSale } from "./rafflesView.ts";
import type { Filter } from "./rafflesView.ts";
import { useRaffles } from "./useRaffles.ts";
import type { RaffleList } from "./useRaffles.ts";

/** As many places are kept free while the first answer is on its way. */
const EXPECTED_CARDS = [1, 2, 3] as const;

/** What is raffled, what was, and where one has numbers. */
export default function RafflesPage() {
  const { t } = useTranslation("raffles");
  const { dateTime } = useFormat();
  const isSeated = useSession() !== null;
  const [filter, setFilter] = useState<Filter>("sale");
  const list = useRaffles();
  const { asOfMs, nextBefore, problem, raffles } = list;
  const shown = shownOf(list, filter);
  useTitle(t("title"));
  return (
    <main
      className="page raffles"
      id="main"
      tabIndex={-1}
      aria-busy={raffles === null && problem === null}
    >
      <PageHead title={t("title")} lead={t("lead")}>
        <fieldset className="raffles-filter">
          <legend className="unseen">{t("filter.label")}</legend>
          {FILTERS.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="raffles-filter"
                className="unseen"
                value={each}
                checked={filter === each}
                onChange={() => setFilter(each)}
              />
              <span>{t(`filter.${each}`)}</span>
            </label>
          ))}
        </fieldset>
      </PageHead>
      {asOfMs !== null && (
        <div className="notice raffles-notice" role="status" data-old>
          <p>
            <strong>{t("old.title")}</strong>
            {t("old.meaning", { at: dateTime(asOfMs) })}
          </p>
          <button type="button" className="button is-small" onClick={list.readAgain}>
            {t("tryAgain", { ns: "shell" })}
          </button>
        </div>
      )}
      {raffles === null && problem !== null && (
        <Failed
          title={t("failed")}
          meaning={t(problem.code === "offline" ? "failedOffline" : "failedOther")}
          code={problem.code}
          onAgain={list.readAgain}
        />
      )}
      {shown === null ? (
        problem === null && (
          <ul className="raffles-list" aria-hidden="true">
            {EXPECTED_CARDS.map((place) => (
              <li key={place} className="panel raffle-card is-expected" />
            ))}
          </ul>
        )
      ) : shown.length === 0 ? (
        <Blank
          icon={filter === "mine" ? "tickets" : "raffles"}
          title={t(filter === "mine" && !isSeated ? "empty.door" : `empty.${filter}`)}
        >
          {filter === "mine" && !isSeated && (
            <Link className="button is-main" href={paths.home}>
              {t("takeSeat", { ns: "shell" })}
            </Link>
          )}
          {filter !== "sale" && (
            <button type="button" className="button" onClick={() => setFilter("sale")}>
              {t("toSale")}
            </button>
          )}
        </Blank>
      ) : (
        <ul className="raffles-list">
          {shown.map((raffle) => (
            <RaffleCard
              key={raffle.id}
              raffle={raffle}
              own={list.own?.get(raffle.id)}
              winners={list.winners.get(raffle.id)}
              isOld={asOfMs !== null}
            />
          ))}
        </ul>
      )}
      {filter === "drawn" && nextBefore !== null && (
        <p className="page-more">
          <button type="button" className="button" onClick={list.readOlder}>
            {t("older")}
          </button>
        </p>
      )}
    </main>
  );
}

/** Null while it is not known. */
function shownOf({ own, raffles }: RaffleList, filter: Filter): readonly RaffleBody[] | null {
  if (raffles === null) return null;
  if (filter === "sale") return onSale(raffles);
  if (filter === "drawn") return ended(raffles);
  const mine = raffles.filter(({ id }) => own?.has(id) === true);
  return [...onSale(mine), ...ended(mine)];
}
