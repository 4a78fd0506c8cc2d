import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Plan } from "./Plan.ts";
import type { Progress } from "./Simulator.ts";

/** How far the simulator has come, and why it waits or has ended. */
export function SimulatorProgress({
  progress: { status, ending, accepted, refused, inFlight, committedMinor, perSecond },
  plan,
}: {
  readonly progress: Progress;
  readonly plan: Plan;
}) {
  const { t } = useTranslation("latency");
  const format = useFormat();
  const isSlowed =
    plan.pace.kind === "rate" && perSecond !== null && perSecond < plan.pace.perSecond;
  return (
    <div className="simulator-progress" data-status={status}>
      <p role="status">
        <strong>{t(`status.${status}`)}</strong>
        {status === "ended" && ending !== null && <> {t(`ending.${ending}`)}</>}
        {isSlowed && status !== "ended" && <> {t("simulator.slowed", { count: perSecond })}</>}
      </p>
      <dl>
        <div>
          <dt>{t("simulator.accepted")}</dt>
          <dd className="figure" data-progress="accepted">
            {format.number(accepted)}
          </dd>
        </div>
        <div>
          <dt>{t("simulator.refused")}</dt>
          <dd className="figure" data-progress="refused">
            {format.number(refused)}
          </dd>
        </div>
        <div>
          <dt>{t("simulator.inFlight")}</dt>
          <dd className="figure" data-progress="in-flight">
            {format.number(inFlight)}
          </dd>
        </div>
      </dl>
      <label className="simulator-budget">
        <span className="muted figure" data-progress="committed">
          {t("simulator.spent", {
            spent: format.money(committedMinor),
            budget: format.money(plan.budgetMinor),
          })}
        </span>
        <progress max={plan.budgetMinor} value={committedMinor} />
      </label>
    </div>
  );
}
