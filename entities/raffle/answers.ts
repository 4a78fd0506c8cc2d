/** What a raffle answers to those who read it. */
import { type Raffle, RaffleNotFound, ReservationNotFound } from "../../rpc/raffle.ts";
import { answer, type Decider, reject } from "../../src/actor/Decider.ts";
import { claimOf, claimOfPlayer } from "./Claims.ts";
import type { RaffleEvent } from "./events.ts";
import type { About, RaffleState } from "./state.ts";
import { ticketListOf } from "./ticketList.ts";
import { booksOf, claimView, drawView, numbersOf, saleView, viewOf } from "./view.ts";

/** Numbers of one answer with their states; all of them come as bitmaps. */
const MAX_NUMBERS_PER_ANSWER = 1_000;

/** Answers from a raffle that there is. */
const known =
  <Query extends { readonly entityId: string }, A>(
    answers: (state: RaffleState, about: About, query: Query) => A,
  ) =>
  (state: RaffleState, query: Query) =>
    state.about === null
      ? reject(new RaffleNotFound({ raffleId: query.entityId }))
      : answers(state, state.about, query);

export const answers: Decider<typeof Raffle, RaffleState, RaffleEvent>["answer"] = {
  GetRaffle: known((state, about) => answer(viewOf(state, about))),
  GetBooks: known((state, about) => answer(booksOf(state, about))),
  GetDraw: known((state, about) => answer(drawView(state, about))),
  GetTickets: known((state, { tickets }) =>
    answer({ tickets: tickets === null ? [] : ticketListOf(state.sales).tickets }),
  ),

  GetNumbers: known((state, { terms }, { limit, offset, playerId }) => {
    const { claims, sales, stateVersion } = state;
    const { totalNumbers } = terms;
    const mine = new Set(playerId === undefined ? [] : numbersOf(state, playerId));
    const from = Math.max(0, offset);
    const to = Math.min(from + Math.min(limit, MAX_NUMBERS_PER_ANSWER), totalNumbers);
    const statusOf = (number: number) =>
      sales.numbers.has(number) ? "sold" : claims.numbers.has(number) ? "reserved" : "available";
    const numbers = Array.from(
      { length: Math.max(0, to - from) },
      (_, i) =>
        ({
          number: from + i,
          status: statusOf(from + i),
          mine: mine.has(from + i),
        }) as const,
    );
    return answer({ numbers, totalNumbers, stateVersion });
  }),

  GetGrid: known((state, about, { playerId }) =>
    answer({
      raffle: viewOf(state, about),
      reserved: state.claims.numbers.toBase64(),
      sold: state.sales.numbers.toBase64(),
      mine: playerId === undefined ? [] : numbersOf(state, playerId),
    }),
  ),

  GetClaim: known((state, about, { reservationId }) => {
    const claim = claimOf(state.claims, reservationId);
    if (claim !== undefined) return answer(claimView(state, about, claim));
    const sale = state.sales.find(reservationId);
    return sale === undefined
      ? reject(new ReservationNotFound({ reservationId }))
      : answer(saleView(state, about, sale));
  }),

  GetClaimOf: (state, { entityId, playerId }, { at }) => {
    if (state.about === null) return reject(new RaffleNotFound({ raffleId: entityId }));
    const claim = claimOfPlayer(state.claims, playerId);
    const isLive = claim !== undefined && at < claim.until;
    return answer(isLive ? claimView(state, state.about, claim) : null);
  },
};
