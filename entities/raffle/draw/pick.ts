/**
 * Who wins, and why it cannot be changed afterwards.
 *
 * Before the sale opens the server draws a seed of 32 bytes and publishes its commitment, SHA-256 of them. When the sale is
 * closed the list of tickets is final and hashed (`tickets.ts`). Where the raffle has a beacon, the draw waits for a round
 * that is published after the close (`round.ts`): nobody could know it while tickets were sold. Then, for each prize,
 *
 *   h = SHA-256(server seed || the round's randomness || "prize-<i>" || digest of the list)
 *
 * is a number below 2^256, and `h mod n` the place of the winner among the n tickets that have not won yet. So that each
 * of them is as likely, an h in the incomplete last run of n is thrown away, and the next has the label "prize-<i>-1",
 * "prize-<i>-2" and so on. Without a beacon nothing stands in its place: the seed was fixed before the first sale and the
 * list after the last, but whoever knows the seed could still buy the last ticket accordingly.
 *
 * All of it is bytes: the seed is what its hex stands for, the labels are ASCII.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

const HASH_RANGE = 1n << 256n;

/** What is published before the sale: SHA-256, in hex, of the seed's bytes. */
export const commitment = (serverSeedHex: string): string =>
  bytesToHex(sha256(hexToBytes(serverSeedHex)));

export interface DrawInput {
  /** 32 bytes, hex. */
  readonly serverSeed: string;
  /** Of the round waited for, hex; null without a beacon. */
  readonly randomness: string | null;
  /** Of the list of tickets, hex. */
  readonly ticketsDigest: string;
}

/** SHA-256 of all that a draw rests on, under a label. */
export const drawHash = (
  { randomness, serverSeed, ticketsDigest }: DrawInput,
  label: string,
): Uint8Array =>
  sha256(
    concatBytes(
      hexToBytes(serverSeed),
      hexToBytes(randomness ?? ""),
      utf8ToBytes(label),
      hexToBytes(ticketsDigest),
    ),
  );

/** Uniform in 0 … n − 1, for 1 ≤ n ≤ 2^256: the first hash under `label`, `label-1`, `label-2` … that is in a whole run of n. */
export const indexBelow = (
  n: bigint,
  label: string,
  hash: (label: string) => Uint8Array,
): bigint => {
  if (n < 1n || n > HASH_RANGE) throw new RangeError(`there is no number below ${n}`);
  const limit = HASH_RANGE - (HASH_RANGE % n);
  for (let attempt = 0; ; attempt++) {
    const drawn = BigInt(`0x${bytesToHex(hash(attempt === 0 ? label : `${label}-${attempt}`))}`);
    if (drawn < limit) return drawn % n;
  }
};

/** The winning tickets by prize, as places in the list of `tickets`; fewer than `prizes` when there are fewer tickets. */
export const drawWinners = (
  input: DrawInput,
  { prizes, tickets }: { readonly prizes: number; readonly tickets: number },
): ReadonlyArray<number> => {
  const remaining = Array.from({ length: tickets }, (_, place) => place);
  const hash = (label: string) => drawHash(input, label);
  return Array.from({ length: Math.min(prizes, tickets) }, (_, prize) => {
    const index = indexBelow(BigInt(remaining.length), `prize-${prize}`, hash);
    return remaining.splice(Number(index), 1)[0]!;
  });
};
