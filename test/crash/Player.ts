/** A player who, as the protocol asks of clients, repeats a request with its key until there is an answer. */
import { setTimeout as delay } from "node:timers/promises";
import { PlayerSocket } from "./PlayerSocket.ts";
import { PATIENCE_MS } from "../support/patience.ts";

export type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
  /** The answer had been given before: `Idempotent-Replayed: true`. */
  readonly replayed: boolean;
  readonly retryAfter: string | null;
}

export interface Request {
  readonly method?: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly key?: string;
  readonly body?: object;
}

/** Longer than the server takes for its own time-out, so that a request without an answer is the server's fault. */
const ANSWER_TIMEOUT_MS = 15_000;
const AGAIN_MS = 50;

/** One request; rejects when the connection breaks. */
export const send = async (
  url: string,
  { body, key, method = "GET", path }: Request,
  token?: string,
): Promise<Answer> => {
  const answered = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { "x-idempotency-key": key }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  return {
    status: answered.status,
    body: (await answered.json()) as Json,
    replayed: answered.headers.get("idempotent-replayed") === "true",
    retryAfter: answered.headers.get("retry-after"),
  };
};

/** Asks again until the server is there and neither it nor its database is away. */
export const insist = async (url: string, request: Request, token?: string): Promise<Answer> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await send(url, request, token).catch((cause: unknown) => {
      if (performance.now() > deadline) throw cause;
      return undefined;
    });
    if (answer !== undefined && answer.status !== 503) return answer;
    if (performance.now() > deadline)
      throw new Error(`${request.path} was not answered within ${PATIENCE_MS} ms`);
    await delay(AGAIN_MS);
  }
};

export class Player {
  readonly id: string;
  readonly token: string;
  readonly #url: string;

  private constructor(url: string, { player_id, token }: Json) {
    this.#url = url;
    this.id = String(player_id);
    this.token = String(token);
  }

  /** A new guest, of a lobby if one is named, else of the first there is. */
  static async join(url: string, lobbyId?: string): Promise<Player> {
    const body = { display_name: "Guest", ...(lobbyId === undefined ? {} : { lobby_id: lobbyId }) };
    const joined = await insist(url, { method: "POST", path: "/auth/join", body });
    if (joined.status !== 201) throw new Error(`cannot join: ${JSON.stringify(joined.body)}`);
    return new Player(url, joined.body);
  }

  static async admin(url: string): Promise<Player> {
    const body = { username: "admin", password: "admin" };
    const { body: given } = await insist(url, { method: "POST", path: "/auth/login", body });
    return new Player(url, given);
  }

  /** Once; rejects when the connection breaks. */
  send(request: Request): Promise<Answer> {
    return send(this.#url, request, this.token);
  }

  /** Until there is an answer. */
  ask(request: Request): Promise<Answer> {
    return insist(this.#url, request, this.token);
  }

  async get(path: string): Promise<Json> {
    const { body, status } = await this.ask({ path });
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  wallet(): Promise<Json> {
    return this.get("/wallet/me");
  }

  async bets(): Promise<ReadonlyArray<Json>> {
    return (await this.get("/bets?limit=100"))["bets"] as ReadonlyArray<Json>;
  }

  openSocket(): Promise<PlayerSocket> {
    return PlayerSocket.open(this.#url, this.token);
  }
}

export const bet = (key: string, fields: object = {}): Request => ({
  method: "POST",
  path: "/bets",
  key,
  body: { market: "win", selection: [1], stake: 500, ...fields },
});

export const cancel = (key: string, betId: unknown): Request => ({
  method: "DELETE",
  path: `/bets/${encodeURIComponent(String(betId))}`,
  key,
});

export const cast = (key: string, fields: object): Request => ({
  method: "POST",
  path: "/powers/cast",
  key,
  body: { power: "pwr_boost_01", target: 1, ...fields },
});
