import { useTranslation } from "react-i18next";
import { refusals } from "../i18n/en/refusals.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Refusal } from "../../../sdk/src/index.ts";
import { refusalCode } from "./refusalCode.ts";

type ExactCode = keyof typeof refusals.exact;

/** Why a command was not carried out and what to do now; read out at once. */
export function Refused({ refusal, id }: { readonly refusal: Refusal; readonly id?: string }) {
  const { t } = useTranslation("refusals");
  const detail = useDetail(refusal);
  const code = refusalCode(refusal.code);
  return (
    <div className="notice is-bad" role="alert" data-code={refusal.code} id={id}>
      <div>
        <strong>{t(`title.${code}`)}</strong>
        {detail} {t(`next.${code}`)}
      </div>
    </div>
  );
}

const isExact = (code: string): code is ExactCode => Object.hasOwn(refusals.exact, code);

const VARIABLE = /\{\{(\w+)\}\}/g;

/** The server explains itself in English; in other languages the amounts it told are put into a sentence of ours. */
function useDetail(refusal: Refusal): string {
  const { t, i18n } = useTranslation("refusals");
  const format = useFormat();
  const { code, detail, fields } = refusal;
  if (i18n.language === "en" && code !== "abandoned") return detail;
  const amount = (name: string): string => {
    const minor = fields[name];
    return typeof minor === "number" ? format.money(minor) : "";
  };
  const isTold = (text: string) =>
    [...text.matchAll(VARIABLE)].every(([, name]) => amount(name ?? "") !== "");
  if (isExact(code) && isTold(refusals.exact[code])) {
    return t(`exact.${code}`, {
      available: amount("available"),
      required: amount("required"),
      staked: amount("staked"),
      limit: amount("limit"),
      spent: amount("spent"),
      cap: amount("cap"),
      max_stake: amount("max_stake"),
      min_stake: amount("min_stake"),
    });
  }
  return t(`detail.${refusalCode(code)}`);
}
