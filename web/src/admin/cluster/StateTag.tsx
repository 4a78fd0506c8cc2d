import { useAdminText } from "../texts/useAdminText.ts";
import type { Condition } from "./condition.ts";

const TONES: Readonly<Record<Condition, string>> = {
  up: "is-good",
  draining: "is-note",
  silent: "is-bad",
  gone: "is-bad",
};

export function StateTag({ condition }: { readonly condition: Condition }) {
  const { t } = useAdminText();
  return <span className={`tag ${TONES[condition]}`}>{t(`process.states.${condition}`)}</span>;
}
