import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { HandBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";

export type HandCurrency = HandBody["currency"];

export interface AmountFormat {
  /** `€1.50` of 150; chips are whole. */
  readonly amount: (value: number) => string;
  /** `+€1.50`; nothing has no sign. */
  readonly signed: (value: number) => string;
}

/** How amounts of a currency are written, in the page's language. */
export function useAmounts(): (currency: HandCurrency) => AmountFormat {
  const { t } = useTranslation("hands");
  const { money, number } = useFormat();
  return useMemo(() => {
    const of = (currency: HandCurrency): AmountFormat => {
      const plain = (value: number): string => {
        if (currency === "chips") return number(value);
        return currency === "EUR" ? t("euro", { amount: money(value) }) : money(value);
      };
      const signed = (value: number, plus: string): string =>
        `${value < 0 ? "−" : value > 0 ? plus : ""}${plain(Math.abs(value))}`;
      return { amount: (value) => signed(value, ""), signed: (value) => signed(value, "+") };
    };
    const formats = { EUR: of("EUR"), play: of("play"), chips: of("chips") };
    return (currency) => formats[currency];
  }, [t, money, number]);
}

export function useAmount(currency: HandCurrency): AmountFormat {
  return useAmounts()(currency);
}
