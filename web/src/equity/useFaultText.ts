import { useTranslation } from "react-i18next";
import { useCardName } from "../cards/PlayingCard.tsx";
import type { Fault } from "./faults.ts";
import { hasRanges } from "./table.ts";

/** A fault in the page's language, as it is said at its place. */
export function useFaultText(): (fault: Fault) => string {
  const { t } = useTranslation("equity");
  const nameOf = useCardName();
  return (fault) => {
    switch (fault.kind) {
      case "empty":
        return t(hasRanges(fault.game) ? "fault.empty" : "fault.emptyCards");
      case "half":
        return t("fault.half", { count: fault.missing });
      case "many":
        return t("fault.many", { cards: fault.cards, most: fault.most });
      case "noRange":
        return t("fault.noRange");
      case "weightless":
        return t("fault.weightless");
      case "blocked":
        return t("fault.blocked");
      case "length":
        return t("fault.length", { count: fault.cards });
      case "noCard":
        return t("fault.noCard", { word: fault.word });
      case "wrong":
        return t(`fault.slip.${fault.why}`, { word: fault.word, character: fault.character });
      case "twice": {
        const { other, place } = fault;
        const card = nameOf(fault.card);
        if (other === place) return t("fault.twice", { card });
        if (other === "board") return t("fault.onBoard", { card });
        if (other === "dead") return t("fault.isDead", { card });
        return t("fault.withPlayer", { card, player: other + 1 });
      }
    }
  };
}
