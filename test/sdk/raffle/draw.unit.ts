/** The draw verified by the SDK: published vectors, a recorded round of drand's, and every lie found. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { commitment, drawWinners as housePlaces } from "../../../entities/raffle/draw/pick.ts";
import { awaitedRound, QUICKNET as HOUSE_CHAIN } from "../../../entities/raffle/draw/round.ts";
import { ticketsDigest } from "../../../entities/raffle/draw/tickets.ts";
import { drawWinners, QUICKNET, verifyDraw } from "../../../sdk/src/draw.ts";
import type { DrawCheck } from "../../../sdk/src/draw.ts";
import type { DrawProofBody } from "../../../sdk/src/index.ts";

/** raffair.co.uk's published draw: seed, randomness and five tickets, of which the fourth wins. */
const SEED = "9bae06392e1c49593f744bb8b27473a25cf641b946aae1fbbc21285e68cc3a06";
const PUBLISHED = {
  commitment: "ce9e3ce2fe73229fa7775cab901ddefced07d50da2df76514fca2dfbb71a20de",
  randomness: "2ea72654b10d6ce1f24de6d7871bbcf9b35575997eb25f870b435adf2dab31bc",
};
/** Round 1000 of quicknet, as drand publishes it. */
const ROUND = {
  round: 1000,
  randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
  signature:
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
};
/** The last moment after which round 1000 is the first half a minute later. */
const CLOSED_AT = new Date(QUICKNET.genesisAtMs + 999 * 3_000 - 30_000).toISOString();
const BEACON = {
  scheme: "bls-unchained-g1-rfc9380",
  chain_hash: QUICKNET.chainHash,
  public_key: QUICKNET.publicKey,
  genesis_at: new Date(QUICKNET.genesisAtMs).toISOString(),
  period_ms: QUICKNET.periodMs,
} as const;
const TICKETS = ["0:r.a", "3:r.b", "4:r.a", "8:r.c"];

/** As the house would make it. */
const proofOf = (
  options: {
    readonly tickets?: readonly string[];
    readonly isBlind?: boolean;
    readonly prizes?: number;
  } = {},
): DrawProofBody => {
  const { isBlind = false, prizes = 2, tickets = TICKETS } = options;
  const digest = ticketsDigest(tickets);
  const input = {
    serverSeed: SEED,
    randomness: isBlind ? null : ROUND.randomness,
    ticketsDigest: digest,
  };
  const winners = housePlaces(input, { prizes, tickets: tickets.length });
  return {
    raffle_id: "r",
    status: "completed",
    prizes: Array.from({ length: prizes }, (_, n) => ({ name: `Prize ${n}` })),
    commitment: commitment(SEED),
    server_seed: SEED,
    closed_at: CLOSED_AT,
    ticket_count: tickets.length,
    tickets_digest: digest,
    beacon: isBlind ? null : BEACON,
    awaited_round: isBlind ? null : ROUND.round,
    round: isBlind ? null : ROUND,
    drawn_at: CLOSED_AT,
    winners: winners.map((place, n) => {
      const [number, reservation_id] = (tickets[place] ?? "").split(":");
      return {
        prize: n + 1,
        prize_name: `Prize ${n}`,
        number: Number(number),
        reservation_id: reservation_id ?? "",
        player_id: "p",
      };
    }),
    algorithm: "",
    tickets,
  };
};
const failed = (proof: DrawProofBody, noted: object = {}): readonly DrawCheck["what"][] =>
  verifyDraw(proof, { raffleId: "r", ...noted })
    .checks.filter(({ holds }) => !holds)
    .map(({ what }) => what);

describe("what is published by others", () => {
  test("raffair.co.uk's draw has its winner", () => {
    const { randomness } = PUBLISHED;
    const tickets = ["1", "2", "3", "4", "5"];
    expect(drawWinners({ serverSeed: SEED, randomness, tickets, prizes: 1 })).toEqual(["4"]);
  });

  test("the seed commits to what raffair.co.uk publishes of it", () => {
    const [, made] = verifyDraw(proofOf({ isBlind: true }), { raffleId: "r" }).checks;
    expect(made).toMatchObject({ what: "commitment", expected: PUBLISHED.commitment });
  });

  test("drand's round 1000 is the one awaited, signed, and hashes to its randomness", () => {
    expect(awaitedRound(HOUSE_CHAIN, Date.parse(CLOSED_AT))).toBe(ROUND.round);
    const { checks } = verifyDraw(proofOf(), { raffleId: "r" });
    expect(checks.find(({ what }) => what === "signature")).toMatchObject({
      holds: true,
      expected: ROUND.randomness,
    });
  });
});

