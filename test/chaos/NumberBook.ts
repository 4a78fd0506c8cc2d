/**
 * Who has which numbers of one raffle, by its events alone and in a few lines that know nothing of how the product does it,
 * so that a fault there is not repeated here. At each moment a number belongs to nobody, to one reservation or to one buyer.
 */
import type { TaggedEvent } from "./Journal.ts";

export interface Owner {
  readonly reservationId: string;
  readonly playerId: string;
  readonly isSold: boolean;
}

interface Held {
  readonly reservationId: string;
  readonly playerId: string;
  readonly numbers: ReadonlyArray<number>;
}

export class NumberBook {
  #owners: ReadonlyMap<number, Owner> = new Map();
  /** When the time of each reservation is up that has not ended, epoch milliseconds. */
  readonly until = new Map<string, number>();

  /** As it is now; a later event leaves this one as it was. */
  get owners(): ReadonlyMap<number, Owner> {
    return this.#owners;
  }

  numbersOf(reservationId: string): ReadonlyArray<number> {
    return [...this.#owners]
      .flatMap(([number, owner]) => (owner.reservationId === reservationId ? [number] : []))
      .toSorted((one, other) => one - other);
  }

  /** Takes note of what has happened; what could not have, in sentences. */
  apply(event: TaggedEvent): ReadonlyArray<string> {
    const held = event as unknown as Held;
    const number = Number(event["number"]);
    switch (event._tag) {
      case "NumbersReserved":
        this.until.set(held.reservationId, Number(event["until"]));
        return this.#give(held, false);
      case "NumberAdded":
        return this.#give({ ...held, numbers: [number] }, false);
      case "NumberRemoved":
        return this.#take({ ...held, numbers: [number] });
      case "CheckedOut":
        this.until.set(held.reservationId, Number(event["until"]));
        return [];
      case "ClaimCancelled":
        return this.#end(held);
      case "ClaimsExpired":
        return (event["claims"] as ReadonlyArray<Held>).flatMap((claim) => this.#end(claim));
      case "NumbersSold": {
        // One that is late has nothing any more, and buys what is free.
        const isClaim = this.until.has(held.reservationId);
        return [...(isClaim ? this.#end(held) : []), ...this.#give(held, true)];
      }
      default:
        return [];
    }
  }

  #give({ numbers, playerId, reservationId }: Held, isSold: boolean): ReadonlyArray<string> {
    const owners = new Map(this.#owners);
    const wrong: Array<string> = [];
    for (const number of numbers) {
      const owner = owners.get(number);
      if (owner !== undefined)
        wrong.push(
          `${reservationId} gets number ${number}, which ${owner.reservationId} has ${owner.isSold ? "bought" : "reserved"}`,
        );
      owners.set(number, { reservationId, playerId, isSold });
    }
    this.#owners = owners;
    return wrong;
  }

  #take({ numbers, reservationId }: Held): ReadonlyArray<string> {
    const owners = new Map(this.#owners);
    const wrong: Array<string> = [];
    for (const number of numbers) {
      const owner = owners.get(number);
      if (owner?.reservationId !== reservationId || owner.isSold)
        wrong.push(`${reservationId} loses number ${number}, which it has not reserved`);
      else owners.delete(number);
    }
    this.#owners = owners;
    return wrong;
  }

  #end(held: Held): ReadonlyArray<string> {
    this.until.delete(held.reservationId);
    const wrong = this.#take(held);
    const kept = this.numbersOf(held.reservationId);
    return kept.length === 0
      ? wrong
      : [...wrong, `${held.reservationId} is over and keeps ${kept.join(", ")}`];
  }
}
