import type { bets as english } from "../en/bets.ts";
import type { TextsLike } from "../TextsLike.ts";

export const bets: TextsLike<typeof english> = {};
