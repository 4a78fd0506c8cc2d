/**
 * What a raffle has sold: a list that only grows, with an index by reservation and by number. A state sees the sales up
 * to its own count. All states of one history share the list, so a sale costs one append and copies nothing; should a state
 * be carried on in two ways, the second copies the list first, so that no state ever sees another's sales.
 */
import type { PaymentId, PlayerId, ReservationId } from "../../rpc/id.ts";
import { NumberSet } from "./NumberSet.ts";

export interface Sale {
  readonly reservationId: ReservationId;
  readonly playerId: PlayerId;
  readonly paymentId: PaymentId;
  /** Ascending. */
  readonly numbers: ReadonlyArray<number>;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The first `count` sales of each history that shares it are written once and never changed. */
interface Shared {
  readonly list: Array<Sale>;
  readonly indexOf: Map<ReservationId, number>;
  /** By number: one more than its sale's index, 0 for none. */
  readonly ordinals: Uint32Array;
}

const sharedBy = (size: number, sales: Iterable<Sale>): Shared => {
  const shared: Shared = { list: [], indexOf: new Map(), ordinals: new Uint32Array(size) };
  for (const sale of sales) append(shared, sale);
  return shared;
};

const append = ({ indexOf, list, ordinals }: Shared, sale: Sale): void => {
  indexOf.set(sale.reservationId, list.length);
  list.push(sale);
  for (const number of sale.numbers) ordinals[number] = list.length;
};

export class Sales {
  readonly count: number;
  /** The numbers sold. */
  readonly numbers: NumberSet;
  readonly #shared: Shared | undefined;

  private constructor(count: number, numbers: NumberSet, shared: Shared | undefined) {
    this.count = count;
    this.numbers = numbers;
    this.#shared = shared;
  }

  /** Of a raffle with `size` numbers. */
  static none(size: number): Sales {
    return new Sales(0, NumberSet.empty(size), undefined);
  }

  /** These, oldest first, of a raffle with `size` numbers. */
  static of(size: number, sales: ReadonlyArray<Sale>): Sales {
    const numbers = NumberSet.empty(size).add(sales.flatMap((sale) => sale.numbers));
    return new Sales(sales.length, numbers, sharedBy(size, sales));
  }

  /** With one more. A reservation or number that is sold already is impossible and dies. */
  add(sale: Sale): Sales {
    if (this.find(sale.reservationId) !== undefined)
      throw new Error(`${sale.reservationId} is sold already`);
    const numbers = this.numbers.add(sale.numbers);
    if (numbers.count !== this.numbers.count + sale.numbers.length)
      throw new Error(`some of ${sale.numbers.join()} are sold already`);
    const isMine = this.#shared?.list.length === this.count;
    const shared = isMine ? this.#shared : sharedBy(this.numbers.size, this);
    append(shared, sale);
    return new Sales(this.count + 1, numbers, shared);
  }

  find(reservationId: ReservationId): Sale | undefined {
    const index = this.#shared?.indexOf.get(reservationId);
    return index === undefined ? undefined : this.at(index);
  }

  /** The sale of a number. */
  holding(number: number): Sale | undefined {
    return this.at((this.#shared?.ordinals[number] ?? 0) - 1);
  }

  /** By its place among the sales, from 0. */
  at(index: number): Sale | undefined {
    return index >= 0 && index < this.count ? this.#shared?.list[index] : undefined;
  }

  slice(from: number, to: number): ReadonlyArray<Sale> {
    return this.#shared?.list.slice(from, Math.min(to, this.count)) ?? [];
  }

  /** Oldest first. */
  *[Symbol.iterator](): Generator<Sale> {
    for (let index = 0; index < this.count; index++) yield this.#shared!.list[index]!;
  }
}
