/**
 * Lobbies as tests need them, made by the administrator. A lobby goes by the server's clock alone, so a test that takes
 * part in a race makes a lobby when it is ready for it: betting begins then, and lasts as long as the slowest machine needs.
 */
import { randomUUID } from "node:crypto";
import type { AdminLobbiesBody } from "../../../sdk/src/index.ts";
import { until } from "../../crash/deadline.ts";

export interface NewLobby {
  readonly id: string;
  readonly name: string;
  readonly bettingMs: number;
  readonly racingMs: number;
  readonly resultsMs: number;
}

export class LobbyDesk {
  readonly #url: string;
  /** The administrator's. */
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async open(url: string): Promise<LobbyDesk> {
    const response = await fetch(`${url}/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: "admin", password: "admin" }),
    });
    const { token } = (await response.json()) as { readonly token: string };
    return new LobbyDesk(url, token);
  }

  /** Its first betting phase begins at once. */
  async begin({ bettingMs, id, name, racingMs, resultsMs }: NewLobby): Promise<void> {
    await this.#ask("POST", "/lobbies", {
      lobby_id: id,
      name,
      betting_ms: bettingMs,
      racing_ms: racingMs,
      results_ms: resultsMs,
    });
  }

  /** Resolves when the race in progress has been run and paid, and no other will begin. */
  async stop(id: string): Promise<void> {
    await this.#ask("POST", `/lobbies/${id}/stop`);
    await until(
      `${id} to rest`,
      async () => {
        const { lobbies } = await this.#ask<AdminLobbiesBody>("GET", "/admin/lobbies");
        return lobbies.find(({ lobby_id }) => lobby_id === id);
      },
      (lobby) => lobby?.running === false && lobby.phase === "lobby",
    );
  }

  async #ask<Body>(method: "GET" | "POST", path: string, body?: object): Promise<Body> {
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        "content-type": "application/json",
        "x-idempotency-key": randomUUID(),
        authorization: `Bearer ${this.#token}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
    return (await response.json()) as Body;
  }
}
