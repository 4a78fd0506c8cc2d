import type { powers as english } from "../en/powers.ts";
import type { TextsLike } from "../TextsLike.ts";

export const powers: TextsLike<typeof english> = {};
