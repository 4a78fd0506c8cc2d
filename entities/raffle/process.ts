/**
 * What a raffle has to do elsewhere: fetch the round that its draw waits for, pay its organiser, and when it was cancelled
 * hand every sale back to its reservation, which sees to the refund. Each step may be done again: command ids name the
 * raffle or the reservation that it is about.
 */
import { branded, type CommandId } from "../../rpc/id.ts";
import { Reservation } from "../../rpc/reservation.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Process, ProcessContext } from "../../src/actor/DurableActor.ts";
import { raffleEscrow } from "../ledger.ts";
import type { Beacon } from "./beacon.ts";
import type { RaffleInternal } from "./decider.ts";
import type { Sale } from "./Sales.ts";
import type { RaffleState } from "./state.ts";

/** Sales handed back at a time: enough to share commits, few enough to leave the reservations room. */
const CONCURRENT_RETURNS = 100;

type Context = ProcessContext<RaffleState, RaffleInternal>;

/** A payout that is still in escrow, and whose it is. */
const payoutOf = ({ about }: RaffleState) => {
  if (about?.drawn?.isPaidOut !== false || about.terms.organiserId === null) return undefined;
  return { organiserId: about.terms.organiserId, amountMinor: about.drawn.payoutMinor };
};

const owesReturns = ({ about, handedOver, sales }: RaffleState) =>
  about?.status === "cancelled" && handedOver < sales.count;

export const process = (beacon: Beacon): Process<RaffleState, RaffleInternal> => ({
  outstanding: (state) =>
    state.about?.awaiting?.isDue === true || payoutOf(state) !== undefined || owesReturns(state),
  run: async (context) => {
    await fetchRound(beacon, context);
    await payOut(context);
    while (owesReturns(context.state())) if (!(await handBack(context))) return;
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

/** The next sales; false when this copy of the raffle cannot go on. */
const handBack = async (context: Context): Promise<boolean> => {
  const { state, tell } = context;
  const { handedOver, returned } = state();
  if (returned === handedOver) return tell({ _tag: "ReturnSales", count: CONCURRENT_RETURNS });
  const reason = state().about?.reason ?? "";
  const sales = state().sales.slice(handedOver, returned);
  await Promise.all(sales.map((sale) => refund(context, sale, reason)));
  return tell({ _tag: "RefundsHandedOver", upTo: returned });
};

/**
 * Once the reservation has answered, the refund is its own work. One that there is not was never paid for through us: its
 * money stays on its account, for the house to see to, and keeps nobody else waiting.
 */
const refund = async ({ ask }: Context, { reservationId }: Sale, reason: string) => {
  const told = await ask(Reservation, "Refund", {
    entityId: reservationId,
    commandId: branded<CommandId>(`refund:${reservationId}`),
    reason,
  });
  if (!told.ok && told.error._tag !== "ReservationNotFound")
    throw new Error(`refund of ${reservationId}: ${told.error.message}`);
};