test("what the house draws is drawn again: any tickets, any prizes, with a beacon and without", () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 99_999 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 10 }),
      // A beacon costs a pairing, a quarter of a second.
      fc.integer({ min: 0, max: 19 }).map((n) => n > 0),
      (numbers, prizes, isBlind) => {
        const tickets = numbers.toSorted((a, b) => a - b).map((n) => `${n}:r.${n % 7}`);
        const verdict = verifyDraw(proofOf({ tickets, prizes, isBlind }), { raffleId: "r" });
        expect(verdict.checks.filter(({ holds }) => !holds)).toEqual([]);
        expect(verdict.holds).toBe(true);
        expect(verdict.hasBeacon).toBe(!isBlind);
        expect(verdict.winners).toHaveLength(Math.min(prizes, tickets.length));
      },
    ),
    { numRuns: 60 },
  ));

describe("a lie is found where it is told", () => {
  const signed = proofOf();
  const blind = proofOf({ isBlind: true });
  const [first, second] = blind.winners;
  if (first === undefined || second === undefined) throw new Error("two prizes, two winners");
  const other = { ...QUICKNET, publicKey: `${QUICKNET.publicKey.slice(0, -2)}5b` };

  test.each<[string, Partial<DrawProofBody>, object, readonly string[]]>([
    ["another raffle", { raffle_id: "s" }, {}, ["raffle"]],
    ["another seed", { server_seed: "00".repeat(32) }, {}, ["commitment"]],
    ["no seed", { server_seed: null }, {}, ["commitment", "winners"]],
    ["another commitment than the noted one", {}, { commitment: "00" }, ["commitment"]],
    ["a ticket more", { tickets: [...TICKETS, "9:r.x"] }, {}, ["tickets", "digest"]],
    [
      "a number twice",
      { tickets: ["0:r.a", "3:r.b", "3:r.a", "8:r.c"] },
      {},
      ["tickets", "digest"],
    ],
    ["another list than at the close", {}, { ticketsDigest: "00" }, ["digest"]],
    ["a ticket that was left out", {}, { tickets: ["0:r.a", "5:r.a"] }, ["own"]],
    [
      "a later round",
      { closed_at: new Date(Date.parse(CLOSED_AT) - 3_000).toISOString() },
      {},
      ["round"],
    ],
    ["no round", { round: null }, {}, ["round", "signature", "winners"]],
    ["another randomness", { round: { ...ROUND, randomness: "00" } }, {}, ["signature"]],
    ["another signature", { round: { ...ROUND, signature: "00" } }, {}, ["signature", "winners"]],
    ["a chain of its own", { beacon: { ...BEACON, public_key: other.publicKey } }, {}, ["chain"]],
    ["a chain that is not trusted", {}, { chain: other }, ["chain", "signature", "winners"]],
    [
      "each other's prizes",
      {
        winners: [
          { ...second, prize: 1 },
          { ...first, prize: 2 },
        ],
      },
      {},
      ["winners"],
    ],
    ["a winner less", { winners: [first] }, {}, ["winners"]],
    ["a prize twice", { winners: [first, { ...second, prize: 3 }] }, {}, ["winners"]],
  ])("%s", (_, lie, noted, checks) => {
    const isOfBeacon = ["chain", "round", "signature"].some((what) => checks.includes(what));
    const found = failed({ ...(isOfBeacon ? signed : blind), ...lie }, noted);
    for (const what of checks) expect(found).toContain(what);
  });

  test("a beacon that is no longer spoken of is missing", () => {
    const verdict = verifyDraw({ ...signed, beacon: null, round: null }, { raffleId: "r" });
    expect(verdict.hasBeacon).toBe(false);
  });

  test("and the truth with all that was noted holds", () => {
    const noted = {
      commitment: commitment(SEED),
      ticketsDigest: ticketsDigest(TICKETS),
      tickets: ["4:r.a"],
    };
    expect(failed(signed, noted)).toEqual([]);
  });
});
