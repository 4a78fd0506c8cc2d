/** What a raffle's state says that its rows, and the ledger, have to say too. */
import { claimOf } from "../../entities/raffle/Claims.ts";
import type { Sale } from "../../entities/raffle/Sales.ts";
import { priceOf, type RaffleState } from "../../entities/raffle/state.ts";
import { branded, type ReservationId } from "../../rpc/id.ts";

/** How a reservation stands with its raffle; the sentence is one for all that stand alike. */
export interface Standing {
  readonly standing: "claimed" | "sold" | "returned" | "over";
  readonly sentence: string;
  readonly sale?: Sale;
}

export class RaffleAccount {
  readonly #state: RaffleState;
  /** Sales whose money is back on their reservations' accounts. */
  readonly #returned: ReadonlySet<Sale>;

  constructor(state: RaffleState) {
    this.#state = state;
    this.#returned = new Set(state.sales.slice(0, state.returned));
  }

  /**
   * What may be in escrow. Of a payout that is not known to have arrived, the organiser's wallet has taken all or nothing;
   * otherwise there is one answer.
   */
  escrow(): ReadonlyArray<number> {
    const { about, sales } = this.#state;
    if (about === null) return [0];
    if (about.drawn !== null) return about.drawn.isPaidOut ? [0] : [about.drawn.payoutMinor, 0];
    let back = 0;
    for (const { numbers } of this.#returned) back += numbers.length;
    return [priceOf(about, sales.numbers.count - back)];
  }

  standingOf(reservationId: string): Standing {
    const { about, claims, sales } = this.#state;
    const id = branded<ReservationId>(reservationId);
    const sale = sales.find(id);
    const claim = claimOf(claims, id);
    const { numbers, playerId } = sale ?? claim ?? {};
    if (about === null || numbers === undefined)
      return { standing: "over", sentence: "it is over" };
    const what = `${numbers.join()} for ${priceOf(about, numbers.length)}`;
    if (sale === undefined) {
      const { phase, until } = claim!;
      return {
        standing: "claimed",
        sentence: `${playerId} has ${what} in ${phase} until ${until}`,
      };
    }
    return this.#returned.has(sale)
      ? { standing: "returned", sentence: `${playerId} had bought ${what}`, sale }
      : { standing: "sold", sentence: `${playerId} has bought ${what}`, sale };
  }

  /** Its row in the table of raffles, with its winners in their order; undefined when it has none. */
  row(): string | undefined {
    const { about, sales } = this.#state;
    if (about === null) return undefined;
    const winners = (about.drawn?.winners ?? []).map(
      ({ number, playerId, reservationId }) => `${number}/${reservationId}/${playerId}`,
    );
    return `${about.status}, ${sales.numbers.count} sold, won by ${winners.join() || "nobody"}`;
  }
}
