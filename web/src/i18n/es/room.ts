import type { room as english } from "../en/room.ts";
import type { TextsLike } from "../TextsLike.ts";

export const room: TextsLike<typeof english> = {};
