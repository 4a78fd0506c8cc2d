/**
 * A player's home is the gateway beside the wallet: `ws_url` says where. It is advice only, for everything works at every
 * gateway, and a command means the same wherever it is said again.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../crash/deadline.ts";
import { bet, cancel, cast, type Json, Player, type Request, send } from "../crash/Player.ts";
import { PlayerSocket } from "../crash/PlayerSocket.ts";
import { LocalCluster } from "./support/LocalCluster.ts";

const GRANT = 100_000;
const STAKE = 500;
/** The player's choice of where to ask is not the server's: as many joins as make a home elsewhere certain. */
const JOINS = 12;

let cluster: LocalCluster;
let lobby: string;

beforeAll(async () => {
  cluster = await LocalCluster.open({ processes: 3 });
  lobby = await cluster.bettingLobby("home");
});

afterAll(async () => {
  await cluster.close();
});

/** Says the same at each gateway in turn: the first answer is new, the others repeat it. */
const everywhere = async (player: Player, request: Request, first = 0) => {
  const { members } = cluster;
  const answers = [];
  for (let n = 0; n < members.length; n++) {
    const { url } = members[(first + n) % members.length] ?? cluster.other();
    answers.push(await send(url, request, player.token));
  }
  const [given, ...repeated] = answers;
  for (const again of repeated) expect(again).toEqual({ ...given, replayed: true });
  if (given === undefined) throw new Error("there is no gateway");
  return given;
};

describe("ws_url", () => {
  it("names the gateway beside the player's wallet, whichever gateway was asked", async () => {
    const homes = new Set<string>();
    for (let n = 0; n < JOINS; n++) {
      const { url } = cluster.members[n % 3] ?? cluster.other();
      const body = { display_name: "Guest", lobby_id: lobby };
      const joined = await send(url, { method: "POST", path: "/auth/join", body });
      const owner = await cluster.owner("wallet", String(joined.body["player_id"]));
      expect(joined.body["ws_url"]).toBe(`${owner.url.replace(/^http/, "ws")}/ws`);
      homes.add(owner.name);
    }
    expect(homes.size).toBeGreaterThan(1);
  });

  it("leads to a socket that works", async () => {
    const body = { display_name: "Guest", lobby_id: lobby };
    const joined = await send(cluster.other().url, { method: "POST", path: "/auth/join", body });
    const { token, ws_url } = joined.body;
    const home = String(ws_url).replace(/\/ws$/, "");
    const socket = await PlayerSocket.open(home, String(token));
    const placed = await socket.ask({ type: "PLACE_BET", idempotency_key: "k", ...bet("k").body });
    expect(placed).toMatchObject({ type: "BET_PLACED", stake: STAKE });
    socket.close();
  });
});

describe("every gateway", () => {
  it("takes bets and their cancellation, and repeats what another has answered", async () => {
    const player = await Player.join(cluster.other().url, lobby);
    let total = GRANT;
    for (const [n, { url }] of cluster.members.entries()) {
      const wallet = async () => (await send(url, { path: "/wallet/me" }, player.token)).body;
      const placed = await everywhere(player, bet(`bet-${n}`), n);
      expect(placed.status).toBe(201);
      expect(await wallet()).toMatchObject({ balance_total: total, balance_locked: STAKE });
      const cancelled = await everywhere(player, cancel(`cancel-${n}`, placed.body["bet_id"]), n);
      expect(cancelled).toMatchObject({ status: 200, body: { status: "cancelled" } });
      total -= Number(cancelled.body["fee"]);
      expect(await wallet()).toMatchObject({ balance_total: total, balance_locked: 0 });
      expect(await send(url, bet(`bet-${n}`), player.token)).toEqual({ ...placed, replayed: true });
    }
  });

  it("refuses a key that another gateway has taken for something else", async () => {
    const player = await Player.join(cluster.other().url, lobby);
    const [one, ...others] = cluster.members;
    if (one === undefined) throw new Error("there is no gateway");
    expect((await send(one.url, bet("taken"), player.token)).status).toBe(201);
    for (const { url } of others)
      expect(await send(url, bet("taken", { stake: STAKE * 2 }), player.token)).toMatchObject({
        status: 422,
        body: { code: "idempotency_key_reused" },
      });
  });

  it("gives fifty repetitions over all gateways at once one effect", async () => {
    const player = await Player.join(cluster.other().url, lobby);
    const answers = await Promise.all(
      Array.from({ length: 51 }, (_, n) =>
        send(cluster.members[n % 3]?.url ?? "", bet("at-once"), player.token),
      ),
    );
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const { body } = await send(cluster.other().url, { path: "/wallet/me" }, player.token);
    expect(body).toMatchObject({ balance_locked: STAKE });
  });

  it("takes powers while a race runs", async () => {
    const race = await cluster.bettingLobby("powers", undefined, {
      betting_ms: 1000,
      racing_ms: 10_000,
    });
    const players = await Promise.all(cluster.members.map(({ url }) => Player.join(url, race)));
    const state = (url: string): Promise<Json> =>
      send(url, { path: `/lobbies/${race}` }).then(({ body }) => body);
    const racing = await until(
      "the race to run",
      () => state(cluster.other().url),
      ({ phase }) => phase === "racing",
    );
    for (const [n, player] of players.entries()) {
      const answer = await everywhere(player, cast("cast", { race_id: racing["race_id"] }), n);
      expect(answer).toMatchObject({ status: 201, body: { race_id: racing["race_id"] } });
    }
    await cluster.stopLobby(race);
  });
});

it("leaves clean books", async () => {
  expect((await cluster.audit()).findings).toEqual([]);
});
