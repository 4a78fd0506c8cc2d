/**
 * How often whom won: a counter for each set of players, the bits of whose index are the players. A showdown adds one to the
 * counter of those with the best hand.
 */

/** u32 for each of the 512 sets of players. */
export const WINNERS: usize = memory.data(4 * 512, 16);

export function clearWinners(players: i32): void {
  memory.fill(WINNERS, 0, (<usize>4) << players);
}

export function addWinners(players: i32, deals: i32): void {
  const at = WINNERS + ((<usize>players) << 2);
  store<u32>(at, load<u32>(at) + deals);
}
