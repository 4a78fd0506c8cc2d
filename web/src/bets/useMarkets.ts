import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import type { Market } from "../../../rpc/lobby.ts";

export interface MarketText {
  readonly name: string;
  /** What must happen for the bet to win. */
  readonly rule: string;
  /** What each pick stands for. */
  readonly slots: readonly string[];
}

/** The markets in the page's language. */
export function useMarkets(): Readonly<Record<Market, MarketText>> {
  const { t } = useTranslation("bets");
  return useMemo(() => {
    const [first, second, third] = [t("slot.first"), t("slot.second"), t("slot.third")];
    const slots: Readonly<Record<Market, readonly string[]>> = {
      win: [t("slot.runner")],
      place: [t("slot.runner")],
      show: [t("slot.runner")],
      exacta: [first, second],
      quinella: [t("slot.either"), t("slot.or")],
      trifecta: [first, second, third],
    };
    const texts = MARKETS.map((market): [Market, MarketText] => [
      market,
      {
        name: t(`market.${market}.name`),
        rule: t(`market.${market}.rule`),
        slots: slots[market],
      },
    ]);
    return Object.fromEntries(texts) as Record<Market, MarketText>;
  }, [t]);
}
