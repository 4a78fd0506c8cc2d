import type { lobbies as english } from "../en/lobbies.ts";
import type { TextsLike } from "../TextsLike.ts";

export const lobbies: TextsLike<typeof english> = {};
