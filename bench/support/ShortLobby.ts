/** A lobby that runs one short race and then rests. Its server must know `SECRET` and be up. */
import type { LobbyBody } from "../../rpc/frames.ts";
import { untilLobby } from "./Lobby.ts";
import { betOf } from "./Players.ts";
import type { Server } from "./Server.ts";
import { tokens } from "./Tokens.ts";

const BETTING_MS = 5_000;
const RACING_MS = 2_000;
/** Longer than any run. */
const RESULTS_MS = 3_600_000;
const STAKE_MINOR = 100;

const post = async <Body>(
  { url }: Server,
  path: string,
  { body = {}, token }: { readonly token: string; readonly body?: object },
): Promise<Body> => {
  const response = await fetch(`${url}${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-idempotency-key": crypto.randomUUID(),
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Body;
};

export interface ShortLobby {
  readonly lobbyId: string;
  /** The `index`th kind of bet, by the player of `token`. */
  readonly bet: (token: string, index: number) => Promise<unknown>;
  /** Resolves when the race is over and paid. */
  readonly untilPaid: () => Promise<unknown>;
  /** No race begins any more; tells those who watch, if none is under way. */
  readonly stop: () => Promise<unknown>;
}

export const openShortLobby = async (server: Server): Promise<ShortLobby> => {
  const { token } = await tokens.issue({ playerId: "admin", lobbyId: undefined, roles: ["admin"] });
  const { lobby_id: lobbyId } = await post<LobbyBody>(server, "/lobbies", {
    token,
    body: {
      name: "Short",
      betting_ms: BETTING_MS,
      racing_ms: RACING_MS,
      results_ms: RESULTS_MS,
    },
  });
  return {
    lobbyId,
    bet: (player, index) =>
      post(server, "/bets", {
        token: player,
        body: { lobby_id: lobbyId, ...betOf(index, STAKE_MINOR) },
      }),
    untilPaid: () =>
      untilLobby(server.url, lobbyId, ({ order, phase }) => phase === "lobby" && order !== null),
    stop: () => post(server, `/lobbies/${lobbyId}/stop`, { token }),
  };
};
