import { setTimeout as delay } from "node:timers/promises";
import type { LobbyBody } from "../../rpc/frames.ts";

/** A lobby that has just been made shows results for `RESULTS_SECONDS` at most before it takes bets. */
const BETTING_MS = 15_000;
const POLL_MS = 100;

const lobbyOf = async (url: string, lobbyId: string): Promise<LobbyBody> => {
  const response = await fetch(`${url}/lobbies/${encodeURIComponent(lobbyId)}`);
  if (!response.ok)
    throw new Error(
      `GET /lobbies/${lobbyId} answered ${response.status}: ${await response.text()}`,
    );
  return (await response.json()) as LobbyBody;
};

/** The lobby, once it takes bets. */
export const bettingLobby = async (url: string, lobbyId: string): Promise<LobbyBody> => {
  const deadline = performance.now() + BETTING_MS;
  for (;;) {
    const lobby = await lobbyOf(url, lobbyId);
    if (lobby.phase === "betting") return lobby;
    if (performance.now() > deadline)
      throw new Error(`Lobby ${lobbyId} is in phase ${lobby.phase} and takes no bets.`);
    await delay(POLL_MS);
  }
};
