import type { Market } from "../../../rpc/lobby.ts";

export interface MarketText {
  readonly name: string;
  /** What must happen for the bet to win. */
  readonly rule: string;
  /** What each pick stands for. */
  readonly slots: readonly string[];
}

export const MARKET_TEXTS: Readonly<Record<Market, MarketText>> = {
  win: { name: "Win", rule: "Your runner finishes first.", slots: ["Runner"] },
  place: { name: "Place", rule: "Your runner is among the first two.", slots: ["Runner"] },
  show: { name: "Show", rule: "Your runner is among the first three.", slots: ["Runner"] },
  exacta: {
    name: "Exacta",
    rule: "Your two finish first and second, in this order.",
    slots: ["1st", "2nd"],
  },
  quinella: {
    name: "Quinella",
    rule: "Your two take the first two places, in any order.",
    slots: ["Either", "Or"],
  },
  trifecta: {
    name: "Trifecta",
    rule: "Your three finish first, second and third, in this order.",
    slots: ["1st", "2nd", "3rd"],
  },
};
