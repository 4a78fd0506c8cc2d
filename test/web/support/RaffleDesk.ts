/** Raffles as tests need them: made by the administrator, bought by players, over HTTP. */
import { randomUUID } from "node:crypto";
import type { DrawBody, RaffleBody, ReservationBody } from "../../../sdk/src/index.ts";

export interface Buyer {
  readonly token: string;
  readonly playerId: string;
  readonly name: string;
}

export interface NewRaffle {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly price?: number;
  readonly numbers?: number;
  readonly prizes?: readonly { readonly name: string; readonly description?: string }[];
  readonly drawInMs?: number;
  readonly organiserId?: string | null;
  readonly minSoldPercent?: number;
  readonly publish?: boolean;
}

export type Act = "publish" | "suspend" | "resume" | "close" | "draw" | "cancel";

const HOUR_MS = 3_600_000;

export class RaffleDesk {
  readonly url: string;
  /** The administrator's. */
  readonly token: string;
  readonly expiresAt: string;

  private constructor(url: string, token: string, expiresAt: string) {
    this.url = url;
    this.token = token;
    this.expiresAt = expiresAt;
  }

  static async open(url: string): Promise<RaffleDesk> {
    const response = await fetch(`${url}/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "admin", password: "admin" }),
    });
    const { token, expires_at: expiresAt } = (await response.json()) as {
      readonly token: string;
      readonly expires_at: string;
    };
    return new RaffleDesk(url, token, expiresAt);
  }

  /** The answer, whatever it is. */
  async ask(
    method: "GET" | "POST" | "PUT",
    path: string,
    options: { readonly token?: string; readonly body?: unknown } = {},
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const { body, token } = options;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        "content-type": "application/json",
        "x-idempotency-key": randomUUID(),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** Throws for a refusal. */
  async done<Body>(...asked: Parameters<RaffleDesk["ask"]>): Promise<Body> {
    const { body, status } = await this.ask(...asked);
    if (status >= 400) throw new Error(`${asked[0]} ${asked[1]}: ${JSON.stringify(body)}`);
    return body as Body;
  }

  create(raffle: NewRaffle): Promise<RaffleBody> {
    return this.done<RaffleBody>("POST", "/api/v1/raffles", {
      token: this.token,
      body: {
        raffle_id: raffle.id,
        title: raffle.title ?? `Raffle ${raffle.id}`,
        description: raffle.description ?? "",
        ticket_price: raffle.price ?? 250,
        total_numbers: raffle.numbers ?? 100,
        draw_at: new Date(Date.now() + (raffle.drawInMs ?? HOUR_MS)).toISOString(),
        prizes: raffle.prizes ?? [{ name: "A bicycle" }],
        organiser_id: raffle.organiserId ?? null,
        min_sold_percent: raffle.minSoldPercent ?? 0,
        publish: raffle.publish ?? true,
      },
    });
  }

  act(raffleId: string, act: Act, reason?: string): Promise<RaffleBody | DrawBody> {
    return this.done("POST", `/api/v1/raffles/${raffleId}/${act}`, {
      token: this.token,
      ...(reason === undefined ? {} : { body: { reason } }),
    });
  }

  async join(name: string): Promise<Buyer> {
    const { player_id: playerId, token } = await this.done<{
      readonly token: string;
      readonly player_id: string;
    }>("POST", "/auth/join", { body: { display_name: name } });
    return { token, playerId, name };
  }

  async reserve(
    { token }: Buyer,
    raffleId: string,
    numbers: readonly number[],
  ): Promise<ReservationBody> {
    const { reservation } = await this.done<{ readonly reservation: ReservationBody }>(
      "POST",
      "/api/v1/reservations",
      { token, body: { raffle_id: raffleId, number_ids: numbers.map(String) } },
    );
    return reservation;
  }

  async checkOut({ token }: Buyer, reservationId: string): Promise<void> {
    await this.done("POST", `/api/v1/reservations/${reservationId}/move-to-checkout`, { token });
  }

  /** Reserves, and pays from the wallet. */
  async buy(buyer: Buyer, raffleId: string, numbers: readonly number[]): Promise<ReservationBody> {
    const { id } = await this.reserve(buyer, raffleId, numbers);
    await this.checkOut(buyer, id);
    const { reservation } = await this.done<{ readonly reservation: ReservationBody }>(
      "POST",
      `/api/v1/reservations/${id}/pay`,
      { token: buyer.token, body: { provider: "wallet" } },
    );
    return reservation;
  }
}

/** What a browser keeps of a player: opened with it, the console shows the player's seat. */
export function seatScript({ name, playerId, token }: Buyer, language = "en"): string {
  const expiresAt = new Date(Date.now() + HOUR_MS).toISOString();
  const kept = JSON.stringify({ token, playerId, lobbyId: "demo", displayName: name, expiresAt });
  return `localStorage.setItem("croupier.session", ${JSON.stringify(kept)});
    localStorage.setItem("croupier.language", ${JSON.stringify(language)});`;
}

export function adminScript({ expiresAt, token }: RaffleDesk, language = "en"): string {
  const kept = JSON.stringify({ token, name: "Administrator", expiresAt });
  return `localStorage.setItem("croupier.admin", ${JSON.stringify(kept)});
    localStorage.setItem("croupier.language", ${JSON.stringify(language)});`;
}
