/** What the players know of raffles: which are on sale, and the reservations that they think they have. */
import type { Decision } from "./Decisions.ts";
import type { Answered, Body, Request } from "./History.ts";
import type { Wire } from "./Wire.ts";

interface Basket {
  readonly id: string;
  readonly phase: string;
  readonly numbers: ReadonlyArray<number>;
}

export class Stall {
  /** Raffles on sale. */
  onSale: ReadonlyArray<string> = [];
  /** By player and raffle. */
  readonly #baskets = new Map<string, Basket>();

  /** The decision as a request that fits what there is; undefined when none does. */
  request(playerId: string, key: string, decision: Decision): readonly [Request, Wire] | undefined {
    const { choice, kind, numbers } = decision;
    const raffleId = this.onSale[Math.floor(choice * this.onSale.length)];
    if (raffleId === undefined) return undefined;
    if (kind === "look")
      return [
        { kind, key, raffleId },
        { method: "GET", path: `/api/v1/raffles/${raffleId}/numbers?format=bitmap` },
      ];
    const basket = this.#baskets.get(`${playerId} ${raffleId}`);
    if (kind === "reserve" || basket === undefined) {
      const body = { raffle_id: raffleId, number_ids: numbers.map(String) };
      return [
        { kind: "reserve", key, raffleId, numbers },
        {
          method: "POST",
          path: "/api/v1/reservations",
          body,
          frame: { type: "RESERVE_NUMBERS", ...body },
        },
      ];
    }
    const { id: reservationId } = basket;
    const post = (act: string, body?: object): Wire => ({
      method: "POST",
      path: `/api/v1/reservations/${reservationId}/${act}`,
      ...(body === undefined ? {} : { body }),
    });
    switch (kind) {
      case "add":
      case "remove": {
        const among = kind === "add" ? numbers : basket.numbers;
        const number = among[Math.floor(choice * among.length)] ?? 0;
        const wire = post(`${kind}-number`, { number_id: String(number) });
        return [{ kind, key, reservationId, number }, wire];
      }
      case "give up":
        return [{ kind, key, reservationId }, post("cancel")];
      case "check out":
      case "pay":
        // Whoever has to check out first does that.
        return basket.phase === "selection"
          ? [{ kind: "check out", key, reservationId }, post("move-to-checkout")]
          : [{ kind: "pay", key, reservationId }, post("pay", { provider: "wallet" })];
      default:
        return undefined;
    }
  }

  /** Takes note of what has come of a request. */
  answered(
    playerId: string,
    request: Request,
    { body, status }: Pick<Answered, "body" | "status">,
  ): void {
    const reservation = body["reservation"] as Body | undefined;
    if (status < 400 && reservation !== undefined) {
      const { id, numbers, phase, raffle_id: raffleId } = reservation;
      const name = `${playerId} ${String(raffleId)}`;
      if (phase !== "selection" && phase !== "checkout") return void this.#baskets.delete(name);
      const listed = numbers as ReadonlyArray<{ readonly number: number }>;
      this.#baskets.set(name, {
        id: String(id),
        phase: String(phase),
        numbers: listed.map(({ number }) => number),
      });
    } else if ("reservationId" in request && body["code"] !== "number_taken") {
      // Over, or something that it cannot do: the player begins anew.
      for (const [name, { id }] of this.#baskets)
        if (id === request.reservationId) this.#baskets.delete(name);
    }
  }
}
