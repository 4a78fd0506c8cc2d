import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { betsDigest, commitment, finalSeed } from "../../../../entities/lobby/race/fairness.ts";
import type { DigestedBet } from "../../../../entities/lobby/race/fairness.ts";
import { hmacSha256Hex } from "../../../../entities/lobby/race/hash.ts";

const SEED = "b2184bbbbb1e9dc438f99ba24e3610999adb419bc8bc5ed2f9d200e174f4a8fb";

const BETS: readonly DigestedBet[] = [
  { betId: "b10", playerId: "p2", market: "trifecta", selection: [3, 1, 8], stakeMinor: 250 },
  { betId: "b1", playerId: "p1", market: "win", selection: [3], stakeMinor: 100 },
  { betId: "B2", playerId: "p1", market: "quinella", selection: [5, 2], stakeMinor: 50_000 },
];

describe("published vectors", () => {
  it("HMAC over text (php-provably-fair's README)", () => {
    expect(hmacSha256Hex("server seed", "client seed-1")).toBe(
      "78ed9330f00055f15765cb141088f316d507204a745ad4800fd719fcbfca071a",
    );
  });

  it("a seed is hashed, and keys, as its hex text", () => {
    expect(commitment(SEED)).toBe(
      "c6656428c631747b6d9c89232eab201ad8dc187f19f74dda18dbaf67dc1a8268",
    );
    expect(hmacSha256Hex(SEED, "77ecfa83b02c6f630d7636bd3af18b7f6")).toBe(
      "ddb1510947b80f351a19607853aa6918d404d7d1737a009d78508d81097abdcd",
    );
  });
});

describe("betsDigest", () => {
  it("is the hash of the canonical lines in code unit order of the ids", () => {
    const lines = "B2|p1|quinella|5-2|50000\nb1|p1|win|3|100\nb10|p2|trifecta|3-1-8|250\n";
    expect(betsDigest(BETS)).toBe(createHash("sha256").update(lines).digest("hex"));
  });

  it("does not depend on the order in which bets come", () => {
    expect(betsDigest(BETS.toReversed())).toBe(betsDigest(BETS));
  });

  it("of no bets is the hash of the empty text", () => {
    expect(betsDigest([])).toBe(createHash("sha256").update("").digest("hex"));
  });

  it.each([
    ["stake", { stakeMinor: 101 }],
    ["selection", { selection: [4] }],
    ["market", { market: "place" as const }],
    ["player", { playerId: "p3" }],
    ["id", { betId: "b11" }],
  ])("changes with the %s", (_, change) => {
    expect(betsDigest(BETS.with(1, { ...BETS[1]!, ...change }))).not.toBe(betsDigest(BETS));
  });

  it.each(["a|b", "a\nb"])("refuses the id %j, which could forge a line", (id) => {
    expect(() => betsDigest([{ ...BETS[0]!, betId: id }])).toThrow(RangeError);
    expect(() => betsDigest([{ ...BETS[0]!, playerId: id }])).toThrow(RangeError);
  });
});

it("finalSeed keys with the server seed's text over race_id:digest", () => {
  const digest = betsDigest(BETS);
  expect(finalSeed(SEED, "race-7", digest)).toBe(
    createHmac("sha256", SEED).update(`race-7:${digest}`).digest("hex"),
  );
});

it("the digest is of the bets by their ids, in whatever order they came", () => {
  const [first, second, third] = BETS as [DigestedBet, DigestedBet, DigestedBet];
  const expected = createHash("sha256")
    .update("B2|p1|quinella|5-2|50000\nb1|p1|win|3|100\nb10|p2|trifecta|3-1-8|250\n")
    .digest("hex");
  for (const bets of [
    [first, second, third],
    [first, third, second],
    [second, first, third],
    [second, third, first],
    [third, first, second],
    [third, second, first],
  ])
    expect(betsDigest(bets)).toBe(expected);
});
