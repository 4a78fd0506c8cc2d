import { COUNTS, type Count } from "../../../rpc/handStats.ts";

/** Sums of money: beyond 32 bits in a tournament's chips. */
const WIDE: ReadonlySet<Count> = new Set(["net", "rake", "evNet", "netMilliBb", "evNetMilliBb"]);

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The columns of `hand_player` that hold counts, in the order of `COUNTS`. */
export const countColumns = COUNTS.map((count) => ({
  name: snakeCase(count),
  type: WIDE.has(count) ? ("bigint" as const) : ("integer" as const),
}));
