import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { HandAction, Step } from "./replay.ts";

export interface StepTexts {
  /** `raises to €0.06`, after the player's name. */
  readonly does: (action: HandAction) => string;
  /** What a step shows, as a sentence: `CucleBen raises to €0.06`. */
  readonly of: (step: Step) => string;
}

/** What happens at the table, in words; amounts are written by `amount`. */
export function useStepText(amount: (value: number) => string): StepTexts {
  const { t } = useTranslation("hand");
  return useMemo(() => {
    const does = (action: HandAction): string => {
      const said = t(`does.${action.action}`, {
        amount: amount(action.action === "raise" ? (action.to ?? action.amount) : action.amount),
        count: action.discarded ?? 0,
      });
      return action.all_in ? t("does.allIn", { does: said }) : said;
    };
    const says = (player: string, does: string) => t("says", { player, does });
    const of = (step: Step): string => {
      const { event, returned } = step;
      const back =
        returned === null
          ? []
          : [says(returned.player, t("does.returned", { amount: amount(returned.amount) }))];
      switch (event.kind) {
        case "start":
          return t("started");
        case "action":
          return says(event.action.player, does(event.action));
        case "street":
          return [...back, t("dealt", { street: t(`street.${event.street.name}`) })].join(". ");
        case "gather":
          return [...back, t("gathered")].join(". ");
        case "show": {
          const { high, low, player } = event.shown;
          if (high === null) return says(player, t("does.shows"));
          const words = low === null ? high : t("hiLo", { high, low });
          return says(player, t("does.showsWith", { words }));
        }
        case "win": {
          const { pot, player } = event.won;
          const won = amount(event.won.amount);
          return says(
            player,
            pot === "pot"
              ? t("does.wins", { amount: won })
              : t("does.winsPot", { amount: won, pot }),
          );
        }
      }
    };
    return { does, of };
  }, [t, amount]);
}
