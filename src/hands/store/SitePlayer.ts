/**
 * A player of recorded hands: a name on a site, since the same name on another site is somebody else. Whoever asks says the
 * name, which is enough as long as one site alone has a player of it.
 */
import type pg from "pg";
import type { HandSite } from "../../../rpc/hand.ts";
import { PlayerAmbiguous } from "../../../rpc/http/hand.ts";
import type { AskedPlayer } from "../../gateway/PokerDesks.ts";
import { isStorable } from "./isStorable.ts";

export interface SitePlayer {
  readonly site: HandSite;
  readonly player: string;
}

/** Undefined where no hand has a player of the name. A site that is named is taken at its word. */
export const findPlayer = async (
  pool: pg.Pool,
  { name, site }: AskedPlayer,
): Promise<SitePlayer | PlayerAmbiguous | undefined> => {
  if (!isStorable(name)) return undefined;
  if (site !== undefined) return { site, player: name };
  const { rows } = await pool.query<{ site: HandSite }>(SITES, [name]);
  const [first, second] = rows;
  if (first === undefined) return undefined;
  if (second === undefined) return { site: first.site, player: name };
  return new PlayerAmbiguous({ player: name, sites: rows.map((row) => row.site) });
};

/** There are a few sites, of which each is one step in the index, and a million players. */
const SITES = `
WITH RECURSIVE sites AS (
  (SELECT site FROM hand_player ORDER BY site LIMIT 1)
  UNION ALL
  SELECT n.site FROM sites s
  CROSS JOIN LATERAL (SELECT site FROM hand_player WHERE site > s.site ORDER BY site LIMIT 1) n
)
SELECT site FROM sites s
WHERE EXISTS (SELECT FROM hand_player p WHERE p.site = s.site AND p.player = $1)
  OR EXISTS (SELECT FROM tournament_result t WHERE t.site = s.site AND t.player = $1)
ORDER BY site`;
