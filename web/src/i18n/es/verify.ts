import type { verify as english } from "../en/verify.ts";
import type { TextsLike } from "../TextsLike.ts";

export const verify: TextsLike<typeof english> = {};
