/** What a dishonest house might change. Each alters one value of an honest account, as little as it can. */
import type { DrawClaim } from "./DrawClaim.ts";

export const DRAW_CHEATS = [
  "commitment",
  "server_seed",
  "ticket",
  "drop",
  "round",
  "randomness",
  "winner",
] as const;
export type DrawCheat = (typeof DRAW_CHEATS)[number];

/** The account with the value changed; null when it has no such value. */
export function cheatDraw(claim: DrawClaim, what: DrawCheat): DrawClaim | null {
  const { round, tickets, winners } = claim;
  switch (what) {
    case "commitment":
      return { ...claim, commitment: otherDigit(claim.commitment) };
    case "server_seed":
      return { ...claim, server_seed: otherDigit(claim.server_seed) };
    case "ticket": {
      const [first, ...others] = tickets;
      const number = first?.split(":")[0];
      return number === undefined
        ? null
        : { ...claim, tickets: [`${number}:${claim.raffle_id}.friend-of-the-house`, ...others] };
    }
    case "drop":
      return tickets.length < 2 ? null : { ...claim, tickets: tickets.slice(1) };
    case "round":
      return round === null ? null : { ...claim, round: { ...round, round: round.round + 1 } };
    case "randomness":
      return round === null
        ? null
        : { ...claim, round: { ...round, randomness: otherDigit(round.randomness) } };
    case "winner": {
      const [first, ...others] = winners;
      if (first === undefined) return null;
      const won = new Set(winners.map(({ number }) => `${number}:`));
      const loser = tickets.find((ticket) => !won.has(/^\d+:/.exec(ticket)?.[0] ?? ""));
      const [number, reservationId] = loser?.split(/:(.*)/s) ?? [];
      return number === undefined || reservationId === undefined
        ? null
        : {
            ...claim,
            winners: [
              { ...first, number: Number(number), reservation_id: reservationId },
              ...others,
            ],
          };
    }
  }
}

/** The text with its last digit turned into another hexadecimal one. */
const otherDigit = (hex: string): string => hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");
