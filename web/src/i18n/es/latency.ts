import type { latency as english } from "../en/latency.ts";
import type { TextsLike } from "../TextsLike.ts";

export const latency: TextsLike<typeof english> = {};
