/**
 * What a race's result rests on, and why it cannot be changed afterwards.
 *
 * Before betting opens the server draws a seed and publishes its commitment, SHA-256 of the seed: from then on it cannot
 * change the seed. When betting closes, the accepted bets are hashed in a canonical order, and the seed that runs the
 * race is HMAC-SHA256(server seed, race id and that digest). So the bets of the players are part of the seed, and the
 * server could not know them when it committed. After the race the server seed is revealed and everyone can recompute
 * all of it.
 *
 * What this does not prove: that nobody who knew the server seed placed the last bet, choosing it until the result suited.
 * Against that helps only an input that nobody knows before betting closes, such as a public randomness beacon.
 *
 * Hashes are over text (`hash.ts`), so `printf %s <seed> | sha256sum` shows the commitment.
 */
import type { Market } from "../../../rpc/lobby.ts";
import { hmacSha256Hex, sha256Hex } from "./hash.ts";

/** An accepted bet as it enters the digest; cancelled and refused bets do not. */
export interface DigestedBet {
  readonly betId: string;
  readonly playerId: string;
  readonly market: Market;
  readonly selection: readonly number[];
  readonly stakeMinor: number;
}

/** What is published before betting opens: SHA-256, in hex, of the seed's text. */
export function commitment(serverSeedHex: string): string {
  return sha256Hex(serverSeedHex);
}

/**
 * SHA-256, in hex, of one line `bet_id|player_id|market|sel-sel|stake\n` for each bet, sorted by bet id in UTF-16 code
 * unit order. The order of the argument does not matter. Throws a `RangeError` for an id that holds `|` or a line
 * break: two different sets of bets could then share a digest.
 */
export function betsDigest(bets: readonly DigestedBet[]): string {
  const sorted = bets.toSorted((a, b) => (a.betId < b.betId ? -1 : a.betId > b.betId ? 1 : 0));
  return sha256Hex(sorted.map(canonicalLine).join(""));
}

/** The seed that runs the race, in hex: HMAC-SHA256 with the server seed's text as key over `race_id:digest`. */
export function finalSeed(serverSeedHex: string, raceId: string, digestHex: string): string {
  return hmacSha256Hex(serverSeedHex, `${raceId}:${digestHex}`);
}

function canonicalLine(bet: DigestedBet): string {
  if (/[|\n]/.test(bet.betId + bet.playerId)) {
    throw new RangeError(`bet ${JSON.stringify(bet.betId)}: ids may not hold "|" or a line break`);
  }
  return `${bet.betId}|${bet.playerId}|${bet.market}|${bet.selection.join("-")}|${bet.stakeMinor}\n`;
}
