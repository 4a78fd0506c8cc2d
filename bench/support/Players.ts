/** Players of the load: guests that join over the API as any client does. */
import { MARKETS, SELECTION_COUNT } from "../../entities/lobby/race/market.ts";

export interface Player {
  readonly playerId: string;
  readonly token: string;
  readonly lobbyId: string;
  /** The port of the gateway beside the player's wallet. */
  readonly homePort: number;
}

interface Joined {
  readonly player_id: string;
  readonly token: string;
  readonly lobby_id: string;
  readonly ws_url: string;
}

/** Joins in flight at once. */
const JOINING = 20;

export const join = async (url: string, displayName: string, lobbyId?: string): Promise<Player> => {
  const response = await fetch(`${url}/auth/join`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({ display_name: displayName, lobby_id: lobbyId }),
  });
  const text = await response.text();
  if (response.status !== 201)
    throw new Error(`POST /auth/join answered ${response.status}: ${text}`);
  const joined = JSON.parse(text) as Joined;
  return {
    playerId: joined.player_id,
    token: joined.token,
    lobbyId: joined.lobby_id,
    homePort: Number(new URL(joined.ws_url).port),
  };
};

/** Joins players; the lobby is the server's choice unless `lobbyOf` says which. */
export const joinMany = async (
  url: string,
  count: number,
  lobbyOf: (index: number) => string | undefined = () => undefined,
): Promise<ReadonlyArray<Player>> => {
  const players: Array<Player> = [];
  for (let from = 0; from < count; from += JOINING)
    players.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(JOINING, count - from) }, (_, i) =>
          join(url, `Player ${from + i}`, lobbyOf(from + i)),
        ),
      )),
    );
  return players;
};

/** A valid bet, another one for each index: all markets, all eight runners. */
export const betOf = (index: number, stakeMinor: number) => {
  const market = MARKETS[index % MARKETS.length]!;
  const first = index % 8;
  return {
    market,
    selection: Array.from(
      { length: SELECTION_COUNT[market] },
      (_, place) => ((first + place) % 8) + 1,
    ),
    stake: stakeMinor,
  };
};
