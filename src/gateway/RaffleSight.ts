/**
 * Who may see a raffle: everyone, once it is published. A draft, and one that was cancelled as a draft, only its organiser
 * and the administrator know of; for the others there is no such raffle. That it was published is remembered, and asked once.
 */
import type { Unavailable } from "../../rpc/failure.ts";
import type { CallerClaims } from "../../rpc/http/security.ts";
import { Raffle, RaffleNotFound, type RaffleView } from "../../rpc/raffle.ts";
import type { Ask } from "../actor/Ask.ts";
import { LruMap } from "./LruMap.ts";

/** Far more than are looked at in a day; an id takes some 100 bytes. */
const MAX_REMEMBERED = 10_000;

export const isAdmin = (caller: CallerClaims | undefined): boolean =>
  caller?.roles.includes("admin") === true;

/** Its organiser or the administrator. */
export const runsRaffle = (
  caller: CallerClaims | undefined,
  { organiserId }: RaffleView["terms"],
): boolean => isAdmin(caller) || (organiserId !== null && organiserId === caller?.playerId);

export class RaffleSight {
  readonly #ask: Ask;
  readonly #published = new LruMap<string, true>(MAX_REMEMBERED);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** The raffle, unless it is hidden from the caller. */
  shown(view: RaffleView, caller: CallerClaims | undefined): RaffleView | RaffleNotFound {
    if (view.publishedAt !== null) this.#published.set(view.raffleId, true);
    else if (!runsRaffle(caller, view.terms))
      return new RaffleNotFound({ raffleId: view.raffleId });
    return view;
  }

  /** Whether nothing has to be asked: the caller sees all raffles, or everyone sees this one. */
  isPlain(caller: CallerClaims | undefined, raffleId: string): boolean {
    return isAdmin(caller) || this.#published.get(raffleId) === true;
  }

  /** Why the caller may not know of the raffle; undefined when it may. */
  async hidden(
    caller: CallerClaims | undefined,
    raffleId: string,
  ): Promise<RaffleNotFound | Unavailable | undefined> {
    if (this.isPlain(caller, raffleId)) return undefined;
    const read = await this.#ask(Raffle, "GetRaffle", { entityId: raffleId });
    if (!read.ok) return read.error;
    const seen = this.shown(read.value, caller);
    return seen instanceof RaffleNotFound ? seen : undefined;
  }
}
