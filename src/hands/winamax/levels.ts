/**
 * A tournament's blind levels: `[25-50:0:360:holdem-no-limit,1,25k-2,50k:320:360:holdem-no-limit]`. The comma is both between
 * levels and in numbers; clients of 2014 to 2016 left the first kind out, one of 2017 wrote `Levels : ` twice.
 */
import type { TournamentLevel } from "./Summary.ts";

const NUMBER = "[0-9]+(?:,[0-9]{1,2})?[kM]?";
const LEVEL = new RegExp(
  `(${NUMBER})-(${NUMBER}):(${NUMBER}):([0-9]{1,9}):([a-z0-9-]{0,40}?-(?:no|pot|fixed)-limit),?`,
  "y",
);
const REPEATED_KEY = "Levels : ";

const FACTOR: Readonly<Record<string, number>> = { k: 1_000, M: 1_000_000 };

/** Empty where the list as a whole makes no sense: the result of a tournament is worth having without it. */
export function parseLevels(text: string): ReadonlyArray<TournamentLevel> {
  const list = text.startsWith(REPEATED_KEY) ? text.slice(REPEATED_KEY.length) : text;
  if (!list.startsWith("[") || !list.endsWith("]")) return [];
  const levels: Array<TournamentLevel> = [];
  let at = 1;
  while (at < list.length - 1) {
    LEVEL.lastIndex = at;
    const found = LEVEL.exec(list);
    if (found === null) return [];
    at = LEVEL.lastIndex;
    const [, smallBlind = "", bigBlind = "", ante = "", seconds = "", game = ""] = found;
    levels.push({
      smallBlind: toChips(smallBlind),
      bigBlind: toChips(bigBlind),
      ante: toChips(ante),
      seconds: Number(seconds),
      game,
    });
  }
  return levels;
}

/** `12,50k` is 12,500. */
function toChips(text: string): number {
  const factor = FACTOR[text.at(-1) ?? ""];
  const digits = factor === undefined ? text : text.slice(0, -1);
  return Math.round(Number(digits.replace(",", ".")) * (factor ?? 1));
}
