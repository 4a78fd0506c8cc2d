import type { race as english } from "../en/race.ts";
import type { TextsLike } from "../TextsLike.ts";

export const race: TextsLike<typeof english> = {};
