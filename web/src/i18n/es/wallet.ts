import type { wallet as english } from "../en/wallet.ts";
import type { TextsLike } from "../TextsLike.ts";

export const wallet: TextsLike<typeof english> = {};
