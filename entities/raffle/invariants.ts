/**
 * What is always true of a raffle, as code: asserted after every step of the property tests, and over the whole database
 * by the audit.
 */
import { HashMap } from "effect";
import { MAX_NUMBERS_PER_RESERVATION } from "../../rpc/raffle.ts";
import { commitment } from "./draw/pick.ts";
import { type About, ascending, priceOf, type RaffleState } from "./state.ts";

type Check = (holds: boolean, sentence: string) => void;

/** The sentences that a raffle's state breaks; none for a sound one. */
export const broken = (state: RaffleState): ReadonlyArray<string> => {
  const found: Array<string> = [];
  const check: Check = (holds, sentence) => void (holds || found.push(sentence));
  const { about, claims, handedOver, returned, sales, unanswered } = state;
  if (about === null) {
    check(
      HashMap.isEmpty(claims.byId) && sales.count === 0,
      "nothing is sold before there is a raffle",
    );
    return found;
  }
  checkNumbers(state, about, check);
  const { status } = about;
  const isOnSale = status === "active" || status === "suspended";
  check(
    isOnSale || HashMap.isEmpty(claims.byId),
    "numbers are claimed only while they are on sale",
  );
  check(status !== "draft" || sales.count === 0, "a draft has sold nothing");
  check(
    handedOver <= returned && returned <= sales.count,
    "what is handed over was returned before",
  );
  check(returned === 0 || status === "cancelled", "only a cancelled raffle returns its sales");
  const told = new Set(sales.slice(0, handedOver).map(({ reservationId }) => reservationId));
  const silent = new Set(unanswered.map(({ reservationId }) => reservationId));
  check(silent.size === unanswered.length, "a reservation is waited for once");
  check(
    [...silent].every((id) => told.has(id)),
    "only who was told is waited for",
  );
  checkDraw(state, about, check);
  return found;
};

/** Each number belongs to nobody, to one claim or to one sale. */
const checkNumbers = ({ claims, sales }: RaffleState, { terms }: About, check: Check): void => {
  const owned = new Set<number>();
  const own = (numbers: ReadonlyArray<number>, what: string) => {
    for (const number of numbers) {
      check(!owned.has(number), `number ${number} has one owner`);
      check(number < terms.totalNumbers, `there is a number ${number}`);
      owned.add(number);
    }
    check(ascending(numbers).join() === numbers.join(), `the numbers of ${what} ascend`);
    check(
      numbers.length >= 1 && numbers.length <= MAX_NUMBERS_PER_RESERVATION,
      `${what} has 1 to ${MAX_NUMBERS_PER_RESERVATION} numbers`,
    );
  };
  let reserved = 0;
  for (const claim of HashMap.values(claims.byId)) {
    const { numbers, playerId, reservationId, until } = claim;
    own(numbers, reservationId);
    reserved += numbers.length;
    check(
      numbers.every((number) => claims.numbers.has(number)),
      `${reservationId}'s are reserved`,
    );
    check(until >= (claims.nextExpiry ?? Infinity), `the alarm is set for ${reservationId}`);
    const mine = HashMap.get(claims.ofPlayer, playerId);
    check(mine._tag === "Some" && mine.value === reservationId, `${playerId} has one claim`);
    check(sales.find(reservationId) === undefined, `${reservationId} is a claim or a sale`);
  }
  check(claims.numbers.count === reserved, "a number is reserved because it is claimed");
  check(HashMap.size(claims.ofPlayer) === HashMap.size(claims.byId), "a claim has one player");
  check(
    (claims.nextExpiry === null) === HashMap.isEmpty(claims.byId),
    "the alarm is set while there are claims",
  );
  let sold = 0;
  for (const sale of sales) {
    own(sale.numbers, sale.reservationId);
    sold += sale.numbers.length;
    check(
      sale.numbers.every((n) => sales.numbers.has(n) && sales.holding(n) === sale),
      `${sale.reservationId}'s numbers are sold to it`,
    );
    check(sales.find(sale.reservationId) === sale, `${sale.reservationId} is found`);
  }
  check(sales.numbers.count === sold, "a number is sold because there is a sale of it");
};

const checkDraw = ({ sales }: RaffleState, about: About, check: Check): void => {
  const { closedAt, drawn, seed, status, terms, tickets } = about;
  check(
    (closedAt !== null) === (tickets !== null),
    "the list of tickets is final once it is closed",
  );
  check(
    tickets === null || tickets.count === sales.numbers.count,
    "nothing is sold after the close",
  );
  check(
    seed === null || seed.commitment === commitment(seed.serverSeed),
    "the commitment is the seed's",
  );
  check(
    (seed === null) === (about.publishedAt === null),
    "the seed is committed to when it is published",
  );
  check((status === "completed") === (drawn !== null), "it is completed when it is drawn");
  check(about.awaiting === null || status === "closed", "a draw waits after the close");
  if (drawn === null) return;
  const { feeMinor, payoutMinor, winners } = drawn;
  check(
    feeMinor + payoutMinor === priceOf(about, sales.numbers.count),
    "the revenue is fee and payout",
  );
  check(
    winners.length === Math.min(terms.prizes.length, sales.numbers.count),
    "each prize is won while there are tickets",
  );
  check(new Set(winners.map(({ number }) => number)).size === winners.length, "a ticket wins once");
  check(
    winners.every(
      ({ number, playerId, reservationId }) =>
        sales.holding(number)?.reservationId === reservationId &&
        sales.holding(number)?.playerId === playerId,
    ),
    "a winner has bought the number",
  );
};
