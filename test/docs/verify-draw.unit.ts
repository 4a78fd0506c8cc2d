import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commitment, drawWinners } from "../../entities/raffle/draw/pick.ts";
import { publishedAt, QUICKNET } from "../../entities/raffle/draw/round.ts";
import { ticketsDigest, ticketText } from "../../entities/raffle/draw/tickets.ts";
import { runScript } from "./support/Script.ts";

const RAFFLE_ID = "summer";
const SERVER_SEED = "9bae06392e1c49593f744bb8b27473a25cf641b946aae1fbbc21285e68cc3a06";
const ROUND = {
  round: 1000,
  randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
  signature:
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
};
const PRIZES = [{ name: "Car" }, { name: "Bicycle" }, { name: "Book" }];

interface Made {
  readonly tickets?: ReadonlyArray<string>;
  readonly seed?: string;
  readonly hasBeacon?: boolean;
}

const TICKETS = Array.from({ length: 40 }, (_, i) => ticketText(i * 3, `${RAFFLE_ID}.r${i % 7}`));

/** A raffle drawn by the rules, as `GET /api/v1/raffles/{id}/verify` tells of it. */
const drawnRaffle = ({ hasBeacon = true, seed = SERVER_SEED, tickets = TICKETS }: Made = {}) => {
  const digest = ticketsDigest(tickets);
  const randomness = hasBeacon ? ROUND.randomness : null;
  const places = drawWinners(
    { serverSeed: seed, randomness, ticketsDigest: digest },
    { prizes: PRIZES.length, tickets: tickets.length },
  );
  return {
    raffle_id: RAFFLE_ID,
    status: "completed",
    prizes: PRIZES,
    commitment: commitment(seed),
    server_seed: seed,
    closed_at: new Date(publishedAt(QUICKNET, ROUND.round) - 31_000).toISOString(),
    ticket_count: tickets.length,
    tickets_digest: digest,
    beacon: hasBeacon
      ? {
          scheme: QUICKNET.scheme,
          chain_hash: QUICKNET.chainHash,
          public_key: QUICKNET.publicKey,
          genesis_at: new Date(QUICKNET.genesisAt).toISOString(),
          period_ms: QUICKNET.periodMs,
        }
      : null,
    awaited_round: hasBeacon ? ROUND.round : null,
    round: hasBeacon ? ROUND : null,
    drawn_at: new Date(publishedAt(QUICKNET, ROUND.round) + 1000).toISOString(),
    winners: places.map((place, prize) => {
      const [number, reservationId] = tickets[place]!.split(":");
      return {
        prize: prize + 1,
        prize_name: PRIZES[prize]!.name,
        number: Number(number),
        reservation_id: reservationId!,
        player_id: "ada",
      };
    }),
    algorithm: "",
    tickets,
  };
};
type Drawn = ReturnType<typeof drawnRaffle>;

const honest = drawnRaffle();
const otherSeed = SERVER_SEED.replace("9b", "9c");
const later = (ms: number) => new Date(Date.parse(honest.closed_at) + ms).toISOString();
const winners = (is: Drawn, change: (all: Drawn["winners"]) => Drawn["winners"]) => ({
  ...is,
  winners: change(is.winners),
});

/** Each as the change that a house might make, and the lines that show it. */
const TAMPERED: ReadonlyArray<
  readonly [string, (honest: Drawn) => unknown, ReadonlyArray<string>]
