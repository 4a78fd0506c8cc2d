/** Rounds from servers of every kind: only what the chain's key has signed comes through. */
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { QUICKNET } from "../../entities/raffle/draw/round.ts";
import { DrandBeacon } from "../../src/beacon/DrandBeacon.ts";

/** Recorded from the public chain. */
const ROUND_1000 = {
  round: 1000,
  randomness: "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd",
  signature:
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
};
const PATH = `/${QUICKNET.chainHash}/public/1000`;

const servers: Array<Server> = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const answering = (body: unknown, status = 200) =>
  serve((_, response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });

const good = () =>
  serve((request, response) => {
    response.writeHead(request.url === PATH ? 200 : 404).end(JSON.stringify(ROUND_1000));
  });

const nowhere = async () => {
  const url = await answering("");
  servers.pop()?.close();
  return url;
};

const ask = async (
  urls: ReadonlyArray<string>,
  round = 1000,
  chain = QUICKNET,
  answerWithinMs = 10_000,
) => {
  const because: Array<unknown> = [];
  const beacon = new DrandBeacon({
    urls,
    log: (_, fields) => void because.push(fields?.["because"]),
    answerWithinMs,
  });
  return { found: await beacon.round(chain, round), because };
};

describe("the beacon", () => {
  it("gives a round that the chain has signed, and says nothing about it", async () => {
    expect(await ask([await good()])).toEqual({ found: ROUND_1000, because: [] });
  });

  it("takes an address with a path and a stroke at its end", async () => {
    const url = await serve((request, response) => {
      response.writeHead(request.url === `/drand${PATH}` ? 200 : 500);
      response.end(JSON.stringify(ROUND_1000));
    });
    expect((await ask([`${url}/drand/`])).found).toEqual(ROUND_1000);
  });

  const flipped = (hex: string) => (hex.startsWith("0") ? "1" : "0") + hex.slice(1);
  const { randomness, signature } = ROUND_1000;

  it.each<readonly [string, unknown, RegExp]>([
    ["another randomness", { ...ROUND_1000, randomness: flipped(randomness) }, /not authentic/],
    ["another signature", { ...ROUND_1000, signature: flipped(signature) }, /not authentic/],
    ["no signature", { ...ROUND_1000, signature: "" }, /not authentic/],
    ["another round", { ...ROUND_1000, round: 999 }, /with round 999/],
    ["a round without a signature", { round: 1000, randomness }, /no round/],
    ["a page", "<html>Welcome to the hotel</html>", /no round/],
    ["nothing", "", /no round/],
    ["too much", JSON.stringify({ ...ROUND_1000, more: "x".repeat(5000) }), /longer than 4096/],
  ])("does not take %s, and asks the next server", async (_, body, why) => {
    const { because, found } = await ask([await answering(body), await good()]);
    expect(because).toEqual([expect.stringMatching(why)]);
    expect(found).toEqual(ROUND_1000);
  });

  it("does not take a round of another chain for its own", async () => {
    const other = { ...QUICKNET, publicKey: flipped(QUICKNET.publicKey) };
    const url = await answering(ROUND_1000);
    expect((await ask([url], 1000, other)).found).toBeUndefined();
    // The round is signed as round 1000: under another number it is none.
    const renamed = await answering({ ...ROUND_1000, round: 1001 });
    expect((await ask([renamed], 1001)).because).toEqual(["its round is not authentic"]);
  });

  it.each([404, 425])(
    "waits for a round that is not published yet (%i), silently",
    async (status) => {
      expect(await ask([await answering({}, status)])).toEqual({ found: undefined, because: [] });
      expect((await ask([await answering({}, status), await good()])).found).toEqual(ROUND_1000);
    },
  );

  it("asks the next when one fails, sends elsewhere, is silent, or is away", async () => {
    const broken = await answering("", 500);
    const elsewhere = await serve((_, response) => {
      response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    });
    const silent = await serve(() => undefined);
    const dripping = await serve((_, response) => void response.writeHead(200).write("{"));
    const urls = [broken, elsewhere, silent, dripping, await nowhere()];
    const { because, found } = await ask([...urls, await good()], 1000, QUICKNET, 500);
    expect(found).toEqual(ROUND_1000);
    expect(because).toHaveLength(5);
    expect((await ask(urls, 1000, QUICKNET, 50)).found).toBeUndefined();
  });

  it("asks once for a round that many draws wait for, and again while it is not there", async () => {
    let asked = 0;
    let status = 404;
    const url = await serve((_, response) => {
      asked++;
      response.writeHead(status).end(JSON.stringify(ROUND_1000));
    });
    const beacon = new DrandBeacon({ urls: [url], log: () => {} });
    const ten = () => Promise.all(Array.from({ length: 10 }, () => beacon.round(QUICKNET, 1000)));
    expect(new Set(await ten())).toEqual(new Set([undefined]));
    expect(asked).toBe(1);
    status = 200;
    for (let n = 0; n < 2; n++) {
      expect(new Set(await ten())).toEqual(new Set([ROUND_1000]));
      expect(asked).toBe(2);
    }
  });
});
