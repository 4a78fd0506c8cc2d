import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Finding } from "./Step.ts";

/** Says in words what is wrong. */
export function useFindings(): (finding: Finding) => string {
  const { t } = useTranslation("verify");
  const format = useFormat();
  const metres = (mm: number) => format.number(mm / 1000, 3);
  return (finding) => {
    switch (finding.kind) {
      case "other_race":
        return t("finding.other_race", { asked: finding.asked, answered: finding.answered });
      case "other_digest":
        return t("finding.other_digest", { count: finding.bets });
      case "own_missing":
      case "own_changed":
      case "own_cancelled":
        return t(`finding.${finding.kind}`, { bet: finding.betId });
      case "own_payout":
        return t("finding.own_payout", {
          bet: finding.betId,
          paid: format.money(finding.paidMinor),
          claimed: format.money(finding.claimedMinor),
        });
      case "frame_count":
        return t("finding.frame_count", { here: finding.here, house: finding.house });
      case "frame":
        return t("finding.frame", {
          tick: finding.tick,
          number: finding.number,
          here: metres(finding.hereMm),
          house: metres(finding.houseMm),
        });
      case "other_order":
        return t("finding.other_order", { here: finding.here, house: finding.house });
      case "payout_count":
        return t("finding.payout_count", { bets: finding.bets, payouts: finding.payouts });
      case "payout":
        return t("finding.payout", {
          bet: finding.betId,
          due: format.money(finding.dueMinor),
          claimed: format.money(finding.claimedMinor),
        });
      case "more_payouts":
        return t("finding.more_payouts", { count: finding.count });
      case "impossible":
        return t("finding.impossible", { reason: finding.reason });
      default:
        return t(`finding.${finding.kind}`);
    }
  };
}
