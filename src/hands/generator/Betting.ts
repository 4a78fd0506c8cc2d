/**
 * The rules of betting: who acts, what he may do, what it puts in. What he does of it is chance.
 *
 * A raise must be at least as large as the last one; who has less goes all-in for what he has, and that raises the price for
 * the others but gives no one who has acted the right to raise again.
 */
import type { ActionKind, HandAction, HandLimit } from "../../../rpc/hand.ts";
import type { Dice } from "./Dice.ts";

export interface BettingPlayer {
  readonly name: string;
  readonly seat: number;
  stack: number;
  /** Put in on this street, antes left out. */
  inStreet: number;
  inAll: number;
  folded: boolean;
}

/** A bet and four raises are the most in limit games. */
const MAX_LIMIT_RAISES = 4;
const FOLD_PERCENT = 55;
const RAISE_PERCENT = 18;
const BET_PERCENT = 35;
/** No hand needs more; chance alone could go on for long where stacks are deep. */
const MAX_RAISES = 6;

export interface BettingRules {
  readonly limit: HandLimit;
  /** The least bet, and in limit games the only one: it doubles on later streets. */
  readonly bet: number;
}

export class Betting {
  readonly players: ReadonlyArray<BettingPlayer>;
  readonly #dice: Dice;
  readonly #limit: HandLimit;
  #highest = 0;
  #bet: number;
  /** The least that the next raise must add. */
  #raise: number;
  #raises = 0;

  /** `players`: those who were dealt in, in the order in which they sit. */
  constructor(dice: Dice, rules: BettingRules, players: ReadonlyArray<BettingPlayer>) {
    this.#dice = dice;
    this.#limit = rules.limit;
    this.#bet = rules.bet;
    this.#raise = rules.bet;
    this.players = players;
  }

  get contenders(): ReadonlyArray<BettingPlayer> {
    return this.players.filter((player) => !player.folded);
  }

  get #pot(): number {
    return this.players.reduce((sum, player) => sum + player.inAll, 0);
  }

  /** An ante, a blind or a bring-in: what the player has of it. */
  post(player: BettingPlayer, kind: ActionKind, amount: number): HandAction {
    const put = Math.min(amount, player.stack);
    const broke = put === player.stack;
    if (kind === "ante") this.#pay(player, put, false);
    else this.#pay(player, put, true);
    return { player: player.name, kind, put, ...(broke ? { allIn: true as const } : {}) };
  }

  /** Who comes next has this to pay, even where the blind itself was shorter. */
  demand(amount: number): void {
    this.#highest = Math.max(this.#highest, amount);
  }

  beginStreet(bet: number): void {
    for (const player of this.players) player.inStreet = 0;
    this.#highest = 0;
    this.#bet = bet;
    this.#raise = bet;
    this.#raises = 0;
  }

  /** Everyone from `first` on acts until all have paid the same or are all-in. */
  round(first: number): Array<HandAction> {
    const actions: Array<HandAction> = [];
    const count = this.players.length;
    const order = this.players.map((_, at) => this.players[(first + at) % count]!);
    let waiting = order.map((player) => ({ player, mayRaise: true }));
    while (waiting.length > 0 && this.contenders.length > 1) {
      const { player, mayRaise } = waiting.shift()!;
      if (player.folded || player.stack === 0) continue;
      const owes = this.#highest - player.inStreet;
      const opponents = this.contenders.some((other) => other !== player && other.stack > 0);
      if (owes <= 0 && !opponents) continue;
      const before = this.#highest;
      const fullRaise = this.#raise;
      const action = this.#act(player, owes, mayRaise && opponents);
      actions.push(action);
      if (this.#highest === before) continue;
      const full = this.#highest - before >= fullRaise;
      const at = order.indexOf(player);
      const later = [...order.slice(at + 1), ...order.slice(0, at)];
      const acted = new Set(later.filter((other) => !waiting.some((one) => one.player === other)));
      waiting = later.map((other) => ({ player: other, mayRaise: full || !acted.has(other) }));
    }
    return actions;
  }

  #act(player: BettingPlayer, owes: number, mayRaise: boolean): HandAction {
    const dice = this.#dice;
    const { name } = player;
    if (mayRaise && dice.chance(owes > 0 ? RAISE_PERCENT : BET_PERCENT)) {
      const raised = this.#raiseBy(player);
      if (raised !== undefined) return raised;
    }
    if (owes <= 0) return { player: name, kind: "check", put: 0 };
    if (dice.chance(FOLD_PERCENT)) {
      player.folded = true;
      return { player: name, kind: "fold", put: 0 };
    }
    const put = Math.min(owes, player.stack);
    const broke = put === player.stack;
    this.#pay(player, put, true);
    return { player: name, kind: "call", put, ...(broke ? { allIn: true as const } : {}) };
  }

  #raiseBy(player: BettingPlayer): HandAction | undefined {
    const most = player.inStreet + player.stack;
    const total = this.#size(player, most);
    if (total === undefined || total <= this.#highest) return undefined;
    const kind = this.#highest === 0 ? "bet" : "raise";
    const put = total - player.inStreet;
    this.#raise = Math.max(this.#raise, total - this.#highest);
    this.#raises += 1;
    this.#pay(player, put, true);
    return {
      player: player.name,
      kind,
      put,
      ...(kind === "raise" ? { to: total } : {}),
      ...(total === most ? { allIn: true as const } : {}),
    };
  }

  /** The total that a bet or raise makes of what is in on the street. */
  #size(player: BettingPlayer, most: number): number | undefined {
    if (this.#limit === "fixed_limit") {
      // The next whole bet: a bring-in, or an all-in for less, is completed to it.
      const next = (Math.floor(this.#highest / this.#bet) + 1) * this.#bet;
      return this.#raises >= MAX_LIMIT_RAISES ? undefined : Math.min(next, most);
    }
    const least = this.#highest + this.#raise;
    if (this.#raises >= MAX_RAISES) return undefined;
    const owes = Math.max(0, this.#highest - player.inStreet);
    const potSized = this.#highest + this.#pot + owes;
    const cap = this.#limit === "pot_limit" ? Math.min(most, potSized) : most;
    if (cap <= least || this.#dice.chance(15)) return cap;
    return this.#dice.chance(40) ? least : Math.min(cap, this.#dice.between(least, potSized));
  }

  #pay(player: BettingPlayer, put: number, onStreet: boolean): void {
    player.stack -= put;
    player.inAll += put;
    if (!onStreet) return;
    player.inStreet += put;
    this.#highest = Math.max(this.#highest, player.inStreet);
  }
}
