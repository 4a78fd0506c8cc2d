/** Published draws of others, recomputed: the primitives are theirs, and the whole scheme is where the scheme is the same. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import {
  commitment,
  drawHash,
  drawWinners,
  indexBelow,
} from "../../../../entities/raffle/draw/pick.ts";
import { ticketsDigest, ticketText } from "../../../../entities/raffle/draw/tickets.ts";

const SEED = "9bae06392e1c49593f744bb8b27473a25cf641b946aae1fbbc21285e68cc3a06";
const RANDOMNESS = "2ea72654b10d6ce1f24de6d7871bbcf9b35575997eb25f870b435adf2dab31bc";
const HASH_RANGE = 1n << 256n;

const sha256Hex = (text: string) => bytesToHex(sha256(utf8ToBytes(text)));
const hmacHex = (hash: typeof sha256 | typeof sha512, key: string, message: string) =>
  bytesToHex(hmac(hash, utf8ToBytes(key), utf8ToBytes(message)));

describe("published vectors", () => {
  it("1, php-provably-fair: HMAC-SHA256 over texts", () => {
    expect(hmacHex(sha256, "server seed", "client seed-1")).toBe(
      "78ed9330f00055f15765cb141088f316d507204a745ad4800fd719fcbfca071a",
    );
  });

  it("2, a casino's seed: SHA-256 of the text commits to it, HMAC with a nonce draws from it", () => {
    const seed = "b2184bbbbb1e9dc438f99ba24e3610999adb419bc8bc5ed2f9d200e174f4a8fb";
    expect(sha256Hex(seed)).toBe(
      "c6656428c631747b6d9c89232eab201ad8dc187f19f74dda18dbaf67dc1a8268",
    );
    expect(hmacHex(sha256, seed, "77ecfa83b02c6f630d7636bd3af18b7f6")).toBe(
      "ddb1510947b80f351a19607853aa6918d404d7d1737a009d78508d81097abdcd",
    );
  });

  it("3, raffair.co.uk: a whole draw, by the very rules of this one", () => {
    const tickets = ["1", "2", "3", "4", "5"];
    const digest = ticketsDigest(tickets);
    expect(commitment(SEED)).toBe(
      "ce9e3ce2fe73229fa7775cab901ddefced07d50da2df76514fca2dfbb71a20de",
    );
    expect(digest).toMatch(/^b726eed1/);
    const input = { serverSeed: SEED, randomness: RANDOMNESS, ticketsDigest: digest };
    expect(bytesToHex(drawHash(input, "prize-0"))).toBe(
      "2053eb28f07d2157038ff2191d8d82522f80fa605268c6baa049f43edc061858",
    );
    const [place = -1] = drawWinners(input, { prizes: 1, tickets: 5 });
    expect(tickets[place]).toBe("4");
  });

  it("4, a roll calculator: HMAC-SHA512, of which it takes eight digits", () => {
    const digits = hmacHex(sha512, "123456:knom:123456", "123456:monk:123456").slice(0, 8);
    expect(Math.round(Number.parseInt(digits, 16) / 429_496.7295)).toBe(8009);
    expect(sha256Hex("monk")).toMatch(/^9b550d15e298/);
  });

  it("5, a crash game: 52 bits of a digest as a fraction, which a draw by integers does without", () => {
    const bits = Number.parseInt("6b5124897c3c48d0".slice(0, 13), 16);
    expect(bits).toBe(1_887_939_992_208_324);
    expect(bits / 2 ** 52).toBeCloseTo(0.419206889692064, 15);
    expect(Math.floor(99 / (1 - bits / 2 ** 52)) / 100).toBe(1.7);
  });
});

describe("a draw", () => {
  const input = (seed: number, randomness: string | null = null) => ({
    serverSeed: seed.toString(16).padStart(64, "0"),
    randomness,
    ticketsDigest: ticketsDigest(["a", "b"]),
  });

  it("is another for another seed, round, list or prize", () => {
    const one = { ...input(1), randomness: RANDOMNESS };
    const hashes = [
      drawHash(one, "prize-0"),
      drawHash(one, "prize-1"),
      drawHash({ ...one, randomness: null }, "prize-0"),
      drawHash({ ...one, serverSeed: SEED }, "prize-0"),
      drawHash({ ...one, ticketsDigest: ticketsDigest(["b", "a"]) }, "prize-0"),
    ];
    expect(new Set(hashes.map(bytesToHex)).size).toBe(hashes.length);
  });

  it("gives each prize to another ticket, and all tickets when there are as many prizes", () => {
    for (const prizes of [1, 7, 50, 80]) {
      const winners = drawWinners(input(prizes), { prizes, tickets: 50 });
      expect(winners).toHaveLength(Math.min(prizes, 50));
      expect(new Set(winners).size).toBe(winners.length);
      for (const place of winners) expect(place >= 0 && place < 50).toBe(true);
    }
    expect(drawWinners(input(1), { prizes: 3, tickets: 0 })).toEqual([]);
  });

  /**
   * Over many seeds each of n tickets wins each prize equally often: the chi-square of the counts against that stays below
   * the value that chance exceeds once in a million runs (8 degrees: 42.7). The seeds are fixed, so it passes or fails for good.
   */
  it("favours no ticket", () => {
    const [tickets, prizes, seeds] = [9, 3, 6_000];
    const counts = Array.from({ length: prizes }, () => Array<number>(tickets).fill(0));
    for (let seed = 0; seed < seeds; seed++)
      drawWinners(input(seed), { prizes, tickets }).forEach((place, prize) => {
        counts[prize]![place]! += 1;
      });
    const expected = seeds / tickets;
    for (const row of counts) {
      const chiSquare = row.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeLessThan(42.7);
      expect(Math.min(...row)).toBeGreaterThan(0);
    }
  });
});

