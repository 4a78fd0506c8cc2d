import { useTranslation } from "react-i18next";
import { Refused } from "../app/Refused.tsx";
import { numberText } from "./grid/layout.ts";
import type { Selection, Trouble } from "./Selection.ts";

/** What went wrong with the player's numbers, and the one tap that mends it. */
export function TroubleNotice({
  trouble,
  picks,
  freeCount,
  total,
  selection,
  onPickedAgain,
}: {
  readonly trouble: Trouble;
  readonly picks: readonly number[];
  /** How many numbers could stand in. */
  readonly freeCount: number;
  readonly total: number;
  readonly selection: Selection;
  readonly onPickedAgain: () => void;
}) {
  const { t } = useTranslation("raffle");
  const close = (
    <button type="button" className="button is-quiet is-small" onClick={selection.dismiss}>
      {t("trouble.dismiss")}
    </button>
  );
  if (trouble.kind === "refused") {
    return (
      <div className="raffle-trouble">
        <Refused refusal={trouble.refusal} />
        {close}
      </div>
    );
  }
  const numbers = trouble.numbers.map((number) => numberText(number, total)).join(", ");
  const count = trouble.numbers.length;
  if (trouble.kind === "expired") {
    return (
      <div className="notice is-bad raffle-trouble" role="alert" data-trouble="expired">
        <p>
          <strong>{t("trouble.expired")}</strong>
          {t("trouble.expiredMeaning", { count, numbers })}
        </p>
        <div className="raffle-trouble-acts">
          <button
            type="button"
            className="button is-small"
            onClick={() => {
              selection.pickAgain();
              onPickedAgain();
            }}
          >
            {t("trouble.pickAgain")}
          </button>
          {close}
        </div>
      </div>
    );
  }
  return (
    <div className="notice is-bad raffle-trouble" role="alert" data-trouble="taken">
      <p>
        <strong>{t("trouble.taken", { count, numbers })}</strong>
        {trouble.isRefusal ? t("trouble.takenRefused") : t("trouble.takenPicks", { count })}
      </p>
      <div className="raffle-trouble-acts">
        {freeCount > 0 && (
          <button
            type="button"
            className="button is-small is-main"
            data-act="replace"
            onClick={() => void selection.replaceTaken()}
          >
            {t(trouble.isRefusal ? "trouble.replaceReserve" : "trouble.replace", { count })}
          </button>
        )}
        {trouble.isRefusal && picks.length > 0 && (
          <button
            type="button"
            className="button is-small"
            onClick={() => void selection.reserve()}
          >
            {t("trouble.reserveRest", { count: picks.length })}
          </button>
        )}
        {close}
      </div>
    </div>
  );
}
