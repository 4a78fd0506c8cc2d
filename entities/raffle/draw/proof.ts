/** Drawing again: what anyone can check of a draw that has taken place, with nothing but what is published about it. */
import type { BeaconChain, BeaconRound } from "../../../rpc/raffle.ts";
import { commitment, drawWinners } from "./pick.ts";
import { awaitedRound, isAuthentic } from "./round.ts";
import { ticketsDigest } from "./tickets.ts";

/** For people and programs that draw again. */
export const ALGORITHM = [
  "Tickets are <number>:<reservation id>, by ascending number; digest = SHA-256(tickets joined by ',').",
  "commitment = SHA-256(server seed bytes), published before the sale.",
  "With a beacon: the round awaited is the first that is published 30 s or more after closed_at; randomness = SHA-256(signature).",
  "For each prize i from 0, over the n tickets that have not won yet, in their order:",
  "h = SHA-256(server seed bytes || randomness bytes (none without a beacon) || 'prize-<i>' || digest bytes), big-endian;",
  "while h >= floor(2^256 / n) * n: h again with 'prize-<i>-<k>', k = 1, 2, ...; the winner is the ticket at h mod n.",
].join("\n");

export interface Proof {
  readonly commitment: string;
  readonly serverSeed: string;
  readonly ticketsDigest: string;
  readonly tickets: ReadonlyArray<string>;
  /** Epoch milliseconds. */
  readonly closedAt: number;
  /** Both null without a beacon. */
  readonly chain: BeaconChain | null;
  readonly round: BeaconRound | null;
  readonly prizes: number;
  /** The winning tickets by prize. */
  readonly winners: ReadonlyArray<string>;
}

/** Each true if it holds. */
export interface Verdict {
  readonly commitment: boolean;
  readonly tickets: boolean;
  /** The round is authentic, and the one that the rules name; true of a draw without a beacon. */
  readonly beacon: boolean;
  readonly winners: boolean;
}

export const verifyDraw = (proof: Proof): Verdict => {
  const { chain, closedAt, round, serverSeed, tickets } = proof;
  const input = {
    serverSeed,
    randomness: round?.randomness ?? null,
    ticketsDigest: proof.ticketsDigest,
  };
  const winners = drawWinners(input, { prizes: proof.prizes, tickets: tickets.length }).map(
    (place) => tickets[place],
  );
  return {
    commitment: commitment(serverSeed) === proof.commitment,
    tickets: ticketsDigest(tickets) === proof.ticketsDigest,
    beacon:
      chain === null || round === null
        ? chain === round
        : round.round === awaitedRound(chain, closedAt) && isAuthentic(chain, round),
    winners:
      winners.length === proof.winners.length &&
      winners.every((ticket, prize) => ticket === proof.winners[prize]),
  };
};
