/**
 * What a raffle has to do elsewhere: fetch the round that its draw waits for, pay its organiser, and when it was cancelled
 * hand every sale back to its reservation, which sees to the refund. Each step may be done again: command ids name the
 * raffle or the reservation that it is about. A reservation that does not answer keeps none of the others waiting: it is told
 * again, and the house can see it.
 */
import { branded, type CommandId, type ReservationId } from "../../rpc/id.ts";
import { Reservation } from "../../rpc/reservation.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Ask } from "../../src/actor/Ask.ts";
import type { Process, ProcessContext } from "../../src/actor/DurableActor.ts";
import { raffleEscrow } from "../ledger.ts";
import type { Beacon } from "./beacon.ts";
import type { RaffleInternal } from "./decider.ts";
import type { Sale } from "./Sales.ts";
import { isAllReturned, type RaffleState, type Unanswered } from "./state.ts";

/** Sales handed back at a time: enough to share commits, few enough to leave the reservations room. */
const CONCURRENT_RETURNS = 100;
/**
 * Where so many do not answer, something is wrong that is not theirs: no further money leaves the escrow until some have. One
 * more round may come on top.
 */
const MAX_UNANSWERED = 100;
/** As much of the reason as is kept for the house to read. */
const MAX_WHY_CHARACTERS = 200;

type Context = ProcessContext<RaffleState, RaffleInternal>;

/** A payout that is still in escrow, and whose it is. */
const payoutOf = ({ about }: RaffleState) => {
  if (about?.drawn?.isPaidOut !== false || about.terms.organiserId === null) return undefined;
  return { organiserId: about.terms.organiserId, amountMinor: about.drawn.payoutMinor };
};

const owesReturns = (state: RaffleState) =>
  state.about?.status === "cancelled" && !isAllReturned(state);

/** Sales whose turn is now: one reservation that does not answer keeps no other waiting, but very many do. */
const hasNext = ({ handedOver, sales, unanswered }: RaffleState) =>
  handedOver < sales.count && unanswered.length < MAX_UNANSWERED;

export const process = (beacon: Beacon): Process<RaffleState, RaffleInternal> => ({
  outstanding: (state) =>
    state.about?.awaiting?.isDue === true || payoutOf(state) !== undefined || owesReturns(state),
  run: async (context) => {
    await fetchRound(beacon, context);
    await payOut(context);
    if (owesReturns(context.state())) await handAllBack(context);
  },
});

const fetchRound = async (beacon: Beacon, { state, tell }: Context): Promise<void> => {
  const { about } = state();
  const chain = about?.rules.beacon ?? null;
  if (about?.awaiting?.isDue !== true || chain === null) return;
  const round = await beacon.round(chain, about.awaiting.round);
  if (round === undefined) throw new Error(`the beacon has no round ${about.awaiting.round} yet`);
  await tell({ _tag: "TakeRound", round });
};

const payOut = async ({ ask, entityId, state, tell }: Context): Promise<void> => {
  const payout = payoutOf(state());
  if (payout === undefined) return;
  const paid = await ask(Wallet, "Deposit", {
    entityId: payout.organiserId,
    commandId: branded<CommandId>(`payout:${entityId}`),
    amountMinor: payout.amountMinor,
    account: raffleEscrow(entityId),
    ref: entityId,
  });
  // Only a refusal is final. Anything else leaves it unknown whether it arrived: it is asked again.
  if (!paid.ok && paid.error._tag !== "BalanceLimit" && paid.error._tag !== "WalletNotFound")
    throw new Error(`payout of ${entityId}: ${paid.error.message}`);
  await tell({ _tag: "FinishPayout", refused: !paid.ok });
};

const handAllBack = async (context: Context): Promise<void> => {
  const { unanswered } = context.state();
  while (hasNext(context.state())) if (!(await handBack(context))) return;
  if (unanswered.length > 0) await askAgain(context, unanswered);
};

/** The next sales; false when this copy of the raffle cannot go on. */
const handBack = async (context: Context): Promise<boolean> => {
  const { state, tell } = context;
  const { handedOver, returned, sales } = state();
  if (returned === handedOver) return tell({ _tag: "ReturnSales", count: CONCURRENT_RETURNS });
  const unanswered = await refundAll(context, sales.slice(handedOver, returned));
  return tell({ _tag: "RefundsHandedOver", upTo: returned, unanswered });
};

/** Those that did not answer in an earlier run. Failing, it is tried again with growing pauses, for ever, and the log says why. */
const askAgain = async (
  context: Context,
  silent: ReadonlyArray<Pick<Sale, "reservationId">>,
): Promise<void> => {
  const still = await refundAll(context, silent);
  const left = new Set(still.map(({ reservationId }) => reservationId));
  const reservationIds = silent
    .map(({ reservationId }) => reservationId)
    .filter((reservationId) => !left.has(reservationId));
  const hasNews = reservationIds.length > 0;
  if (hasNews && !(await context.tell({ _tag: "RefundsAnswered", reservationIds }))) return;
  const [first] = still;
  if (first !== undefined)
    throw new Error(
      `reservations that do not answer: ${still.length}, such as ${first.reservationId}: ${first.why}`,
    );
};

/** Tells each to give its money back; those that have not answered, and why. */
const refundAll = async (
  context: Context,
  sales: ReadonlyArray<Pick<Sale, "reservationId">>,
): Promise<ReadonlyArray<Omit<Unanswered, "since">>> => {
  const { ask, state } = context;
  const reason = state().about?.reason ?? "";
  const refunds = sales.map(({ reservationId }) =>
    refund(ask, reservationId, reason).then(
      () => [],
      (cause: unknown) => [{ reservationId, why: whyOf(cause) }],
    ),
  );
  return (await Promise.all(refunds)).flat();
};

const whyOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).slice(0, MAX_WHY_CHARACTERS);

/**
 * Once the reservation has answered, the refund is its own work. One that there is not was never paid for through us: its
 * money stays on its account, for the house to see to, and keeps nobody else waiting.
 */
const refund = async (ask: Ask, reservationId: ReservationId, reason: string): Promise<void> => {
  const told = await ask(Reservation, "Refund", {
    entityId: reservationId,
    commandId: branded<CommandId>(`refund:${reservationId}`),
    reason,
  });
  if (!told.ok && told.error._tag !== "ReservationNotFound") throw new Error(told.error.message);
};
