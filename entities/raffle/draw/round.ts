/**
 * Rounds of a drand chain: at which time which one is published, and whether one is authentic. A round is a BLS signature
 * of its number by a threshold of independent parties, so nobody knows it before its time and anybody can check it;
 * its randomness is SHA-256 of the signature. (drand.love; scheme `bls-unchained-g1-rfc9380`.)
 */
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { BeaconChain, BeaconRound } from "../../../rpc/raffle.ts";

/** The public chain of the League of Entropy that these rules were made for. */
export const QUICKNET: BeaconChain = {
  scheme: "bls-unchained-g1-rfc9380",
  chainHash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesisAt: 1_692_803_367_000,
  periodMs: 3000,
};

/**
 * A draw waits for the first round that is published so long after the close: longer than clocks differ, so that it was
 * unknown to everyone when the last ticket was sold.
 */
export const MIN_AFTER_CLOSE_MS = 30_000;

/** RFC 9380's name for how a message becomes a point. */
const DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** When a round is published, epoch milliseconds. The first is round 1, at the genesis. */
export const publishedAt = ({ genesisAt, periodMs }: BeaconChain, round: number): number =>
  genesisAt + (round - 1) * periodMs;

/** The round that the draw of a sale closed then waits for. */
export const awaitedRound = ({ genesisAt, periodMs }: BeaconChain, closedAt: number): number =>
  Math.max(1, Math.ceil((closedAt + MIN_AFTER_CLOSE_MS - genesisAt) / periodMs) + 1);

/** Whether this is the round of the chain that it says it is. Anything that is no round at all is none. */
export const isAuthentic = (
  { publicKey }: BeaconChain,
  { randomness, round, signature }: BeaconRound,
): boolean => {
  try {
    const signed = hexToBytes(signature);
    if (bytesToHex(sha256(signed)) !== randomness) return false;
    const message = new Uint8Array(8);
    new DataView(message.buffer).setBigUint64(0, BigInt(round));
    const { shortSignatures } = bls12_381;
    const point = shortSignatures.hash(sha256(message), DOMAIN);
    return shortSignatures.verify(signed, point, hexToBytes(publicKey));
  } catch {
    // Text that is no hex, or bytes that are no point: so it is not authentic.
    return false;
  }
};
