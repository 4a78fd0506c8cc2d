import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { betsDigest, commitment, finalSeed } from "../../entities/lobby/race/fairness.ts";
import { settleRace } from "../../entities/lobby/race/replay.ts";
import { startingField } from "../../entities/lobby/race/runner.ts";
import { simulate } from "../../entities/lobby/race/simulation.ts";
import { runScript } from "./support/Script.ts";

const RACE_ID = "demo-7";
const SERVER_SEED = "b2184bbbbb1e9dc438f99ba24e3610999adb419bc8bc5ed2f9d200e174f4a8fb";

/** A race run by the rules, as `GET /races/{id}/verify` tells of it. */
const honestRace = () => {
  const markets = ["win", "place", "show", "exacta", "quinella", "trifecta"] as const;
  const bets = Array.from({ length: 60 }, (_, i) => {
    const numbers = [1 + (i % 8), 1 + ((i + 3) % 8), 1 + ((i + 5) % 8)];
    return {
      betId: `demo:bet-${i}`,
      playerId: `player-${i % 7}`,
      market: markets[i % 6]!,
      selection: numbers.slice(0, [1, 1, 1, 2, 2, 3][i % 6]),
      stakeMinor: 100 + i * 37,
    };
  });
  const powers = [
    { power: "pwr_boost_01", target: 2, tick: 20 },
    { power: "pwr_oil_01", target: 5, tick: 31 },
  ] as const;
  const digest = betsDigest(bets);
  const seed = finalSeed(SERVER_SEED, RACE_ID, digest);
  const field = startingField("a1");
  const rules = { field, scratched: [4], maxTicks: 120, takeoutPerMille: 100 };
  const { order } = simulate({ ...rules, seed, powers });
  return {
    race_id: RACE_ID,
    commitment: commitment(SERVER_SEED),
    server_seed: SERVER_SEED,
    bets_digest: digest,
    final_seed: seed,
    field,
    scratched: rules.scratched,
    max_ticks: rules.maxTicks,
    takeout_per_mille: rules.takeoutPerMille,
    bets: bets.map(({ betId, market, playerId, selection, stakeMinor }) => ({
      bet_id: betId,
      player_id: playerId,
      market,
      selection,
      stake: stakeMinor,
    })),
    powers,
    order,
    payouts: settleRace({ ...rules, bets, order }).flatMap(({ outcomes }) =>
      outcomes.map(({ betId, payoutMinor }) => ({ bet_id: betId, payout: payoutMinor })),
    ),
  };
};

const race = honestRace();
const otherSeed = SERVER_SEED.replace("b2", "b3");

/** Each as the change that a house might make, and the lines that show it. */
const TAMPERED: ReadonlyArray<
  readonly [string, (honest: typeof race) => unknown, ReadonlyArray<string>]
> = [
  [
    "another server seed",
    (is) => ({ ...is, server_seed: otherSeed }),
    ["commitment", "final seed"],
  ],
  ["another order", (is) => ({ ...is, order: is.order.toReversed() }), ["order"]],
  [
    "a unit less for a winner",
    (is) => ({
      ...is,
      payouts: is.payouts.map((one) => ({ ...one, payout: Math.max(0, one.payout - 1) })),
    }),
    ["payouts"],
  ],
  [
    "a stake changed",
    (is) => ({ ...is, bets: is.bets.with(0, { ...is.bets[0]!, stake: 1 }) }),
    ["digest", "final seed"],
  ],
];

let server: Server;
let baseUrl: string;
let served: unknown;
beforeAll(async () => {
  server = createServer((request, response) => {
    const known = request.method === "GET" && request.url === `/races/${RACE_ID}/verify`;
    response.writeHead(known ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(known ? served : { code: "not_found" }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const verify = (body: unknown, ...args: ReadonlyArray<string>) => {
  served = body;
  return runScript("docs/verify-race.ts", { args: [baseUrl, RACE_ID, ...args] });
};
const failedLines = (stdout: string) => stdout.split("\n").filter((line) => line.startsWith("✗"));

describe("docs/verify-race.ts", () => {
  it("accepts a race that was run by the rules", async () => {
    const { code, stderr, stdout } = await verify(race, race.commitment);
    expect(stderr).not.toContain("Error");
    expect(stdout.split("\n").filter((line) => line.startsWith("✓"))).toHaveLength(6);
    expect(failedLines(stdout)).toEqual([]);
    expect(code).toBe(0);
  });

  it.each(TAMPERED)("rejects %s", async (_, tamper, shown) => {
    const { code, stdout } = await verify(tamper(race));
    for (const word of shown)
      expect(failedLines(stdout).some((line) => line.startsWith(`✗ ${word}`))).toBe(true);
    expect(stdout).toContain("does not hold");
    expect(code).toBe(1);
  });

  it("rejects a commitment that is not the one noted before the race", async () => {
    const forged = {
      ...race,
      commitment: commitment(otherSeed),
      server_seed: otherSeed,
      final_seed: finalSeed(otherSeed, RACE_ID, race.bets_digest),
    };
    const { code, stdout } = await verify(forged, race.commitment);
    expect(failedLines(stdout)[0]).toMatch(/^✗ commitment/);
    expect(code).toBe(1);
  });

  it.each([
    ["money that is none", { ...race, payouts: [{ bet_id: "demo:bet-0", payout: -1 }] }],
    ["another race", { ...race, race_id: "demo-8" }],
  ])("rejects %s", async (_, body) => {
    expect((await verify(body)).code).toBe(1);
  });

  it("says so when there is no such race", async () => {
    const { code, stderr } = await runScript("docs/verify-race.ts", { args: [baseUrl, "none"] });
    expect(stderr).toContain("HTTP 404");
    expect(code).toBe(1);
  });
});
