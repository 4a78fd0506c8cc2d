import { useTranslation } from "react-i18next";
import type { DrawFinding } from "./Step.ts";

/** Says in words what is wrong. */
export function useDrawFindings(): (finding: DrawFinding) => string {
  const { t } = useTranslation("draw");
  return (finding) => {
    switch (finding.kind) {
      case "other_raffle":
        return t("finding.other_raffle", { asked: finding.asked, answered: finding.answered });
      case "other_digest":
        return t("finding.other_digest", { count: finding.tickets });
      case "other_count":
      case "other_round":
      case "winner_count":
        return t(`finding.${finding.kind}`, { here: finding.here, house: finding.house });
      case "no_ticket":
      case "out_of_order":
      case "own_missing":
        return t(`finding.${finding.kind}`, { ticket: finding.ticket });
      case "other_winner":
        return t("finding.other_winner", {
          prize: finding.prize + 1,
          here: finding.here,
          house: finding.house,
        });
      default:
        return t(`finding.${finding.kind}`);
    }
  };
}
