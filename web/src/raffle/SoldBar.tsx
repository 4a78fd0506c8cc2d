import "./SoldBar.css";
import { useTranslation } from "react-i18next";
import type { RaffleBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";

/** How much of a raffle is sold and reserved; it moves as that changes. */
export function SoldBar({
  raffle,
}: {
  readonly raffle: Pick<
    RaffleBody,
    | "status"
    | "sold_count"
    | "reserved_count"
    | "available_count"
    | "total_numbers"
    | "min_sold_percent"
  >;
}) {
  const { t } = useTranslation("raffle");
  const { number, percent } = useFormat();
  const {
    available_count: available,
    min_sold_percent: least,
    reserved_count: reserved,
    sold_count: sold,
    status,
    total_numbers: total,
  } = raffle;
  const isEnded = status === "completed" || status === "cancelled";
  const share = total === 0 ? 0 : sold / total;
  return (
    <div className="sold">
      <div className="sold-bar" aria-hidden="true">
        <span className="sold-bar-sold" style={{ width: `${share * 100}%` }} />
        <span
          className="sold-bar-reserved"
          style={{ width: `${total === 0 ? 0 : (reserved / total) * 100}%` }}
        />
      </div>
      {least > 0 && (
        <div
          className="sold-least"
          style={{ "--least": `${least}%` } as Record<string, string>}
          aria-hidden="true"
        />
      )}
      <p className="sold-line">
        <strong className="figure">
          {t("sold.share", { share: percent(share, digitsFor(share)) })}
        </strong>
        {!isEnded && (
          <span className="muted figure">
            {t("sold.free", { count: available, free: number(available), total: number(total) })}
          </span>
        )}
        {least > 0 && !isEnded && (
          <span className="muted">{t("sold.least", { share: percent(least / 100, 0) })}</span>
        )}
      </p>
    </div>
  );
}

/** So that a few of very many are not shown as none. */
const digitsFor = (share: number): number =>
  share === 0 || share >= 0.1 ? 0 : share >= 0.001 ? 1 : 2;
