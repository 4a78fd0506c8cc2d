/**
 * Money set aside and what it is set aside for, brought together: every open hold belongs to a bet or cast that its
 * lobby knows, and every bet and cast of a race that is not over has its hold. Lobbies are read first.
 *
 * Between the hold and the bet a wallet's money is held for something that no lobby has heard of yet. That is no fault
 * unless it has lasted: the wallet asks the lobby about an old hold, and one of the two is done away with.
 */
import { HashMap } from "effect";
import type { LobbyState } from "../../entities/lobby/state.ts";
import type { OpenHold, WalletState } from "../../entities/wallet/state.ts";
import { entityName, type OpenBet } from "./Books.ts";

/** From the time that a hold should be asked about to its end: an outage of a lobby, and some attempts. */
const ANSWER_WITHIN_MS = 120_000;

interface Stake {
  readonly lobbyId: string;
  readonly playerId: string;
  readonly amountMinor: number;
  readonly raceId: string;
  readonly isBet: boolean;
}

type Find = (entity: string, sentence: string) => void;

export class Stakes {
  readonly #find: Find;
  /** Bets and casts of races that are not over: their holds are open. */
  readonly #standing = new Map<string, Stake>();
  /** Bets of races that are not over which the table of bets has not named. */
  readonly #unlisted = new Map<string, Stake>();
  /** Holds that a lobby is about to end: they may be open or have ended. */
  readonly #ending = new Set<string>();
  readonly #unknown: Array<readonly [playerId: string, hold: OpenHold]> = [];
  /** Races being paid: the only ones with money in their pools. */
  readonly #settling = new Set<string>();
  readonly #transfers = new Map<string, number>();

  constructor(find: Find) {
    this.#find = find;
  }

  lobby(lobbyId: string, { debts, phase, race }: LobbyState): void {
    for (const [holdId] of debts) this.#ending.add(holdId);
    if (race === null) return;
    const { raceId } = race;
    if (phase === "settling") this.#settling.add(raceId);
    if (race.finished !== null) return;
    for (const [betId, { playerId, stakeMinor }] of race.bets) {
      const stake = { lobbyId, playerId, amountMinor: stakeMinor, raceId, isBet: true };
      this.#standing.set(betId, stake);
      this.#unlisted.set(betId, stake);
    }
    for (const { castId, costMinor, playerId } of race.casts) {
      const stake = { lobbyId, playerId, amountMinor: costMinor, raceId, isBet: false };
      this.#standing.set(castId, stake);
    }
  }

  wallet(playerId: string, { holds, transfers }: WalletState): void {
    for (const hold of HashMap.values(holds)) {
      const { amountMinor, holdId } = hold;
      const stake = this.#standing.get(holdId);
      if (stake?.playerId === playerId) {
        this.#standing.delete(holdId);
        if (stake.amountMinor !== amountMinor)
          this.#find(
            entityName("wallet", playerId),
            `hold ${holdId} is of ${amountMinor}, and the ${nounOf(stake)} in lobby ${stake.lobbyId} of ${stake.amountMinor}`,
          );
      } else if (!this.#ending.has(holdId)) this.#unknown.push([playerId, hold]);
    }
    for (const [transferId, { amountMinor }] of transfers)
      this.#transfers.set(transferId, amountMinor);
  }

  /** An account of a race or a transfer that is not at zero. */
  openAccount(account: string, balanceMinor: number): void {
    const [, raceId] = /^race:(.+):pool$/.exec(account) ?? [];
    const [, transferId] = /^transfer:(.+)$/.exec(account) ?? [];
    if (raceId !== undefined && !this.#settling.has(raceId))
      this.#find(
        account,
        `${balanceMinor} is left in the pool of a race that is not being settled`,
      );
    if (transferId !== undefined && this.#transfers.get(transferId) !== balanceMinor)
      this.#find(account, `${balanceMinor} is on its way, and no wallet is sending that`);
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
          `hold ${holdId} of ${amountMinor} should have been asked about at ${checkAt}, and no bet or cast in ${owner.kind} ${owner.entityId} belongs to it`,
        );
    for (const [holdId, stake] of this.#standing)
      this.#find(
        entityName("lobby", stake.lobbyId),
        `${nounOf(stake)} ${holdId} of ${stake.amountMinor} stands, and the wallet of ${stake.playerId} has no such hold`,
      );
    for (const [betId, { amountMinor, lobbyId }] of this.#unlisted)
      this.#find(
        entityName("lobby", lobbyId),
        `bet ${betId} of ${amountMinor} stands, and the table of bets does not say so`,
      );
  }
}

const nounOf = ({ isBet }: Stake) => (isBet ? "bet" : "cast");
