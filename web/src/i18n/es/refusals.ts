import type { refusals as english } from "../en/refusals.ts";
import type { TextsLike } from "../TextsLike.ts";

export const refusals: TextsLike<typeof english> = {};
