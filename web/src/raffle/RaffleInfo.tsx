import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { DrawBody, RaffleBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { numberText } from "./grid/layout.ts";

const SECONDS_PER_MINUTE = 60;
const PER_MILLE = 1000;

/** What there is to win, by which rules, and what was promised before the first number was sold. */
export function RaffleInfo({
  raffle,
  draw,
  onNumber,
}: {
  readonly raffle: RaffleBody;
  readonly draw: DrawBody | null;
  /** A winner's number is to be shown in the grid. */
  readonly onNumber: (number: number) => void;
}) {
  const { t } = useTranslation("raffle");
  const { dateTime, number, percent } = useFormat();
  const winners = new Map(draw?.winners.map((winner) => [winner.prize, winner]));
  const minutes = (seconds: number) =>
    seconds >= SECONDS_PER_MINUTE
      ? t("rules.minutes", { count: Math.round(seconds / SECONDS_PER_MINUTE) })
      : t("rules.seconds", { count: Math.round(seconds) });
  return (
    <aside className="raffle-info">
      <section className="panel" aria-labelledby="prizes-title">
        <h2 id="prizes-title">{t("prizes", { count: raffle.prizes.length })}</h2>
        <ol className="raffle-prizes">
          {raffle.prizes.map(({ description, name }, index) => {
            const winner = winners.get(index + 1);
            return (
              // Prizes of one name are told apart by their place, which never changes.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index}>
                <span className="raffle-prize-place figure" aria-hidden="true">
                  {number(index + 1)}
                </span>
                <div>
                  <p className="raffle-prize-name">{name}</p>
                  {description !== undefined && description !== "" && (
                    <p className="muted raffle-prize-more">{description}</p>
                  )}
                  {winner !== undefined && (
                    <button
                      type="button"
                      className="number-chip figure is-winner"
                      onClick={() => onNumber(winner.number)}
                    >
                      <span className="unseen">{t("winner")} </span>
                      {numberText(winner.number, raffle.total_numbers)}
                    </button>
                  )}
                </div>
              </li>
            );
          })}
        </ol>
      </section>
      {raffle.description !== "" && (
        <section className="panel raffle-about" aria-labelledby="about-title">
          <h2 id="about-title">{t("about")}</h2>
          <p>{raffle.description}</p>
        </section>
      )}
      <section className="panel" aria-labelledby="rules-title">
        <h2 id="rules-title">{t("rules.title")}</h2>
        <ul className="raffle-rules">
          {raffle.ended_at === null && <li>{t("rules.draw", { at: dateTime(raffle.draw_at) })}</li>}
          <li>{t("rules.most", { count: raffle.max_numbers_per_reservation })}</li>
          <li>
            {t("rules.time", {
              select: minutes(raffle.selection_seconds),
              pay: minutes(raffle.checkout_seconds),
            })}
          </li>
          {raffle.min_sold_percent > 0 && (
            <li>{t("rules.least", { share: percent(raffle.min_sold_percent / 100, 0) })}</li>
          )}
          <li>{t("rules.cancelled")}</li>
          <li>{t("rules.fee", { share: percent(raffle.fee_per_mille / PER_MILLE, 0) })}</li>
        </ul>
      </section>
      {raffle.commitment !== null && (
        <section className="panel raffle-proof" aria-labelledby="proof-title">
          <h2 id="proof-title">{t("proof.title")}</h2>
          <p className="muted">
            {t(raffle.beacon === null ? "proof.meaning" : "proof.meaningBeacon")}
          </p>
          <code className="raffle-commitment">{raffle.commitment}</code>
          <Link href={paths.draw(raffle.id)}>{t("proof.more")}</Link>
        </section>
      )}
    </aside>
  );
}
