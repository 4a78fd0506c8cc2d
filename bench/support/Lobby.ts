import { setTimeout as delay } from "node:timers/promises";
import type { LobbyBody } from "../../rpc/frames.ts";

/** Longer than any phase that is waited for: a short race, or results of `RESULTS_SECONDS`. */
const PHASE_MS = 15_000;
const POLL_MS = 100;

const lobbyOf = async (url: string, lobbyId: string): Promise<LobbyBody> => {
  const response = await fetch(`${url}/lobbies/${encodeURIComponent(lobbyId)}`);
  if (!response.ok)
    throw new Error(
      `GET /lobbies/${lobbyId} answered ${response.status}: ${await response.text()}`,
    );
  return (await response.json()) as LobbyBody;
};

/** The lobby, once `isThere`. */
export const untilLobby = async (
  url: string,
  lobbyId: string,
  isThere: (lobby: LobbyBody) => boolean,
): Promise<LobbyBody> => {
  const deadline = performance.now() + PHASE_MS;
  for (;;) {
    const lobby = await lobbyOf(url, lobbyId);
    if (isThere(lobby)) return lobby;
    if (performance.now() > deadline)
      throw new Error(`Lobby ${lobbyId} is still in phase ${lobby.phase} after ${PHASE_MS} ms.`);
    await delay(POLL_MS);
  }
};

/** The lobby, once it takes bets. */
export const bettingLobby = (url: string, lobbyId: string): Promise<LobbyBody> =>
  untilLobby(url, lobbyId, ({ phase }) => phase === "betting");
