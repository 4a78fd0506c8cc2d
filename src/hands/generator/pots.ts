/**
 * Main pot and side pots. Who is all-in can win from each of the others only as much as he put in himself; what they put in
 * beyond that is a pot of its own, for those who paid for it. A bet that nobody called is the last pot, of one player.
 */

export interface Contribution {
  readonly seat: number;
  readonly put: number;
  readonly folded: boolean;
}

export interface Pot {
  readonly amount: number;
  /** Who can win it. */
  readonly seats: ReadonlyArray<number>;
}

/** The main pot first. */
export function potsOf(contributions: ReadonlyArray<Contribution>): ReadonlyArray<Pot> {
  const inPlay = contributions.filter(({ folded }) => !folded);
  const levels = [...new Set(inPlay.map(({ put }) => put))].toSorted((a, b) => a - b);
  const pots: Array<Pot> = [];
  let below = 0;
  for (const level of levels) {
    const from = below;
    // Who folded may have put in more than anyone who is left: that is in the last pot.
    const to = level === levels.at(-1) ? Infinity : level;
    const parts = contributions.map(({ put }) => Math.max(0, Math.min(put, to) - from));
    pots.push({
      amount: parts.reduce((sum, part) => sum + part, 0),
      seats: inPlay.filter(({ put }) => put >= level).map(({ seat }) => seat),
    });
    below = level;
  }
  return pots.filter(({ amount }) => amount > 0);
}

/** Equal shares; what cannot be divided goes to the first in line, one unit each. */
export function shares(amount: number, winners: number): ReadonlyArray<number> {
  const share = Math.floor(amount / winners);
  const odd = amount - share * winners;
  return Array.from({ length: winners }, (_, at) => share + (at < odd ? 1 : 0));
}
