/** What a lobby's card says, out of what the server says of the lobby. Pure. */
import type { LobbyBody, RaceRowBody } from "../../../sdk/src/index.ts";
import type { Bet } from "../../../sdk/src/index.ts";

export interface Favourite {
  readonly number: number;
  readonly name: string;
  /** Decimal text, as the server writes them. */
  readonly odds: string;
}

/** Open bets in one lobby. */
export interface OpenBets {
  readonly count: number;
  readonly stakedMinor: number;
}

/** The runner with the least odds, who starts; null while there are no odds. */
export function favouriteOf({ runners, odds }: LobbyBody): Favourite | null {
  const priced = runners.flatMap(({ number, name, scratched }) => {
    const price = odds[String(number)];
    return scratched || price === undefined ? [] : [{ number, name, odds: price }];
  });
  const [first] = priced.toSorted((a, b) => Number(a.odds) - Number(b.odds) || a.number - b.number);
  return first ?? null;
}

/** Minor units in all of the race's pools together. */
export function pooledMinor({ pools }: LobbyBody): number {
  return Object.values(pools).reduce((sum, amount) => sum + amount, 0);
}

/** Until the phase ends; null when it has no end that is known. A moment that has passed stays at zero. */
export function leftMs({ phase_ends_at: endsAt }: LobbyBody, nowMs: number): number | null {
  return endsAt === null ? null : Math.max(0, Date.parse(endsAt) - nowMs);
}

/** 65,000 ms as `1:05`. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The newest race of each lobby, of races newest first. */
export function lastRaces(races: readonly RaceRowBody[]): Readonly<Record<string, RaceRowBody>> {
  return Object.fromEntries(races.toReversed().map((race) => [race.lobby_id, race]));
}

/** Accepted bets by lobby. */
export function openBets(
  rows: readonly (Pick<Bet, "stake" | "status"> & { readonly lobby_id: string })[],
): Readonly<Record<string, OpenBets>> {
  const byLobby: Record<string, OpenBets> = {};
  for (const { lobby_id: lobbyId, stake, status } of rows) {
    if (status !== "accepted") continue;
    const { count, stakedMinor } = byLobby[lobbyId] ?? { count: 0, stakedMinor: 0 };
    byLobby[lobbyId] = { count: count + 1, stakedMinor: stakedMinor + stake };
  }
  return byLobby;
}
