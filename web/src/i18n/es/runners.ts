import type { runners as english } from "../en/runners.ts";
import type { TextsLike } from "../TextsLike.ts";

export const runners: TextsLike<typeof english> = {};
