/** Raffles and their draws as the wire has them. */
import type {
  BeaconChain,
  BeaconRound,
  DrawView,
  Prize,
  RaffleView,
  Winner,
} from "../../rpc/raffle.ts";
import { MAX_NUMBERS_PER_RESERVATION } from "../../rpc/raffle.ts";
import type { BeaconChainBody, DrawBody, RaffleBody, WinnerBody } from "../../rpc/raffleBody.ts";
import type { ReservationBody } from "../../rpc/reservationBody.ts";

const MS_PER_SECOND = 1000;

export const iso = (epochMs: number): string => new Date(epochMs).toISOString();
const isoOrNull = (epochMs: number | null) => (epochMs === null ? null : iso(epochMs));

const chainBody = (chain: BeaconChain): BeaconChainBody => ({
  scheme: chain.scheme,
  chain_hash: chain.chainHash,
  public_key: chain.publicKey,
  genesis_at: iso(chain.genesisAt),
  period_ms: chain.periodMs,
});
const chainOrNull = (chain: BeaconChain | null) => (chain === null ? null : chainBody(chain));

export const raffleBody = (view: RaffleView): RaffleBody => {
  const { rules, terms } = view;
  return {
    id: view.raffleId,
    title: terms.title,
    description: terms.description,
    status: view.status,
    ticket_price: terms.ticketPriceMinor,
    total_numbers: terms.totalNumbers,
    sold_count: view.soldCount,
    reserved_count: view.reservedCount,
    available_count: terms.totalNumbers - view.soldCount - view.reservedCount,
    draw_at: iso(terms.drawAt),
    prizes: terms.prizes,
    organiser_id: terms.organiserId,
    min_sold_percent: terms.minSoldPercent,
    fee_per_mille: rules.feePerMille,
    selection_seconds: rules.selectionMs / MS_PER_SECOND,
    checkout_seconds: rules.checkoutMs / MS_PER_SECOND,
    max_numbers_per_reservation: MAX_NUMBERS_PER_RESERVATION,
    commitment: view.commitment,
    beacon: chainOrNull(rules.beacon),
    state_version: view.stateVersion,
    created_at: iso(view.createdAt),
    published_at: isoOrNull(view.publishedAt),
    closed_at: isoOrNull(view.closedAt),
    ended_at: isoOrNull(view.endedAt),
    reason: view.reason,
  };
};

const winnerBody = (prizes: ReadonlyArray<Prize>, winner: Winner): WinnerBody => ({
  prize: winner.prize + 1,
  prize_name: prizes[winner.prize]?.name ?? "",
  number: winner.number,
  reservation_id: winner.reservationId,
  player_id: winner.playerId,
});

const roundBody = ({ randomness, round, signature }: BeaconRound) => ({
  round,
  randomness,
  signature,
});

export const drawBody = (view: DrawView): DrawBody => ({
  raffle_id: view.raffleId,
  status: view.status,
  prizes: view.prizes,
  commitment: view.commitment,
  server_seed: view.serverSeed,
  closed_at: isoOrNull(view.closedAt),
  ticket_count: view.ticketCount,
  tickets_digest: view.ticketsDigest,
  beacon: chainOrNull(view.chain),
  awaited_round: view.awaitedRound,
  round: view.round === null ? null : roundBody(view.round),
  drawn_at: isoOrNull(view.drawnAt),
  winners: view.winners.map((winner) => winnerBody(view.prizes, winner)),
});

/** Numbers with their ids, which are their digits. */
export const numberBodies = (numbers: ReadonlyArray<number>): ReservationBody["numbers"] =>
  numbers.map((number) => ({ id: String(number), number }));
