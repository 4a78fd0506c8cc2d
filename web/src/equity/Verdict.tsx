/** How the figures were come by: exactly or by dealing, from how many deals, in what time; or why there are none. */
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Fault } from "./table.ts";
import type { EquityState } from "./useEquity.ts";

export function Verdict({
  equity: { answer, elapsedMs, kind, refusal },
  fault,
}: {
  readonly equity: EquityState;
  readonly fault: Fault | null;
}) {
  const { t } = useTranslation("equity");
  const { number, percent, span } = useFormat();
  if (fault !== null)
    return (
      <p className="notice" role="status">
        {t(fault.kind === "board" ? "fault.board" : "fault.players")}
      </p>
    );
  if (kind === "failed")
    return (
      <p className="notice is-bad" role="alert">
        {t("failed")}
      </p>
    );
  if (refusal !== null)
    return refusal.where.startsWith("players.") ? null : (
      <p className="notice is-bad" role="alert">
        {refusal.reason === "" ? t("nothing") : refusal.reason}
      </p>
    );
  if (answer === null)
    return (
      <p className="equity-verdict muted" role="status">
        {t("computing")}
      </p>
    );
  const widest = Math.max(...answer.players.map(({ stdError }) => stdError));
  const isExact = answer.method === "exact";
  return (
    <p className="equity-verdict" role="status" data-method={answer.method} data-kind={kind}>
      <span className={isExact ? "tag is-good" : "tag"}>{t(isExact ? "exact" : "simulated")}</span>
      <span className="muted">
        {t(kind === "computing" ? "soFar" : "done", {
          deals: number(answer.samples),
          time: span(elapsedMs),
        })}
        {!isExact && ` ${t("error", { error: percent(widest, 3) })}`}
      </span>
    </p>
  );
}
