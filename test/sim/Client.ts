/**
 * One simulated player: does one thing after another at whatever gateway it finds, and when an answer
 * stays away or says "come back" it asks again with the same key, here or elsewhere, as the protocol wants it.
 */
import {
  acceptFavor,
  declineFavor,
  offerFavor,
  repayFavor,
  withdrawFavor,
} from "../../entities/favor/favor.ts";
import { cancelBet, placeBet } from "../../entities/lobby/bet.ts";
import { castPower } from "../../entities/lobby/castPower.ts";
import { POWER_IDS } from "../../entities/lobby/race/power.ts";
import {
  Account,
  type BetId,
  branded,
  CommandId,
  type FavorId,
  type PlayerId,
} from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { AnyOutcome } from "../../src/actor/Message.ts";
import { Buyer } from "./Buyer.ts";
import type { Chance } from "./Chance.ts";
import { GRANT, LOBBIES, PLAYERS } from "./Players.ts";
import type { Runner } from "./Runner.ts";
import type { Wish } from "./Wish.ts";
import type { World } from "./World.ts";

/** A client that hears nothing for so long asks elsewhere. */
const PATIENCE_MS = 6000;
/** From a gateway's death to the moment that its clients notice. */
const NOTICED_TO_MS = 500;
const NO_GATEWAY_RETRY_MS = 200;
const THINK_TO_MS = 1400;
const LOOK_TO_MS = 2000;

/** Favors that have been offered, for all players to find. */
export interface Offers {
  readonly ids: Array<{
    readonly favorId: FavorId;
    readonly lender: PlayerId;
    readonly borrower: PlayerId;
  }>;
}

export class Client {
  readonly playerId: PlayerId;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #offers: Offers;
  readonly #bets: Array<BetId> = [];
  readonly #buyer: Buyer;
  #keys = 0;
  /** The wish it waits for; undefined between two. */
  waitsFor: string | undefined;

