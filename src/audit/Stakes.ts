/**
 * Money set aside and what it is set aside for, brought together: every open hold belongs to a bet or cast that its
 * lobby knows, an offer that its favor knows or a payment that its reservation knows, and each of the first three has its
 * hold. Their owners are read before the wallets.
 *
 * Between the hold and the bet a wallet's money is held for something that no lobby has heard of yet. That is no fault
 * unless it has lasted: the wallet asks the owner about an old hold, and one of the two is done away with.
 */
import { HashMap } from "effect";
import { type FavorState, loanHold, paymentOf } from "../../entities/favor/state.ts";
import { favorAccount, inTransit } from "../../entities/ledger.ts";
import type { LobbyState } from "../../entities/lobby/state.ts";
import type { ReservationState } from "../../entities/reservation/state.ts";
import type { OpenHold, WalletState } from "../../entities/wallet/state.ts";
import type { PaymentStatus } from "../../rpc/payment.ts";
import { entityName, type OpenBet } from "./Books.ts";

/** From the time that a hold should be asked about to its end: an outage of its owner, and some attempts. */
const ANSWER_WITHIN_MS = 120_000;

/** While a payment by wallet is one of these, its money may be set aside. */
const MAY_BE_HELD: ReadonlySet<PaymentStatus> = new Set(["creating", "authorized", "cancelling"]);

/** What a hold is for. */
interface Stake {
  /** Who decides about it, as in sentences. */
  readonly owner: string;
  readonly noun: "bet" | "cast" | "offer" | "payment";
  readonly playerId: string;
  readonly amountMinor: number;
}

type Find = (entity: string, sentence: string) => void;

export class Stakes {
  readonly #find: Find;
  /** Stakes whose holds are open. */
  readonly #standing = new Map<string, Stake>();
  /** Bets of races that are not over which the table of bets has not named. */
  readonly #unlisted = new Map<string, Stake & { readonly raceId: string }>();
  /** Holds that their owner is about to end: they may be open or have ended. */
  readonly #ending = new Set<string>();
  /** Payments by wallet that are not at their end: their holds may not be there yet, be open or have ended. */
  readonly #payments = new Map<string, Stake>();
  /** Those of them that are open. */
  readonly #heldPayments = new Set<string>();
  readonly #unknown: Array<readonly [playerId: string, hold: OpenHold]> = [];
  /** Races being paid: the only ones with money in their pools. */
  readonly #settling = new Set<string>();
  /** Accounts of money between two wallets, with all that may be on them. */
  readonly #passing = new Map<string, number>();

  constructor(find: Find) {
    this.#find = find;
  }

  favor(favorId: string, { favor }: FavorState): void {
    if (favor === null) return;
    const { view, work } = favor;
    if (view.status === "offered") {
      const owner = entityName("favor", favorId);
      const { amountMinor, lenderId: playerId } = view;
      this.#standing.set(loanHold(view), { owner, noun: "offer", playerId, amountMinor });
    }
    if (work === null) return;
    if (work.step === "release" || work.step === "collect") this.#ending.add(work.holdId);
    if (work.step !== "release")
      this.#passing.set(favorAccount(favorId), paymentOf(view, work.leg).amountMinor);
  }

  reservation(reservationId: string, { checkout, payments }: ReservationState): void {
    if (checkout === null) return;
    const owner = entityName("reservation", reservationId);
    const { amountMinor, playerId } = checkout;
    for (const { paymentId, provider, status } of payments)
      if (provider === "wallet" && MAY_BE_HELD.has(status))
        this.#payments.set(paymentId, { owner, noun: "payment", playerId, amountMinor });
  }

  /** Whether a payment's money is set aside in its player's wallet; known when all wallets have been read. */
  isHeld(paymentId: string): boolean {
    return this.#heldPayments.has(paymentId);
  }

  lobby(lobbyId: string, { debts, phase, race }: LobbyState): void {
    for (const [holdId] of debts) this.#ending.add(holdId);
    if (race === null) return;
    const { raceId } = race;
    if (phase === "settling") this.#settling.add(raceId);
    if (race.finished !== null) return;
    const owner = entityName("lobby", lobbyId);
    for (const [betId, { playerId, stakeMinor: amountMinor }] of race.bets) {
      const stake = { owner, noun: "bet", playerId, amountMinor, raceId } as const;
      this.#standing.set(betId, stake);
      this.#unlisted.set(betId, stake);
    }
    for (const { castId, costMinor: amountMinor, playerId } of race.casts)
      this.#standing.set(castId, { owner, noun: "cast", playerId, amountMinor });
  }

  wallet(playerId: string, { holds, transfers }: WalletState): void {
    for (const hold of HashMap.values(holds)) {
      const { amountMinor, holdId } = hold;
      const payment = this.#payments.get(holdId);
      const stake = this.#standing.get(holdId) ?? payment;
      if (stake?.playerId === playerId) {
        this.#standing.delete(holdId);
        if (stake === payment) this.#heldPayments.add(holdId);
        if (stake.amountMinor !== amountMinor)
          this.#find(
            entityName("wallet", playerId),
            `hold ${holdId} is of ${amountMinor}, and the ${stake.noun} in ${stake.owner} of ${stake.amountMinor}`,
          );
      } else if (!this.#ending.has(holdId)) this.#unknown.push([playerId, hold]);
    }
    for (const [transferId, { amountMinor }] of transfers)
      this.#passing.set(inTransit(transferId), amountMinor);
  }

  /** An account of a race, a favor or a transfer that is not at zero. */
  openAccount(account: string, balanceMinor: number): void {
    const [, raceId] = /^race:(.+):pool$/.exec(account) ?? [];
    if (raceId === undefined) {
      if (this.#passing.get(account) !== balanceMinor)
        this.#find(account, `${balanceMinor} is on its way, and nobody is sending that`);
    } else if (!this.#settling.has(raceId))
      this.#find(
        account,
        `${balanceMinor} is left in the pool of a race that is not being settled`,
      );
  }

  acceptedBet({ betId, playerId, raceId, stakeMinor }: OpenBet): void {
    const stake = this.#unlisted.get(betId);
    this.#unlisted.delete(betId);
    if (stake?.playerId !== playerId || stake.amountMinor !== stakeMinor || stake.raceId !== raceId)
      this.#find(
        `bet ${betId}`,
        `its row says that ${playerId} has ${stakeMinor} on race ${raceId}, and no lobby has that bet open`,
      );
  }

  /** `lastAt` is when the journal's last entry was decided: while nothing runs, nothing is late. */
  finish(lastAt: number): void {
    for (const [playerId, { amountMinor, checkAt, holdId, owner }] of this.#unknown)
      if (checkAt + ANSWER_WITHIN_MS < lastAt)
        this.#find(
          entityName("wallet", playerId),
          `hold ${holdId} of ${amountMinor} should have been asked about at ${checkAt}, and nothing in ${owner.kind} ${owner.entityId} belongs to it`,
        );
    for (const [holdId, { amountMinor, noun, owner, playerId }] of this.#standing)
      this.#find(
        owner,
        `${noun} ${holdId} of ${amountMinor} stands, and the wallet of ${playerId} has no such hold`,
      );
    for (const [betId, { amountMinor, owner }] of this.#unlisted)
      this.#find(
        owner,
        `bet ${betId} of ${amountMinor} stands, and the table of bets does not say so`,
      );
  }
}
