import type { door as english } from "../en/door.ts";
import type { TextsLike } from "../TextsLike.ts";

export const door: TextsLike<typeof english> = {};
