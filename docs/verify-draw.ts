/**
 * Draws a raffle's winners again from what is public about it and compares: exit code 0 if all is as the house says, 1 if
 * not.
 *
 *   npx tsx docs/verify-draw.ts <base url> <raffle id> [commitment] [tickets digest]
 *
 * `commitment` is the one you noted while tickets were sold, `tickets digest` the one you noted after the close and before the
 * draw; without them those that the house shows now are taken for them.
 * Nothing of the house's program is used: hashes are Node's, the beacon's signature is checked by @noble/curves.
 * The rules are written out in `docs/fairness.md`; another program that follows them must come to the same winners.
 */
import { createHash } from "node:crypto";
import { bls12_381 } from "@noble/curves/bls12-381.js";

/** The public drand chain "quicknet". A house that names another may hold its keys. */
const QUICKNET = {
  chainHash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  genesisAt: 1_692_803_367_000,
  periodMs: 3000,
};
/** A draw waits for the first round that is published so long after the close of the sale. */
const MIN_AFTER_CLOSE_MS = 30_000;
const SIGNATURE_DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/** What `GET /api/v1/raffles/{id}/verify` gives of a raffle that is drawn. */
interface Draw {
  readonly raffle_id: string;
  readonly prizes: ReadonlyArray<{ readonly name: string }>;
  readonly commitment: string;
  readonly server_seed: string;
  readonly closed_at: string;
  readonly ticket_count: number;
  readonly tickets_digest: string;
  /** In their order: `<number>:<reservation id>`. */
  readonly tickets: ReadonlyArray<string>;
  readonly beacon: { readonly chain_hash: string; readonly public_key: string } | null;
  readonly awaited_round: number | null;
  readonly round: {
    readonly round: number;
    readonly randomness: string;
    readonly signature: string;
  } | null;
  readonly winners: ReadonlyArray<{
    /** From 1. */
    readonly prize: number;
    readonly number: number;
    readonly reservation_id: string;
  }>;
}

const hex = (text: string) => Buffer.from(text, "hex");
const sha256 = (...parts: ReadonlyArray<string | Uint8Array>) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** BLS12-381 with signatures in G1 over SHA-256 of the round's number as eight bytes. */
const isSigned = ({ round, signature }: NonNullable<Draw["round"]>): boolean => {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(round));
  const { shortSignatures } = bls12_381;
  const message = shortSignatures.hash(sha256(number), SIGNATURE_DOMAIN);
  try {
    return shortSignatures.verify(hex(signature), message, hex(QUICKNET.publicKey));
  } catch {
    // The bytes are no point of the curve.
    return false;
  }
};

/** For each prize a ticket among those that have not won: a hash as a number, drawn again if it would favour some. */
const drawAgain = (draw: Draw, randomness: string, digest: Uint8Array): ReadonlyArray<string> => {
  const remaining = [...draw.tickets];
  const pick = (prize: number): string => {
    const n = BigInt(remaining.length);
    for (let k = 0; ; k++) {
      const label = `prize-${prize}${k === 0 ? "" : `-${k}`}`;
      const drawn = sha256(hex(draw.server_seed), hex(randomness), label, digest);
      const value = BigInt(`0x${drawn.toString("hex")}`);
      if (value < (2n ** 256n / n) * n) return remaining.splice(Number(value % n), 1)[0]!;
    }
  };
  return draw.prizes.slice(0, remaining.length).map((_, prize) => pick(prize));
};

const stop = (sentence: string): never => {
  console.error(sentence);
  process.exit(1);
};

const [baseUrl, raffleId, notedCommitment, notedDigest] = process.argv.slice(2);
if (baseUrl === undefined || raffleId === undefined)
  stop("usage: npx tsx docs/verify-draw.ts <base url> <raffle id> [commitment] [tickets digest]");

const path = `/api/v1/raffles/${encodeURIComponent(raffleId!)}/verify`;
const response = await fetch(new URL(path, baseUrl));
if (!response.ok)
  stop(
    `HTTP ${response.status}: is there such a raffle, and is it drawn? ${await response.text()}`,
  );
const draw = (await response.json()) as Draw;
if (draw.raffle_id !== raffleId) stop(`The house answers with another raffle: ${draw.raffle_id}.`);

let allAgrees = true;
const check = (agrees: boolean, what: string) => {
  allAgrees &&= agrees;
  console.log(`${agrees ? "✓" : "✗"} ${what}`);
};

const { beacon, round, tickets } = draw;
const commitment = notedCommitment ?? draw.commitment;
check(
  /^[0-9a-f]{64}$/.test(draw.server_seed) &&
    sha256(hex(draw.server_seed)).toString("hex") === commitment,
  `commitment ${commitment} = SHA-256(server seed ${draw.server_seed})`,
);

const numbers = tickets.map((ticket) => Number(ticket.split(":", 1)[0]));
check(
  tickets.length > 0 &&
    tickets.length === draw.ticket_count &&
    numbers.every((number, i) => Number.isInteger(number) && (i === 0 || number > numbers[i - 1]!)),
  `tickets: ${draw.ticket_count}, by ascending number, each number once`,
);
const digest = sha256(tickets.join(","));
check(
  digest.toString("hex") === (notedDigest ?? draw.tickets_digest),
  `digest ${notedDigest ?? draw.tickets_digest} = SHA-256(the tickets, joined by commas)`,
);

if (beacon === null) {
  console.log("  no beacon: the house could know the draw while tickets were sold");
} else {
  check(
    beacon.chain_hash === QUICKNET.chainHash && beacon.public_key === QUICKNET.publicKey,
    "beacon: the public chain quicknet",
  );
  const after = Date.parse(draw.closed_at) + MIN_AFTER_CLOSE_MS - QUICKNET.genesisAt;
  const awaited = Math.max(1, Math.ceil(after / QUICKNET.periodMs) + 1);
  check(
    draw.awaited_round === awaited && round?.round === awaited,
    `round ${awaited}: the first one 30 s or more after the close at ${draw.closed_at}`,
  );
  check(round !== null && isSigned(round), `signature of round ${round?.round} by the chain's key`);
  check(
    round !== null && sha256(hex(round.signature)).toString("hex") === round.randomness,
    `randomness ${round?.randomness} = SHA-256(signature)`,
  );
}

const winners = drawAgain(draw, beacon === null ? "" : (round?.randomness ?? ""), digest);
const claimed = draw.winners.map(({ number, reservation_id }) => `${number}:${reservation_id}`);
for (const [prize, { name }] of draw.prizes.entries())
  check(
    winners[prize] === claimed[prize] && (draw.winners[prize]?.prize ?? prize + 1) === prize + 1,
    `winner of "${name}": ${winners[prize] ?? "nobody, for there are no more tickets"}`,
  );
check(claimed.length === winners.length, `winners: ${winners.length}`);

console.log(allAgrees ? "All is as the house says." : "The house's account does not hold.");
process.exitCode = allAgrees ? 0 : 1;
