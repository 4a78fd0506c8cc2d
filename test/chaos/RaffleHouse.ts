/**
 * The house of a run's raffles. Each round it opens two: one is drawn by the clock when the round ends, whatever happens then;
 * the other it cancels at that moment, and everyone gets the money back. What is open when the faults are over it ends in peace.
 */
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { Player, send } from "../crash/Player.ts";
import type { ChaosCluster } from "./ChaosCluster.ts";
import { RAFFLE_NUMBERS } from "./Decisions.ts";
import type { Body } from "./History.ts";

/** Long enough for some purchases, a third of the shortest run. */
const ROUND_MS = 6000;
/** Sockets have a bounded number of topics: a long run has longer rounds. */
const MAX_ROUNDS = 10;
const TICKET_PRICE = 300;
/** An administrator's patience; then it asks elsewhere. */
const ANSWER_MS = 2000;
const AGAIN_MS = 100;

export interface RaffleHouseOptions {
  readonly urls: ReadonlyArray<string>;
  readonly faultsMs: number;
  /** Who gets what is sold, one raffle after the other. */
  readonly organisers: ReadonlyArray<string>;
  /** Told of each change of what is on sale. */
  readonly onSale: (raffles: ReadonlyArray<string>) => void;
}

export class RaffleHouse {
  readonly #options: RaffleHouseOptions;
  readonly #token: string;
  readonly #raffles: Array<string> = [];
  readonly #over = new AbortController();
  #url = 0;
  #playing: Promise<void> = Promise.resolve();

  private constructor(options: RaffleHouseOptions, token: string) {
    this.#options = options;
    this.#token = token;
  }

  static async open(options: RaffleHouseOptions): Promise<RaffleHouse> {
    const { token } = await Player.admin(options.urls[0] ?? "");
    return new RaffleHouse(options, token);
  }

  play(): void {
    this.#playing = this.#rounds();
    // Looked at when it ends.
    this.#playing.catch(() => undefined);
  }

  /** No round begins any more, and the last ends now. */
  close(): void {
    this.#over.abort();
  }

  /** Ends every raffle that has not ended. */
  async end(): Promise<void> {
    this.close();
    await this.#playing;
    await Promise.all(
      this.#raffles.map(async (raffleId) => {
        await this.#post(raffleId, "draw");
        // What can be drawn no more is cancelled, unless it has ended.
        await this.#post(raffleId, "cancel", { reason: "The run is over." });
      }),
    );
  }

  /** What is not at rest yet: raffles that owe something, payments under way or without what they are for. */
  async unfinished(cluster: ChaosCluster): Promise<ReadonlyArray<string>> {
    const rows = await cluster.withDatabase(async (client: pg.Client) => {
      const { rows: payments } = await client.query<{ id: string; status: string }>(UNDER_WAY);
      return payments;
    });
    const owing = await Promise.all(
      this.#raffles.map(async (raffleId) => {
        const books = await this.#ask("GET", `${raffleId}/books`);
        return books["settled"] === true ? [] : [`raffle ${raffleId} owes something`];
      }),
    );
    return [...owing.flat(), ...rows.map(({ id, status }) => `payment ${id} is ${status}`)];
  }

  async #rounds(): Promise<void> {
    const { faultsMs, onSale, organisers } = this.#options;
    const roundMs = Math.max(ROUND_MS, faultsMs / MAX_ROUNDS);
    const { signal } = this.#over;
    for (let round = 1; !signal.aborted; round++) {
      const [drawn, cancelled] = [`round_${round}_drawn`, `round_${round}_cancelled`];
      const endsAt = Date.now() + roundMs;
      await this.#openRaffle(drawn, endsAt, organisers[round % organisers.length] ?? null);
      await this.#openRaffle(cancelled, endsAt + 86_400_000, null);
      onSale([drawn, cancelled]);
      await delay(Math.max(0, endsAt - Date.now()), undefined, { signal }).catch(() => undefined);
      // The last is ended by whoever ends the run.
      if (!signal.aborted) await this.#post(cancelled, "cancel", { reason: "The round is over." });
    }
    onSale([]);
  }

  async #openRaffle(raffleId: string, drawAt: number, organiserId: string | null): Promise<void> {
    this.#raffles.push(raffleId);
    await this.#ask("POST", "", {
      raffle_id: raffleId,
      title: `A raffle of chaos, ${raffleId}`,
      ticket_price: TICKET_PRICE,
      total_numbers: RAFFLE_NUMBERS,
      draw_at: new Date(drawAt).toISOString(),
      prizes: [{ name: "First" }, { name: "Second" }],
      organiser_id: organiserId,
    });
    // An attempt that was cut off may have left a draft.
    await this.#post(raffleId, "publish");
  }

  #post(raffleId: string, act: string, body?: object): Promise<Body> {
    return this.#ask("POST", `${raffleId}/${act}`, body);
  }

  /** Until there is an answer, elsewhere each time: a refusal says that an earlier attempt has done it, or that it is too late. */
  async #ask(method: "GET" | "POST", path: string, body?: object): Promise<Body> {
    const { urls } = this.#options;
    for (;;) {
      const url = urls[this.#url++ % urls.length] ?? "";
      const request = {
        method,
        path: `/api/v1/raffles${path === "" ? "" : `/${path}`}`,
        ...(body === undefined ? {} : { body }),
      };
      const late = delay(ANSWER_MS, undefined, { ref: false });
      const answered = await Promise.race([
        send(url, request, this.#token).catch(() => undefined),
        late,
      ]);
      if (answered !== undefined && answered.status < 500) return answered.body;
      await delay(AGAIN_MS);
    }
  }
}

/** Money that was taken is for what is sold. */
const UNDER_WAY = `
SELECT payment_id AS id, status FROM payment LEFT JOIN reservation_end USING (reservation_id)
WHERE status IN ('creating', 'pending', 'authorized', 'cancelling', 'refunding')
   OR (status = 'succeeded' AND outcome IS DISTINCT FROM 'sold')`;
