import { useTranslation } from "react-i18next";
import { refusals } from "../i18n/en/refusals.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Refusal } from "../../../sdk/src/index.ts";

type Code = keyof typeof refusals.title;
type ExactCode = keyof typeof refusals.exact;

/** Why a command was not carried out and what to do now; read out at once. */
export function Refused({ refusal, id }: { readonly refusal: Refusal; readonly id?: string }) {
  const { t } = useTranslation("refusals");
  const detail = useDetail(refusal);
  const code = codeOf(refusal);
  return (
    <div className="notice is-bad" role="alert" data-code={refusal.code} id={id}>
      <div>
        <strong>{t(`title.${code}`)}</strong>
        {detail} {t(`next.${code}`)}
      </div>
    </div>
  );
}

const isKnown = (code: string): code is Code => Object.hasOwn(refusals.title, code);
const isExact = (code: string): code is ExactCode => Object.hasOwn(refusals.exact, code);
const codeOf = ({ code }: Refusal): Code => (isKnown(code) ? code : "other");

const AMOUNT = /\d+\.\d\d(?!\d)/g;

/** The server explains itself in English; in other languages its amounts are put into a sentence of ours. */
function useDetail(refusal: Refusal): string {
  const { t, i18n } = useTranslation("refusals");
  const format = useFormat();
  if (i18n.language === "en" && refusal.code !== "abandoned") return refusal.detail;
  const amounts = (refusal.detail.match(AMOUNT) ?? []).map((text) =>
    format.money(Number(text.replace(".", ""))),
  );
  const [first, second] = amounts;
  const { code } = refusal;
  if (isExact(code)) {
    const needed = refusals.exact[code].includes("{{second}}") ? 2 : 1;
    if (amounts.length >= needed) {
      return t(`exact.${code}`, { first: first ?? "", second: second ?? "" });
    }
  }
  return t(`detail.${codeOf(refusal)}`);
}
