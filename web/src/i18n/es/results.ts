import type { results as english } from "../en/results.ts";
import type { TextsLike } from "../TextsLike.ts";

export const results: TextsLike<typeof english> = {};
