/** The last question of this browser. */
const STORAGE_KEY = "croupier.admin.sql";

const FIRST = `SELECT player, sum(hands) AS hands, sum(net) AS net
FROM hand_players
GROUP BY player
ORDER BY hands DESC`;

export const keptSql = (): string => localStorage.getItem(STORAGE_KEY) ?? FIRST;

export function keepSql(sql: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, sql);
  } catch {
    // A full storage forgets it.
  }
}
