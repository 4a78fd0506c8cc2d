/** The looks' names in the texts. */
import { BOUGHT, FREE, HELD, PICKED, RESERVED, SOLD } from "./Board.ts";
import type { Look } from "./Board.ts";

export const LOOK_NAMES = {
  [FREE]: "free",
  [RESERVED]: "reserved",
  [SOLD]: "sold",
  [PICKED]: "picked",
  [HELD]: "held",
  [BOUGHT]: "bought",
} as const satisfies Readonly<Record<Look, string>>;
