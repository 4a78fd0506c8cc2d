/**
 * Where the console's pages are. They live in the address's hash (`/#/races/r_1`), since the paths themselves are the
 * server's; so links lead into the middle, and back and forward work.
 */
const at = (...segments: readonly string[]) => `/${segments.map(encodeURIComponent).join("/")}`;

export const paths = {
  /** The lobbies, and the door for who has no seat. */
  home: "/",
  lobby: (lobbyId: string) => at("lobby", lobbyId),
  races: "/races",
  race: (raceId: string) => at("races", raceId),
  verify: (raceId: string) => at("races", raceId, "verify"),
  runners: "/runners",
  runner: (name: string) => at("runners", name),
  raffles: "/raffles",
  raffle: (raffleId: string) => at("raffles", raffleId),
  draw: (raffleId: string) => at("raffles", raffleId, "draw"),
  checkout: (reservationId: string) => at("checkout", reservationId),
  tickets: "/tickets",
  organiser: "/organiser",
  hands: "/hands",
  hand: (handId: string) => at("hands", handId),
  handImport: "/hands/import",
  handPlayers: "/players",
  handPlayer: (name: string) => at("players", name),
  equity: "/equity",
  bets: "/bets",
  wallet: "/wallet",
  latency: "/latency",
  admin: "/admin/cluster",
} as const;

/**
 * What a path names: `Kai:1` of `/players/Kai%3A1`. The router leaves the marks that a path is made of (`:`, `/`, `?`, `&`) as
 * they were written, so names that may have any mark are read from the path itself.
 */
export function nameIn(path: string): string {
  const [, , name = ""] = path.split("/");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The same as `useRoute` patterns. */
export const patterns = {
  home: "/",
  lobby: "/lobby/:lobbyId",
  races: "/races",
  race: "/races/:raceId",
  verify: "/races/:raceId/verify",
  runners: "/runners",
  runner: "/runners/:name",
  raffles: "/raffles",
  raffle: "/raffles/:raffleId",
  draw: "/raffles/:raffleId/draw",
  checkout: "/checkout/:reservationId",
  tickets: "/tickets",
  organiser: "/organiser",
  hands: "/hands",
  handImport: "/hands/import",
  hand: "/hands/:handId",
  handPlayers: "/players",
  handPlayer: "/players/:name",
  equity: "/equity",
  bets: "/bets",
  wallet: "/wallet",
  latency: "/latency",
} as const;