> = [
  ["another server seed", (is) => ({ ...is, server_seed: otherSeed }), ["commitment", "winner"]],
  ["no server seed", (is) => ({ ...is, server_seed: "" }), ["commitment", "winner"]],
  [
    "a ticket more, after the close",
    (is) => ({ ...is, tickets: [...is.tickets, "900:summer.house"], ticket_count: 41 }),
    ["digest", "winner"],
  ],
  [
    "a ticket less",
    (is) => ({ ...is, tickets: is.tickets.slice(1), ticket_count: 39 }),
    ["digest", "winner"],
  ],
  [
    "a ticket in another's name",
    (is) => ({ ...is, tickets: is.tickets.with(3, "9:summer.house") }),
    ["digest"],
  ],
  ["another count of tickets", (is) => ({ ...is, ticket_count: 41 }), ["tickets"]],
  [
    "one number sold twice",
    () => drawnRaffle({ tickets: [...TICKETS.slice(0, 2), "3:summer.house", ...TICKETS.slice(2)] }),
    ["tickets"],
  ],
  [
    "tickets in an order that suits",
    () => drawnRaffle({ tickets: TICKETS.toReversed() }),
    ["tickets"],
  ],
  [
    "a randomness that suits",
    (is) => ({ ...is, round: { ...ROUND, randomness: "00".repeat(32) } }),
    ["randomness", "winner"],
  ],
  [
    "a signature of nobody",
    (is) => ({ ...is, round: { ...ROUND, signature: "00".repeat(48) } }),
    ["signature", "randomness"],
  ],
  [
    "another round than the awaited",
    (is) => ({ ...is, awaited_round: 1001, round: { ...ROUND, round: 1001 } }),
    ["round", "signature"],
  ],
  ["an earlier close", (is) => ({ ...is, closed_at: later(-9000) }), ["round"]],
  ["a later close", (is) => ({ ...is, closed_at: later(9000) }), ["round"]],
  ["a round that is not there", (is) => ({ ...is, round: null }), ["round", "signature", "winner"]],
  [
    "a chain of the house's own",
    (is) => ({ ...is, beacon: { ...is.beacon, chain_hash: "ab".repeat(32) } }),
    ["beacon"],
  ],
  ["a beacon that is not spoken of", (is) => ({ ...is, beacon: null }), ["winner"]],
  [
    "another winner",
    (is) => winners(is, (all) => all.with(1, { ...all[1]!, number: 900 })),
    ['winner of "Bicycle"'],
  ],
  [
    "another's reservation",
    (is) => winners(is, (all) => all.with(0, { ...all[0]!, reservation_id: "summer.house" })),
    ['winner of "Car"'],
  ],
  ["winners in another order", (is) => winners(is, (all) => all.toReversed()), ["winner"]],
  [
    "prizes changed round",
    (is) => winners(is, (all) => all.map((one) => ({ ...one, prize: 4 - one.prize }))),
    ['winner of "Car"'],
  ],
  ["a winner less", (is) => winners(is, (all) => all.slice(0, 2)), ['winner of "Book"', "winners"]],
  [
    "a winner more",
    (is) => winners(is, (all) => [...all, { ...all[0]!, prize: 4, prize_name: "Cake" }]),
    ["winners"],
  ],
];

let server: Server;
let baseUrl: string;
let served: unknown;
beforeAll(async () => {
  server = createServer((request, response) => {
    const known = request.url === `/api/v1/raffles/${RAFFLE_ID}/verify`;
    response.writeHead(known ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(known ? served : { code: "not_found" }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

const verify = (body: unknown, ...args: ReadonlyArray<string>) => {
  served = body;
  return runScript("docs/verify-draw.ts", { args: [baseUrl, RAFFLE_ID, ...args] });
};
const linesWith = (mark: string, stdout: string) =>
  stdout.split("\n").filter((line) => line.startsWith(mark));

describe("docs/verify-draw.ts", () => {
  it("accepts a draw made by the rules, and says each step", async () => {
    const { code, stderr, stdout } = await verify(honest, honest.commitment);
    expect(stderr).not.toContain("Error");
    expect(linesWith("✗", stdout)).toEqual([]);
    expect(linesWith("✓", stdout).map((line) => line.split(/[ :]/)[1])).toEqual(
      "commitment tickets digest beacon round signature randomness winner winner winner winners".split(
        " ",
      ),
    );
    expect(code).toBe(0);
  });

  it("accepts one without a beacon, and says what that means", async () => {
    const { code, stdout } = await verify(drawnRaffle({ hasBeacon: false }));
    expect(stdout).toContain("no beacon: the house could know the draw");
    expect(code).toBe(0);
  });

  it("accepts one with fewer tickets than prizes", async () => {
    const { code, stdout } = await verify(drawnRaffle({ tickets: TICKETS.slice(0, 2) }));
    expect(stdout).toContain('winner of "Book": nobody');
    expect(code).toBe(0);
  });

  it.each(TAMPERED)("rejects %s", async (_, tamper, shown) => {
    const { code, stdout } = await verify(tamper(honest));
    for (const word of shown) expect(linesWith(`✗ ${word}`, stdout), stdout).not.toEqual([]);
    expect(stdout).toContain("does not hold");
    expect(code).toBe(1);
  });

  it("rejects a commitment that is not the one noted before the draw", async () => {
    const { code, stdout } = await verify(drawnRaffle({ seed: otherSeed }), honest.commitment);
    expect(linesWith("✗", stdout)).toEqual([expect.stringMatching(/^✗ commitment/)]);
    expect(code).toBe(1);
  });

  it("rejects a list of tickets that is not the one noted at the close", async () => {
    const later = drawnRaffle({ tickets: [...TICKETS, "900:summer.house"] });
    const noted = [honest.commitment, honest.tickets_digest];
    const { code, stdout } = await verify(later, ...noted);
    expect(linesWith("✗", stdout)).toEqual([expect.stringMatching(/^✗ digest/)]);
    expect(code).toBe(1);
    expect((await verify(honest, ...noted)).code).toBe(0);
  });

  it("rejects another raffle", async () => {
    const { code, stderr } = await verify({ ...honest, raffle_id: "winter" });
    expect(stderr).toContain("another raffle: winter");
    expect(code).toBe(1);
  });

  it("says so when there is no such raffle", async () => {
    const { code, stderr } = await runScript("docs/verify-draw.ts", { args: [baseUrl, "none"] });
    expect(stderr).toContain("HTTP 404");
    expect(code).toBe(1);
  });
});
