import type { replay as english } from "../en/replay.ts";
import type { TextsLike } from "../TextsLike.ts";

export const replay: TextsLike<typeof english> = {};