describe("an index below n", () => {
  const bytesOf = (value: bigint) => hexToBytes(value.toString(16).padStart(64, "0"));

  it("throws away what lies in the last, incomplete run, and draws again under the next label", () => {
    const n = (HASH_RANGE >> 1n) + 1n;
    const labels: Array<string> = [];
    const hashes = [HASH_RANGE - 1n, n, 5n];
    const index = indexBelow(n, "prize-4", (label) => {
      labels.push(label);
      return bytesOf(hashes[labels.length - 1] ?? 0n);
    });
    expect([index, labels]).toEqual([5n, ["prize-4", "prize-4-1", "prize-4-2"]]);
  });

  it("takes the last value of the last whole run, and not the next", () => {
    const limit = HASH_RANGE - (HASH_RANGE % 5n);
    expect(indexBelow(5n, "p", () => bytesOf(limit - 1n))).toBe(4n);
    expect(indexBelow(5n, "p", (label) => bytesOf(label === "p" ? limit : 3n))).toBe(3n);
    expect(indexBelow(HASH_RANGE, "p", () => bytesOf(HASH_RANGE - 1n))).toBe(HASH_RANGE - 1n);
  });

  it("rejects about half of all real hashes where half lie in the incomplete run, and still ends", () => {
    const n = (HASH_RANGE >> 1n) + 1n;
    let tries = 0;
    for (let seed = 0; seed < 500; seed++)
      indexBelow(n, `prize-${seed}`, (label) => {
        tries += 1;
        return sha256(utf8ToBytes(label));
      });
    expect(tries / 500).toBeGreaterThan(1.7);
    expect(tries / 500).toBeLessThan(2.3);
  });

  it("is of a number that there is", () => {
    for (const n of [0n, -1n, HASH_RANGE + 1n])
      expect(() => indexBelow(n, "p", () => bytesOf(0n))).toThrow(RangeError);
  });
});

it("a ticket is its number and its reservation", () => {
  expect(ticketText(7, "spring.abc")).toBe("7:spring.abc");
  expect(ticketsDigest([])).toBe(sha256Hex(""));
  expect(ticketsDigest(["1:a", "2:b"])).toBe(sha256Hex("1:a,2:b"));
});
