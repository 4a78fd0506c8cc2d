/** What a raffle's events write beside the journal: the tables that its readers read, and the house's ledger lines. */
import type { Meta } from "../../src/actor/Decider.ts";
import type { ProjectedRow, Projection } from "../../src/actor/Projection.ts";
import { house, post, raffleEscrow, reservationAccount, type Transfer } from "../ledger.ts";
import { claimOf } from "./Claims.ts";
import type { RaffleEvent } from "./events.ts";
import type { Sale } from "./Sales.ts";
import { priceOf, type RaffleState } from "./state.ts";
import { shown } from "./view.ts";

export const RaffleTable: Projection = {
  table: "raffle",
  columns: {
    raffle_id: "text",
    status: "text",
    title: "text",
    organiser_id: "text",
    draw_at: "bigint",
    created_at: "bigint",
    sold: "integer",
    view: "json",
  },
  key: ["raffle_id"],
  write: "upsert",
};

export const ReservationClaimTable: Projection = {
  table: "reservation_claim",
  columns: {
    reservation_id: "text",
    raffle_id: "text",
    player_id: "text",
    numbers: "json",
    amount: "bigint",
    phase: "text",
    expires_at: "bigint",
    created_at: "bigint",
  },
  key: ["reservation_id"],
  write: "upsert",
};

export const ReservationEndTable: Projection = {
  table: "reservation_end",
  columns: {
    reservation_id: "text",
    raffle_id: "text",
    outcome: "text",
    numbers: "integer",
    at: "bigint",
  },
  key: ["reservation_id"],
  write: "upsert",
};

export const RaffleWinnerTable: Projection = {
  table: "raffle_winner",
  columns: {
    raffle_id: "text",
    prize: "integer",
    prize_name: "text",
    number: "integer",
    reservation_id: "text",
    player_id: "text",
    at: "bigint",
  },
  key: ["raffle_id", "prize"],
  write: "insert",
};

export const projections = [
  RaffleTable,
  ReservationClaimTable,
  ReservationEndTable,
  RaffleWinnerTable,
];

const raffleRow = (after: RaffleState): ProjectedRow => {
  const view = shown(after);
  const { organiserId, drawAt, title } = view.terms;
  const row = {
    raffle_id: view.raffleId,
    status: view.status,
    title,
    organiser_id: organiserId,
    draw_at: drawAt,
    created_at: view.createdAt,
    sold: view.soldCount,
    view,
  };
  return { projection: RaffleTable, row };
};

const claimRow = (
  { about, claims, raffleId }: RaffleState,
  reservationId: Sale["reservationId"],
): ReadonlyArray<ProjectedRow> => {
  const claim = claimOf(claims, reservationId);
  if (about === null || claim === undefined) return [];
  const row = {
    reservation_id: reservationId,
    raffle_id: raffleId,
    player_id: claim.playerId,
    numbers: claim.numbers,
    amount: priceOf(about, claim.numbers.length),
    phase: claim.phase,
    expires_at: claim.until,
    created_at: claim.since,
  };
  return [{ projection: ReservationClaimTable, row }];
};

const endRow = (
  raffleId: string,
  { numbers, reservationId }: Pick<Sale, "numbers" | "reservationId">,
  outcome: "sold" | "cancelled" | "expired" | "returned",
  at: number,
): ProjectedRow => ({
  projection: ReservationEndTable,
  row: { reservation_id: reservationId, raffle_id: raffleId, outcome, numbers: numbers.length, at },
});

export const project = (
  event: RaffleEvent,
  after: RaffleState,
  { at, entityId }: Meta,
  version: number,
): ReadonlyArray<ProjectedRow> => {
  const escrow = raffleEscrow(entityId);
  const posting = { kind: "raffle", entityId, version, firstLine: 0, at };
  switch (event._tag) {
    case "RaffleCreated":
    case "RaffleEdited":
    case "RafflePublished":
    case "RaffleSuspended":
    case "RaffleResumed":
    case "SaleClosed":
    case "RaffleCancelled":
      return [raffleRow(after)];
    case "NumbersReserved":
    case "NumberAdded":
    case "NumberRemoved":
    case "CheckedOut":
      return claimRow(after, event.reservationId);
    case "ClaimCancelled":
      return [endRow(entityId, event, "cancelled", event.at)];
    case "ClaimsExpired":
      return event.claims.map((claim) => endRow(entityId, claim, "expired", event.at));
    case "NumbersSold": {
      const { amountMinor, reservationId } = event;
      const paid = { debit: reservationAccount(reservationId), credit: escrow, amountMinor };
      return [
        endRow(entityId, event, "sold", event.at),
        raffleRow(after),
        ...post({ ...posting, purpose: "sale", ref: reservationId }, [paid]),
      ];
    }
    case "RaffleDrawn": {
      const { feeMinor, winners } = event;
      const fee = { debit: escrow, credit: house.raffles, amountMinor: feeMinor };
      return [
        raffleRow(after),
        ...winners.map((winner) => winnerRow(after, winner, event.at)),
        ...post({ ...posting, purpose: "raffle fee", ref: entityId }, [fee]),
      ];
    }
    case "PayoutUnclaimed": {
      const { amountMinor } = event;
      const kept = { debit: escrow, credit: house.unclaimed, amountMinor };
      return post({ ...posting, purpose: "unclaimed", ref: entityId }, [kept]);
    }
    case "SalesReturned":
      return returnedRows(event, after, posting);
    case "DeadlinesChecked":
    case "DrawBegun":
    case "RoundDue":
    case "PayoutMade":
    case "RefundsHandedOver":
    case "RefundsUnanswered":
    case "RefundsAnswered":
      return [];
  }
};

const winnerRow = (
  { about, raffleId }: RaffleState,
  winner: Extract<RaffleEvent, { readonly _tag: "RaffleDrawn" }>["winners"][number],
  at: number,
): ProjectedRow => {
  const { number, playerId, prize, reservationId } = winner;
  const row = {
    raffle_id: raffleId,
    prize,
    prize_name: about?.terms.prizes[prize]?.name ?? "",
    number,
    reservation_id: reservationId,
    player_id: playerId,
    at,
  };
  return { projection: RaffleWinnerTable, row };
};

const returnedRows = (
  { at, count }: Extract<RaffleEvent, { readonly _tag: "SalesReturned" }>,
  { about, raffleId, returned, sales }: RaffleState,
  posting: Pick<Parameters<typeof post>[0], "kind" | "entityId" | "version" | "firstLine" | "at">,
): ReadonlyArray<ProjectedRow> => {
  if (about === null) return [];
  const back = sales.slice(returned - count, returned);
  const transfers: ReadonlyArray<Transfer> = back.map(({ numbers, reservationId }) => ({
    debit: raffleEscrow(raffleId),
    credit: reservationAccount(reservationId),
    amountMinor: priceOf(about, numbers.length),
  }));
  return [
    ...back.map((sale) => endRow(raffleId, sale, "returned", at)),
    ...post({ ...posting, purpose: "sale returned", ref: raffleId }, transfers),
  ];
};
