/** Draws that took place by the rules, as the house tells of them. */
import { commitment, drawWinners } from "../../../entities/raffle/draw/pick.ts";
import { QUICKNET, awaitedRound } from "../../../entities/raffle/draw/round.ts";
import { ticketText, ticketsDigest } from "../../../entities/raffle/draw/tickets.ts";
import type { DrawClaim } from "../../../web/src/draw/DrawClaim.ts";
import type { DrawEvidence } from "../../../web/src/draw/steps.ts";

/** The chain's round 1000, as it was published. */
const ROUND = {
  round: 1_000,
  randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
  signature:
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
};
/** A close for which the rules name that round. */
const CLOSED_AT = QUICKNET.genesisAt + 999 * QUICKNET.periodMs - 30_000;

export interface DrawnOptions {
  readonly hasBeacon?: boolean;
  readonly numbers?: readonly number[];
  readonly prizes?: number;
  readonly serverSeed?: string;
}

const SEED = "9bae06392e1c49593f744bb8b27473a25cf641b946aae1fbbc21285e68cc3a06";

export function drawn({
  hasBeacon = true,
  numbers = [3, 14, 15, 92, 653],
  prizes = 2,
  serverSeed = SEED,
}: DrawnOptions = {}): DrawClaim {
  if (awaitedRound(QUICKNET, CLOSED_AT) !== ROUND.round)
    throw new Error("another round is awaited");
  const raffleId = "gala";
  const tickets = numbers.map((number) => ticketText(number, `${raffleId}.buyer${number % 3}`));
  const digest = ticketsDigest(tickets);
  const names = Array.from({ length: prizes }, (_, index) => ({ name: `Prize ${index + 1}` }));
  const places = drawWinners(
    { serverSeed, randomness: hasBeacon ? ROUND.randomness : null, ticketsDigest: digest },
    { prizes, tickets: tickets.length },
  );
  return {
    raffle_id: raffleId,
    prizes: names,
    commitment: commitment(serverSeed),
    server_seed: serverSeed,
    closed_at: new Date(CLOSED_AT).toISOString(),
    ticket_count: tickets.length,
    tickets_digest: digest,
    beacon: hasBeacon
      ? {
          scheme: QUICKNET.scheme,
          chain_hash: QUICKNET.chainHash,
          public_key: QUICKNET.publicKey,
          genesis_at: new Date(QUICKNET.genesisAt).toISOString(),
          period_ms: QUICKNET.periodMs,
        }
      : null,
    round: hasBeacon ? ROUND : null,
    winners: places.map((place, index) => ({
      prize: index + 1,
      prize_name: names[index]?.name ?? "",
      number: numbers[place] ?? -1,
      reservation_id: `${raffleId}.buyer${(numbers[place] ?? 0) % 3}`,
      player_id: "p_winner",
    })),
    tickets,
  };
}

export function evidenceOf(claim: DrawClaim, others: Partial<DrawEvidence> = {}): DrawEvidence {
  return {
    claim,
    askedRaffleId: claim.raffle_id,
    noted: {
      raffleId: claim.raffle_id,
      commitment: claim.commitment,
      chainHash: claim.beacon?.chain_hash ?? "",
      notedAtMs: 0,
    },
    ownTickets: claim.tickets.slice(0, 2),
    ...others,
  };
}
