import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { HouseRules } from "../lobby/useHouseRules.ts";
import { useRoom } from "../room/useRoom.ts";
import { isComplete } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { estimatePayout, sharesOf } from "./estimate.ts";

/** What the bet on the slip may pay, as the pools stand. It keeps its height, so the button below stays where it is. */
export function SlipEstimate({
  draft,
  stakeMinor,
  rules: { takeoutPerMille },
}: {
  readonly draft: Draft;
  readonly stakeMinor: number | undefined;
  readonly rules: HouseRules;
}) {
  const { t } = useTranslation("bets");
  const format = useFormat();
  const odds = useRoom((state) => state.lobby.lobby?.odds);
  const poolMinor = useRoom((state) => state.lobby.lobby?.pools[draft.market] ?? 0);
  const house =
    takeoutPerMille === null
      ? t("estimate.beforeHouse")
      : t("estimate.afterHouse", { rate: format.percent(takeoutPerMille / 1000, 0) });
  if (odds === undefined || stakeMinor === undefined || stakeMinor === 0 || !isComplete(draft)) {
    return (
      <div className="slip-estimate muted">
        <p>{t("estimate.none")}</p>
        <p>{t("estimate.note", { house })}</p>
      </div>
    );
  }
  const estimate = estimatePayout({
    ...draft,
    stakeMinor,
    poolMinor,
    isPlaced: false,
    shares: sharesOf(odds),
    takeoutPerMille: takeoutPerMille ?? 0,
  });
  const isKnown = draft.market === "win";
  return (
    <div className="slip-estimate" aria-label={t("estimate.title")} role="group">
      {estimate.isAlone ? (
        <p>{t("estimate.onlyBacker")}</p>
      ) : (
        <dl>
          <div className="is-first">
            <dt>{isKnown ? t("estimate.alone") : t("estimate.about")}</dt>
            <dd className="figure">
              {t("estimate.aboutBack", { amount: format.money(estimate.aboutMinor) })}
            </dd>
          </div>
          {isKnown ? (
            <div>
              <dt>{t("estimate.share")}</dt>
              <dd className="figure">{format.percent(estimate.share)}</dd>
            </div>
          ) : (
            <div>
              <dt>{t("estimate.most")}</dt>
              <dd className="figure">{format.money(estimate.mostMinor)}</dd>
            </div>
          )}
          <div>
            <dt>{t("estimate.least")}</dt>
            <dd className="figure">{format.money(estimate.leastMinor)}</dd>
          </div>
        </dl>
      )}
      <p className="muted">{t("estimate.note", { house })}</p>
    </div>
  );
}
