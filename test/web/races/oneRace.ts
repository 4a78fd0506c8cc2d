/** A race with bets and a power, made through the server's API, for the tests of pages that show what is over. */
import { vi } from "vitest";
import { LobbyDesk } from "./LobbyDesk.ts";

interface Player {
  readonly token: string;
  readonly player_id: string;
  readonly lobby_id: string;
}

export interface OneRace {
  readonly raceId: string;
  readonly lobbyId: string;
  /** Who placed three bets and cast the power. */
  readonly player: Player;
  /** Of the player, one in each of the markets win, place and quinella. */
  readonly betIds: readonly string[];
}

/** It is run in a lobby of its own, in which there is time to place all bets, and to look at the page before. */
export const LOBBY = {
  id: "derby",
  name: "Derby day",
  bettingMs: 10_000,
  racingMs: 3_000,
  resultsMs: 1_000,
} as const;

/** Longer than a whole round. */
const WAIT = { timeout: 30_000, interval: 50 };

/** Resolves when the race is settled. `onBetting` is called as soon as bets are taken, before any is placed. */
export async function runOneRace(
  url: string,
  onBetting: (raceId: string) => Promise<void> = async () => undefined,
): Promise<OneRace> {
  const call = async <Body>(path: string, init: RequestInit & { token?: string } = {}) => {
    const { token, ...rest } = init;
    const answer = await fetch(`${url}${path}`, {
      ...rest,
      headers: {
        "content-type": "application/json",
        "x-idempotency-key": crypto.randomUUID(),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    const body = (await answer.json()) as Body;
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${JSON.stringify(body)}`);
    return body;
  };
  const post = <Body>(path: string, token: string | undefined, body: object) =>
    call<Body>(path, {
      method: "POST",
      body: JSON.stringify(body),
      ...(token === undefined ? {} : { token }),
    });
  const join = (display_name: string) =>
    post<Player>("/auth/join", undefined, { display_name, lobby_id: LOBBY.id });
  const lobby = () =>
    call<{ readonly phase: string; readonly race_id: string }>(`/lobbies/${LOBBY.id}`);

  const desk = await LobbyDesk.open(url);
  await desk.begin(LOBBY);
  const [player, other] = await Promise.all([join("Ada Lovelace"), join("Grace Hopper")]);
  const raceId = await vi.waitFor(async () => {
    const { phase, race_id } = await lobby();
    if (phase !== "betting") throw new Error(`still ${phase}`);
    return race_id;
  }, WAIT);
  await onBetting(raceId);
  const bet = (token: string, market: string, selection: readonly number[], stake: number) =>
    post<{ readonly bet_id: string }>("/bets", token, {
      race_id: raceId,
      market,
      selection,
      stake,
    });
  const placed = await Promise.all([
    bet(player.token, "win", [1], 500),
    bet(player.token, "place", [2], 300),
    bet(player.token, "quinella", [3, 4], 200),
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((runner) => bet(other.token, "win", [runner], 250)),
  ]);
  await vi.waitFor(async () => {
    if ((await lobby()).phase !== "racing") throw new Error("not racing");
  }, WAIT);
  await post("/powers/cast", player.token, {
    lobby_id: LOBBY.id,
    power: "pwr_boost_01",
    target: 1,
  });
  await vi.waitFor(async () => {
    const { status } = await call<{ readonly status: string }>(`/races/${raceId}`);
    if (status !== "settled") throw new Error(`still ${status}`);
  }, WAIT);
  return {
    raceId,
    lobbyId: LOBBY.id,
    player,
    betIds: placed.slice(0, 3).map(({ bet_id }) => bet_id),
  };
}
