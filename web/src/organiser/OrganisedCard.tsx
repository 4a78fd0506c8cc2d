import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { SalesByHour } from "./SalesByHour.tsx";
import { dueMinor, standingOf } from "./standing.ts";
import type { Organised } from "./useOrganised.ts";

const PER_MILLE = 1_000;
const TONES = {
  draft: "",
  active: "is-good",
  suspended: "is-note",
  closed: "is-note",
  completed: "",
  cancelled: "is-bad",
} as const;

/** One raffle with its money, and its sales hour by hour. */
export function OrganisedCard({ raffle, books }: Organised) {
  const { t } = useTranslation("organiser");
  const format = useFormat();
  const { id, sold_count: sold, status, title, total_numbers: total } = raffle;
  const share = sold / total;
  const titleId = `organised-${id}`;
  const endedAt = raffle.ended_at ?? raffle.draw_at;
  const when =
    status === "completed"
      ? t("drawnAt", { at: format.dateTime(endedAt) })
      : status === "cancelled"
        ? t("cancelledAt", { at: format.dateTime(endedAt) })
        : t("drawAt", { at: format.dateTime(raffle.draw_at) });
  return (
    <article
      className="panel organised"
      data-raffle={id}
      data-status={status}
      aria-labelledby={titleId}
    >
      <div className="organised-head">
        <h2 id={titleId}>{title}</h2>
        <span className={`tag ${TONES[status]}`}>{t(`status.${status}`)}</span>
        <p className="muted">{when}</p>
      </div>
      <div className="organised-columns">
        <div className="organised-figures">
          <div>
            <p className="organised-sold">
              {t("sold", { sold: format.number(sold), total: format.number(total) })}
            </p>
            <div
              className="organised-bar"
              role="img"
              aria-label={t("soldBar", { share: format.percent(share) })}
            >
              <span style={{ width: `${100 * share}%` }} />
              {raffle.min_sold_percent > 0 && <i style={{ left: `${raffle.min_sold_percent}%` }} />}
            </div>
            {raffle.min_sold_percent > 0 && (
              <p className="muted organised-least">
                {t("least", { share: format.percent(raffle.min_sold_percent / 100, 0) })}
              </p>
            )}
          </div>
          {books === null ? (
            <p className="empty">{t("booksFailed")}</p>
          ) : (
            <Money raffle={raffle} books={books} />
          )}
        </div>
        {books !== null && <SalesByHour rows={books.sold_by_hour} />}
      </div>
      <p className="organised-ways">
        <Link href={paths.raffle(id)} className="button is-small">
          {t("toRaffle")}
        </Link>
        <Link href={paths.draw(id)} className="button is-small">
          {t("toDraw")}
        </Link>
      </p>
    </article>
  );
}

function Money({
  raffle,
  books,
}: {
  readonly raffle: Organised["raffle"];
  readonly books: NonNullable<Organised["books"]>;
}) {
  const { t } = useTranslation("organiser");
  const format = useFormat();
  const { feeMinor, payoutMinor } = dueMinor(raffle, books);
  const standing = standingOf(raffle, books);
  const isDone = standing === "paid" || standing === "allReturned";
  return (
    <dl className="organised-money">
      <div>
        <dt>{t("gross")}</dt>
        <dd className="figure" data-money="gross">
          {format.money(books.gross)}
        </dd>
      </div>
      {raffle.status === "cancelled" ? (
        <div>
          <dt>{t("returned")}</dt>
          <dd className="figure" data-money="returned">
            {format.money(books.returned)}
          </dd>
        </div>
      ) : (
        <>
          <div>
            <dt>{t("fee", { share: format.percent(raffle.fee_per_mille / PER_MILLE) })}</dt>
            <dd className="figure" data-money="fee">
              −{format.money(feeMinor)}
            </dd>
          </div>
          <div className="organised-payout">
            <dt>{t(raffle.status === "completed" ? "payout" : "payoutSoFar")}</dt>
            <dd className="figure" data-money="payout">
              {format.money(payoutMinor)}
            </dd>
          </div>
        </>
      )}
      <div className="organised-standing" data-standing={standing}>
        <dt className="unseen">{t("payout")}</dt>
        <dd>
          <span className={`tag ${isDone ? "is-good" : "is-note"}`}>
            {isDone && <span aria-hidden="true">✓ </span>}
            {t(`standing.${standing}`)}
          </span>
        </dd>
      </div>
    </dl>
  );
}
