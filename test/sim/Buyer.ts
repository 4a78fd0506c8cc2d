/**
 * What a player does about raffles: one step after another towards tickets, with whatever reservation it thinks it has. It goes
 * astray as people do: it dawdles until the time is up, pays twice, gives up in the middle, and looks at the numbers.
 */
import { payReservation } from "../../entities/reservation/pay.ts";
import {
  addNumber,
  cancelReservation,
  moveToCheckout,
  removeNumber,
  reserve,
} from "../../entities/reservation/reservation.ts";
import { branded, type PlayerId, type ReservationId } from "../../rpc/id.ts";
import type { Intent } from "../../rpc/intent.ts";
import { Raffle } from "../../rpc/raffle.ts";
import type { ReservationBody } from "../../rpc/reservationBody.ts";
import type { AnyOutcome } from "../../src/actor/Message.ts";
import type { Chance } from "./Chance.ts";
import { RAFFLE_NUMBERS, RAFFLES } from "./Players.ts";
import type { Surroundings } from "./Surroundings.ts";
import type { Gateway, Wish } from "./Wish.ts";

/** Between two steps of one purchase; a reservation has a few seconds. */
const PAUSE_TO_MS = 700;
/** The others dawdle. */
const GOES_ON = 0.7;

/** The reservation as it was told last. */
interface Basket {
  readonly id: ReservationId;
  readonly phase: "selection" | "checkout";
  readonly numbers: ReadonlyArray<number>;
}

interface Self {
  readonly playerId: PlayerId;
  readonly intent: () => Intent;
  readonly insist: (wish: Wish) => Promise<AnyOutcome | undefined>;
}

export class Buyer {
  readonly #world: Surroundings;
  readonly #chance: Chance;
  readonly #self: Self;
  #basket: Basket | undefined;

  constructor(world: Surroundings, chance: Chance, self: Self) {
    this.#world = world;
    this.#chance = chance;
    this.#self = self;
  }

  /** Some steps, one soon after the other. */
  async act(): Promise<void> {
    const { clientLane, scheduler } = this.#world;
    await this.#step();
    while (this.#basket !== undefined && this.#chance.happens(GOES_ON)) {
      await scheduler.sleep(clientLane, this.#chance.skewed(1, PAUSE_TO_MS));
      await this.#step();
    }
  }

  async #step(): Promise<void> {
    const basket = this.#basket;
    if (basket === undefined) return this.#reserve();
    const isSelecting = basket.phase === "selection";
    const kind = this.#chance.weighted({
      choose: isSelecting ? 3 : 0.3,
      checkOut: isSelecting ? 6 : 0.5,
      pay: isSelecting ? 0.3 : 8,
      cancel: 1,
      reserve: 0.7,
      look: 1,
    });
    switch (kind) {
      case "choose":
        return this.#choose(basket);
      case "checkOut":
        return this.#checkOut(basket);
      case "pay":
        return this.#pay(basket);
      case "cancel":
        return this.#cancel(basket);
      case "reserve":
        return this.#reserve();
      case "look":
        return this.#look();
    }
  }

  async #reserve(): Promise<void> {
    const raffleId = this.#chance.pick(RAFFLES);
    const intent = this.#self.intent();
    const numbers = Array.from({ length: this.#chance.int(1, 3) }, () => this.#number());
    const outcome = await this.#self.insist({
      what: `reserve ${intent.key}`,
      do: ({ ask }) => reserve(ask, intent, raffleId, numbers),
    });
    this.#told(outcome);
  }

  async #choose({ id, numbers }: Basket): Promise<void> {
    const intent = this.#self.intent();
    const adds = this.#chance.happens(0.6);
    const number = adds ? this.#number() : this.#chance.pick(numbers);
    const outcome = await this.#self.insist({
      what: `${adds ? "add" : "remove"} ${number} ${id}`,
      do: ({ ask }): Promise<AnyOutcome> =>
        (adds ? addNumber : removeNumber)(ask, intent, id, number),
    });
    this.#told(outcome);
  }

  async #checkOut({ id }: Basket): Promise<void> {
    const intent = this.#self.intent();
    this.#told(
      await this.#self.insist({
        what: `check out ${id}`,
        do: ({ ask }) => moveToCheckout(ask, intent, id),
      }),
    );
  }

  async #pay({ id }: Basket): Promise<void> {
    const intent = this.#self.intent();
    const provider = this.#chance.pick(["wallet", "wallet", "sandbox_card"] as const);
    const how = { provider, returnUrl: "https://buyer.test/back", unavailable: () => undefined };
    const outcome = await this.#self.insist({
      what: `pay ${intent.key} ${id} by ${provider}`,
      do: ({ ask, lookUp, wait }: Gateway) =>
        payReservation({ ask, lookUp, pause: wait }, intent, id, how),
    });
    if (outcome?.ok !== true) return this.#told(outcome);
    const { isOver, reservation } = outcome.value as PaidBody;
    this.#world.sometimes(isOver ? "sold" : "card asked for");
    if (isOver) this.#world.witness.owns(this.#self.playerId, reservation);
    if (isOver || this.#chance.happens(0.5)) this.#basket = undefined;
  }

  async #cancel({ id }: Basket): Promise<void> {
    const intent = this.#self.intent();
    await this.#self.insist({
      what: `cancel ${id}`,
      do: ({ ask, lookUp }) => cancelReservation(ask, lookUp, intent, id),
    });
    this.#basket = undefined;
  }

  async #look(): Promise<void> {
    const raffleId = this.#chance.pick(RAFFLES);
    const { playerId } = this.#self;
    await this.#self.insist({
      what: `look at ${raffleId}`,
      // Two looks may see different things.
      isQuery: true,
      do: ({ ask }) => ask(Raffle, "GetGrid", { entityId: raffleId, playerId }),
    });
  }

  #told(outcome: AnyOutcome | undefined): void {
    if (outcome?.ok === true) {
      const { id, numbers, phase } = outcome.value as ReservationBody;
      if (phase === "selection" || phase === "checkout")
        this.#basket = {
          id: branded<ReservationId>(id),
          phase,
          numbers: numbers.map(({ number }) => number),
        };
      return;
    }
    const tag = (outcome?.error as { readonly _tag: string } | undefined)?._tag;
    if (tag === "NumberTaken") this.#world.sometimes("number taken");
    if (tag === "ReservationClosed" || tag === "ReservationNotFound") this.#basket = undefined;
  }

  #number(): number {
    return this.#chance.int(0, RAFFLE_NUMBERS - 1);
  }
}

interface PaidBody {
  readonly isOver: boolean;
  readonly reservation: ReservationBody;
}