  constructor(world: World, playerId: PlayerId, chance: Chance, offers: Offers) {
    this.#world = world;
    this.playerId = playerId;
    this.#chance = chance;
    this.#offers = offers;
    this.#buyer = new Buyer(world, chance, {
      playerId,
      intent: () => this.#intent(),
      insist: (wish) => this.insist(wish),
    });
  }

  /** Plays until told to stop; resolves when the last wish has its answer. */
  async play(goesOn: () => boolean): Promise<void> {
    const { clientLane, scheduler } = this.#world;
    const entityId = this.playerId;
    const open = { entityId, commandId: CommandId.make("open"), grantMinor: GRANT };
    await this.insist({ what: "open", do: ({ ask }) => ask(Wallet, "Open", open) });
    while (goesOn()) {
      await scheduler.sleep(clientLane, this.#chance.skewed(1, THINK_TO_MS));
      const next = this.#wish();
      if (next !== undefined) await next();
    }
  }

  /** Looks at its wallet again and again, as a page that is open does. */
  async look(goesOn: () => boolean): Promise<void> {
    const { clientLane, scheduler } = this.#world;
    const entityId = this.playerId;
    const wish: Wish = { what: "look", do: ({ ask }) => ask(Wallet, "GetWallet", { entityId }) };
    for (;;) {
      await scheduler.sleep(clientLane, this.#chance.skewed(100, LOOK_TO_MS));
      if (!goesOn()) return;
      void this.#attempt(wish, () => {});
    }
  }

  /** A little money from outside. */
  deposit(): Wish {
    const { key } = this.#intent();
    const deposit = {
      entityId: this.playerId,
      commandId: CommandId.make(`deposit:${key}`),
      amountMinor: minor(1),
      account: Account.make("provider:card:clearing"),
      ref: key,
    };
    return { what: `deposit ${key}`, do: ({ ask }) => ask(Wallet, "Deposit", deposit) };
  }

  /**
   * Asks until there is an answer that is final; undefined when the client gives up, as some do. Every answer to one
   * wish has to be the same, however often and wherever it was asked.
   */
  async insist(wish: Wish): Promise<AnyOutcome | undefined> {
    const { clientLane, scheduler, weather } = this.#world;
    this.waitsFor = wish.what;
    let first: AnyOutcome | undefined;
    const compare = (outcome: AnyOutcome) => {
      if (!isFinal(outcome)) return;
      if (wish.isQuery === true) return void (first ??= outcome);
      if (first === undefined || UNREMEMBERED.has(tagOf(first))) first = outcome;
      else if (!UNREMEMBERED.has(tagOf(outcome)) && sameText(first) !== sameText(outcome))
        this.#world.fail(
          `${this.playerId}: ${wish.what} was answered ${sameText(first)} and then ${sameText(outcome)}`,
        );
    };
    try {
      for (;;) {
        const outcome = await this.#attempt(wish, compare);
        if (first !== undefined) {
          this.#world.note(`${this.playerId}: ${wish.what} → ${tagOf(first)}`);
          // A nervous player presses the button once more.
          if (this.#chance.happens(0.15)) void this.#attempt(wish, compare);
          return first;
        }
        if (this.#chance.happens(weather.abandonment)) {
          this.#world.note(`${this.playerId}: ${wish.what} given up`);
          return undefined;
        }
        const pauseMs = outcome === undefined ? 0 : retryAfterMs(outcome);
        await scheduler.sleep(clientLane, pauseMs * this.#chance.between(0.5, 1.5));
      }
    } finally {
      this.waitsFor = undefined;
    }
  }

  /** One request at one gateway: its answer, or undefined when the client stops waiting for it. */
  async #attempt(
    wish: Wish,
    heard: (outcome: AnyOutcome) => void,
  ): Promise<AnyOutcome | undefined> {
    const { clientLane, scheduler, weather } = this.#world;
    const delayMs = () => this.#chance.skewed(0.5, weather.messageDelayMs);
    const gateways = this.#world.living.filter(({ isLeaving }) => !isLeaving);
    if (gateways.length === 0) {
      await scheduler.sleep(clientLane, NO_GATEWAY_RETRY_MS);
      return undefined;
    }
    const gateway: Runner = this.#chance.pick(gateways);
    return new Promise((resolve) => {
      const cancelPatience = scheduler.after(clientLane, PATIENCE_MS, "impatient", () =>
        resolve(undefined),
      );
      const cancelNews = gateway.onEnd(() => {
        scheduler.after(clientLane, this.#chance.skewed(1, NOTICED_TO_MS), "hung up", () => {
          cancelPatience();
          resolve(undefined);
        });
      });
      scheduler.after(gateway.lane, delayMs(), wish.what, () => {
        const answered = (outcome: AnyOutcome) => {
          scheduler.after(clientLane, delayMs(), "answer", () => {
            cancelPatience();
            cancelNews();
            heard(outcome);
            resolve(outcome);
          });
        };
        wish
          .do(gateway)
          .then(answered, (defect: unknown) =>
            this.#world.fail(`${this.playerId}: ${wish.what} died: ${String(defect)}`),
          );
      });
    });
  }

  #intent() {
    const key = `k${++this.#keys}`;
    return { playerId: this.playerId, key, requestId: key };
  }

  /** What it does next; undefined when it cannot do what it thought of. */
  #wish(): (() => Promise<void>) | undefined {
    const kind = this.#chance.weighted({
      bet: 26,
      cancel: 6,
      cast: 9,
      transfer: 7,
      offer: 7,
      answer: 10,
      ticket: 40,
    });
    switch (kind) {
      case "bet":
        return () => this.#bet();
      case "cancel":
        return this.#bets.length === 0 ? undefined : () => this.#cancel();
      case "cast":
        return () => this.#cast();
      case "transfer":
        return () => this.#transfer();
      case "offer":
        return () => this.#offer();
      case "answer":
        return this.#offers.ids.length === 0 ? undefined : () => this.#answerOffer();
      case "ticket":
        return () => this.#buyer.act();
    }
  }

  async #bet(): Promise<void> {
    const lobbyId = this.#chance.pick(LOBBIES);
    const intent = this.#intent();
    const market = this.#chance.pick(["win", "place", "show"] as const);
    const body = {
      market,
      selection: [this.#chance.int(1, 8)],
      stake: minor(this.#chance.int(90, 6000)),
    };
    const outcome = await this.insist({
      what: `bet ${intent.key}`,
      do: ({ ask }) => placeBet(ask, intent, lobbyId, body),
    });
    if (outcome?.ok === true)
      this.#bets.push(branded<BetId>((outcome.value as { readonly bet_id: string }).bet_id));
  }

  async #cancel(): Promise<void> {
    const betId = this.#chance.pick(this.#bets.slice(-3));
    const intent = this.#intent();
    await this.insist({ what: `cancel ${betId}`, do: ({ ask }) => cancelBet(ask, intent, betId) });
  }

  async #cast(): Promise<void> {
    const lobbyId = this.#chance.pick(LOBBIES);
    const intent = this.#intent();
    const body = { power: this.#chance.pick(POWER_IDS), target: this.#chance.int(1, 8) };
    await this.insist({
      what: `cast ${intent.key}`,
      do: ({ ask }) => castPower(ask, intent, lobbyId, body),
    });
  }

  async #transfer(): Promise<void> {
    const { key } = this.#intent();
    const transfer = {
      entityId: this.playerId,
      commandId: CommandId.make(`transfer:${key}`),
      to: this.#chance.happens(0.1) ? branded<PlayerId>("nobody") : this.#chance.pick(PLAYERS),
      amountMinor: minor(this.#chance.int(1, 9000)),
      ref: key,
    };
    await this.insist({
      what: `transfer ${key}`,
      do: ({ ask }) => ask(Wallet, "Transfer", transfer),
    });
  }

  async #offer(): Promise<void> {
    const intent = this.#intent();
    const borrower = this.#chance.pick(PLAYERS.filter((player) => player !== this.playerId));
    const amount = this.#chance.int(100, 8000);
    const body = {
      to: borrower,
      amount: minor(amount),
      repay: minor(amount + this.#chance.int(0, 500)),
      due_in_seconds: this.#chance.int(1, 40),
    };
    const outcome = await this.insist({
      what: `offer ${intent.key}`,
      do: ({ ask }) => offerFavor(ask, intent, body),
    });
    if (outcome?.ok !== true) return;
    const favorId = branded<FavorId>((outcome.value as { readonly favor_id: string }).favor_id);
    this.#offers.ids.push({ favorId, lender: this.playerId, borrower });
  }

  async #answerOffer(): Promise<void> {
    const mine = this.#offers.ids.filter(
      ({ borrower, lender }) => borrower === this.playerId || lender === this.playerId,
    );
    if (mine.length === 0) return;
    const { borrower, favorId } = this.#chance.pick(mine.slice(-6));
    const intent = this.#intent();
    const verb =
      borrower !== this.playerId
        ? "withdraw"
        : this.#chance.weighted({ accept: 5, decline: 1, repay: 5 });
    const answer = {
      accept: acceptFavor,
      decline: declineFavor,
      repay: repayFavor,
      withdraw: withdrawFavor,
    }[verb];
    await this.insist({
      what: `${verb} ${favorId}`,
      do: ({ ask }): Promise<AnyOutcome> => answer(ask, intent, favorId),
    });
  }
}

const tagOf = (outcome: AnyOutcome) =>
  outcome.ok ? "ok" : (outcome.error as { readonly _tag: string })._tag;

/** Answers of queries that come before anything is asked for: what was missing then may be there later. */
const UNREMEMBERED = new Set([
  "BorrowerNotFound",
  "LobbyNotFound",
  "FavorNotFound",
  "RaffleNotFound",
  "ReservationNotFound",
]);

const isFinal = (outcome: AnyOutcome) => outcome.ok || tagOf(outcome) !== "Unavailable";

const retryAfterMs = (outcome: AnyOutcome) =>
  outcome.ok ? 0 : ((outcome.error as { readonly retryAfterMs?: number }).retryAfterMs ?? 0);

/** Whether it was the first time is all that may differ. */
const sameText = (outcome: AnyOutcome) =>
  outcome.ok ? JSON.stringify(outcome.value) : tagOf(outcome);
