/** A round of drand's public chain, recorded: authentic, and nothing changed in it is. */
import { describe, expect, it } from "vitest";
import { ALGORITHM, type Proof, verifyDraw } from "../../../../entities/raffle/draw/proof.ts";
import { commitment, drawWinners } from "../../../../entities/raffle/draw/pick.ts";
import {
  awaitedRound,
  isAuthentic,
  MIN_AFTER_CLOSE_MS,
  publishedAt,
  QUICKNET,
} from "../../../../entities/raffle/draw/round.ts";
import { ticketsDigest } from "../../../../entities/raffle/draw/tickets.ts";

const ROUND = {
  round: 1000,
  randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
  signature:
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
};
const SEED = "9bae06392e1c49593f744bb8b27473a25cf641b946aae1fbbc21285e68cc3a06";

describe("a recorded round", () => {
  it("is authentic", () => {
    expect(isAuthentic(QUICKNET, ROUND)).toBe(true);
  });

  it.each([
    ["another number", { round: 1001 }],
    ["another randomness", { randomness: `00${ROUND.randomness.slice(2)}` }],
    ["another signature", { signature: `${ROUND.signature.slice(0, -2)}38` }],
    ["a signature that is no hex", { signature: "no hex" }],
    ["no signature", { signature: "" }],
  ])("is not with %s", (_, change) => {
    expect(isAuthentic(QUICKNET, { ...ROUND, ...change })).toBe(false);
  });

  it("is not of another chain", () => {
    const publicKey = `${QUICKNET.publicKey.slice(0, -2)}5b`;
    expect(isAuthentic({ ...QUICKNET, publicKey }, ROUND)).toBe(false);
  });
});

describe("the round that a draw waits for", () => {
  it("is the first that is published half a minute after the close, or later", () => {
    const at = QUICKNET.genesisAt + 3_000_000;
    for (let ms = 0; ms <= 6_001; ms += 1_000) {
      const round = awaitedRound(QUICKNET, at + ms);
      expect(Number.isInteger(round)).toBe(true);
      expect(publishedAt(QUICKNET, round)).toBeGreaterThanOrEqual(at + ms + MIN_AFTER_CLOSE_MS);
      expect(publishedAt(QUICKNET, round - 1)).toBeLessThan(at + ms + MIN_AFTER_CLOSE_MS);
    }
  });

  it("is the first of a chain that is yet to begin", () => {
    expect(awaitedRound(QUICKNET, 0)).toBe(1);
    expect(publishedAt(QUICKNET, 1)).toBe(QUICKNET.genesisAt);
  });
});

describe("a proof", () => {
  const tickets = ["0:r.a", "3:r.b", "4:r.a", "8:r.c"];
  const digest = ticketsDigest(tickets);
  const closedAt = publishedAt(QUICKNET, ROUND.round) - MIN_AFTER_CLOSE_MS;
  const input = { serverSeed: SEED, randomness: ROUND.randomness, ticketsDigest: digest };
  const proof: Proof = {
    commitment: commitment(SEED),
    serverSeed: SEED,
    ticketsDigest: digest,
    tickets,
    closedAt,
    chain: QUICKNET,
    round: ROUND,
    prizes: 2,
    winners: drawWinners(input, { prizes: 2, tickets: 4 }).map((place) => tickets[place]!),
  };
  const allTrue = { commitment: true, tickets: true, beacon: true, winners: true };

  it("of an honest draw holds", () => {
    expect(verifyDraw(proof)).toEqual(allTrue);
    const alone = drawWinners({ ...input, randomness: null }, { prizes: 2, tickets: 4 });
    const winners = alone.map((place) => tickets[place]!);
    expect(verifyDraw({ ...proof, chain: null, round: null, winners })).toEqual(allTrue);
  });

  it.each([
    ["another seed", { serverSeed: "00".repeat(32) }, "commitment"],
    ["a ticket left out", { tickets: tickets.slice(1) }, "tickets"],
    ["tickets in another order", { tickets: tickets.toReversed() }, "tickets"],
    ["another winner", { winners: [tickets[0]!, tickets[0]!] }, "winners"],
    ["fewer winners", { winners: proof.winners.slice(1) }, "winners"],
    ["one more winner", { winners: [...proof.winners, tickets[0]!] }, "winners"],
    ["one winner exchanged", { winners: [proof.winners[0]!, "9:r.z"] }, "winners"],
    ["a round that the rules do not name", { closedAt: closedAt - 3_000 }, "beacon"],
    ["no round", { round: null }, "beacon"],
    ["a round of no chain", { chain: null }, "beacon"],
    ["a forged round", { round: { ...ROUND, round: 999 } }, "beacon"],
    ["a forged signature", { round: { ...ROUND, signature: "ab".repeat(48) } }, "beacon"],
  ] as const)("with %s does not", (_, change, fails) => {
    expect(verifyDraw({ ...proof, ...change })[fails]).toBe(false);
  });

  it("comes with its rules in words", () => {
    for (const term of ["commitment", "digest", "prize-<i>", "prize-<i>-<k>"])
      expect(ALGORITHM).toContain(term);
  });
});
