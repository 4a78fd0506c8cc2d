/** What can be done to a raffle as it stands, and what it comes to. The server decides in the end; here nothing is offered in vain. */
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import type { RaffleAct } from "./RaffleCalls.ts";

/** In the order of the buttons: what leads on first, what ends it last. */
const ACTS: Readonly<Record<RaffleBody["status"], readonly RaffleAct[]>> = {
  draft: ["publish", "cancel"],
  active: ["suspend", "close", "draw", "cancel"],
  suspended: ["resume", "close", "draw", "cancel"],
  closed: ["draw", "cancel"],
  completed: [],
  cancelled: [],
};

export const actsOn = ({ status }: Pick<RaffleBody, "status">): readonly RaffleAct[] =>
  ACTS[status];

/** What others read of why; the others explain themselves. */
export const needsReason = (act: RaffleAct): boolean => act === "suspend" || act === "cancel";

/** What cannot be taken back. */
export const isFinal = (act: RaffleAct): boolean =>
  act === "close" || act === "draw" || act === "cancel";

/** A draft, or while nothing is reserved or sold. */
export function isEditable({
  status,
  reserved_count: reserved,
  sold_count: sold,
}: Pick<RaffleBody, "status" | "reserved_count" | "sold_count">): boolean {
  if (status === "draft") return true;
  return (status === "active" || status === "suspended") && reserved === 0 && sold === 0;
}

const PER_MILLE = 1_000;
const PERCENT = 100;

/** What the draw would book: rounded down for the house, so that nothing is made of nothing. */
export function split(raffle: Pick<RaffleBody, "sold_count" | "ticket_price" | "fee_per_mille">): {
  readonly grossMinor: number;
  readonly feeMinor: number;
  readonly payoutMinor: number;
} {
  const grossMinor = raffle.sold_count * raffle.ticket_price;
  const feeMinor = Number((BigInt(grossMinor) * BigInt(raffle.fee_per_mille)) / BigInt(PER_MILLE));
  return { grossMinor, feeMinor, payoutMinor: grossMinor - feeMinor };
}

/** Whether a draw now would call the raffle off instead: nothing sold, or less than promised. */
export function drawCancels(
  raffle: Pick<RaffleBody, "sold_count" | "total_numbers" | "min_sold_percent">,
): boolean {
  const { min_sold_percent: least, sold_count: sold, total_numbers: total } = raffle;
  return sold === 0 || sold * PERCENT < least * total;
}
