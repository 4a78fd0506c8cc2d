/**
 * `@croupier/sdk/draw`: draws a raffle's winners again from what is public about it, with nothing of the house's. The rules are
 * in docs/fairness.md; the hashes and the signature of the beacon are checked by `@noble/hashes` and `@noble/curves`, which
 * a game that verifies installs beside.
 */
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { DrawProofBody } from "./wire.ts";

/** A chain of drand whose rounds are trusted. */
export interface Chain {
  readonly chainHash: string;
  readonly publicKey: string;
  /** Epoch milliseconds. */
  readonly genesisAtMs: number;
  readonly periodMs: number;
}

/** The public chain of the League of Entropy. A house that names another may hold its keys. */
export const QUICKNET: Chain = {
  chainHash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesisAtMs: 1_692_803_367_000,
  periodMs: 3_000,
};

/** What the caller knows otherwise than from the proof. Without it the house's own word is taken. */
export interface Noted {
  readonly raffleId: string;
  /** From `raffle.commitment` while numbers were sold. */
  readonly commitment?: string;
  /** From the draw after the close and before the winners. */
  readonly ticketsDigest?: string;
  /** The caller's own, `<number>:<reservation id>` each. */
  readonly tickets?: readonly string[];
  /** `QUICKNET` by default. */
  readonly chain?: Chain;
}

export interface DrawCheck {
  /** In this order; `chain`, `round` and `signature` only of a draw with a beacon. */
  readonly what:
    | "raffle"
    | "commitment"
    | "tickets"
    | "digest"
    | "own"
    | "chain"
    | "round"
    | "signature"
    | "winners";
  readonly holds: boolean;
  /** What should be there, as it was computed or noted. */
  readonly expected: string;
  readonly claimed: string;
}

export interface DrawVerdict {
  /** All checks hold. */
  readonly holds: boolean;
  readonly checks: readonly DrawCheck[];
  /** `<number>:<reservation id>` by prize, as they were drawn here; empty where the proof is too broken to draw from. */
  readonly winners: readonly string[];
  /** Without a beacon the house could know the draw while tickets were sold. */
  readonly hasBeacon: boolean;
}

/** A draw waits for the first round that is published so long after the close of the sale. */
const MIN_AFTER_CLOSE_MS = 30_000;
const SIGNATURE_DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const HASH_RANGE = 1n << 256n;
const SEED = /^[0-9a-f]{64}$/;
const TICKET = /^(\d+):./;

/** Of what `GET /api/v1/raffles/{raffle_id}/verify` gives of a raffle that is drawn. Throws for no proof, however broken. */
export function verifyDraw(proof: DrawProofBody, noted: Noted): DrawVerdict {
  const { beacon, round, tickets } = proof;
  const { chain = QUICKNET } = noted;
  const seed = proof.server_seed ?? "";
  const checks: DrawCheck[] = [];
  const check = (what: DrawCheck["what"], expected: string, claimed: string, isSound = true) =>
    checks.push({ what, holds: isSound && expected === claimed, expected, claimed });

  check("raffle", noted.raffleId, proof.raffle_id);
  const commitment = SEED.test(seed) ? bytesToHex(sha256(hexToBytes(seed))) : "";
  const promised = noted.commitment ?? proof.commitment ?? "";
  check("commitment", commitment, promised, commitment !== "");
  check("tickets", String(proof.ticket_count), String(tickets.length), isInOrder(tickets));
  check("digest", bytesToHex(digestOf(tickets)), noted.ticketsDigest ?? proof.tickets_digest ?? "");
  if (noted.tickets !== undefined) {
    const listed = new Set(tickets);
    const own = noted.tickets;
    check("own", own.join(), own.filter((ticket) => listed.has(ticket)).join());
  }

  let randomness = "";
  if (beacon !== null) {
    check(
      "chain",
      `${chain.chainHash} ${chain.publicKey}`,
      `${beacon.chain_hash} ${beacon.public_key}`,
    );
    const awaited = awaitedRound(chain, Date.parse(proof.closed_at ?? ""));
    check("round", String(awaited), String(round?.round));
    const isSigned = round !== null && isSignature(chain, round.round, round.signature);
    if (isSigned) randomness = bytesToHex(sha256(hexToBytes(round.signature)));
    check("signature", randomness, round?.randomness ?? "", isSigned);
  }

  const canDraw = commitment !== "" && (beacon === null || randomness !== "");
  const winners = canDraw
    ? drawWinners({ serverSeed: seed, randomness, tickets, prizes: proof.prizes.length })
    : [];
  const claimed = proof.winners
    .toSorted((a, b) => a.prize - b.prize)
    .map((winner) => `${winner.number}:${winner.reservation_id}`);
  const isNumbered = proof.winners.every(
    ({ prize }) => Number.isInteger(prize) && prize >= 1 && prize <= winners.length,
  );
  check("winners", winners.join(), claimed.join(), canDraw && isNumbered);
  return {
    holds: checks.every(({ holds }) => holds),
    checks,
    winners,
    hasBeacon: beacon !== null,
  };
}

/** The winning tickets by prize, fewer where there are fewer tickets. Throws where seed or randomness are no hex. */
export function drawWinners(draw: {
  /** Hex. */
  readonly serverSeed: string;
  /** Of the round, hex; empty without a beacon. */
  readonly randomness: string;
  readonly tickets: readonly string[];
  readonly prizes: number;
}): readonly string[] {
  const { prizes, randomness, serverSeed, tickets } = draw;
  const digest = digestOf(tickets);
  const secret = concatBytes(hexToBytes(serverSeed), hexToBytes(randomness));
  const remaining = [...tickets];
  // Among those that have not won: a hash as a number, drawn again if it would favour some.
  const pick = (prize: number): string => {
    const n = BigInt(remaining.length);
    for (let attempt = 0; ; attempt += 1) {
      const label = `prize-${prize}${attempt === 0 ? "" : `-${attempt}`}`;
      const hash = sha256(concatBytes(secret, utf8ToBytes(label), digest));
      const value = BigInt(`0x${bytesToHex(hash)}`);
      if (value < HASH_RANGE - (HASH_RANGE % n))
        return remaining.splice(Number(value % n), 1)[0] ?? "";
    }
  };
  return Array.from({ length: Math.min(prizes, tickets.length) }, (_, prize) => pick(prize));
}

const digestOf = (tickets: readonly string[]): Uint8Array => sha256(utf8ToBytes(tickets.join(",")));

/** By ascending number, each number once. */
function isInOrder(tickets: readonly string[]): boolean {
  let last = -1;
  for (const ticket of tickets) {
    const number = Number(TICKET.exec(ticket)?.[1] ?? Number.NaN);
    if (!(number > last)) return false;
    last = number;
  }
  return true;
}

function awaitedRound({ genesisAtMs, periodMs }: Chain, closedAtMs: number): number {
  return Math.max(1, Math.ceil((closedAtMs + MIN_AFTER_CLOSE_MS - genesisAtMs) / periodMs) + 1);
}

/** BLS12-381 with signatures in G1 over SHA-256 of the round's number as eight bytes. */
function isSignature({ publicKey }: Chain, round: number, signature: string): boolean {
  try {
    const number = new Uint8Array(8);
    new DataView(number.buffer).setBigUint64(0, BigInt(round));
    const { shortSignatures } = bls12_381;
    const message = shortSignatures.hash(sha256(number), SIGNATURE_DOMAIN);
    return shortSignatures.verify(hexToBytes(signature), message, hexToBytes(publicKey));
  } catch {
    // Text that is no hex, or bytes that are no point of the curve.
    return false;
  }
}
