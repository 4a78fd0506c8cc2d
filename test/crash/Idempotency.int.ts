/** One key, one effect, one answer: whoever asks, how often, by which way, and whatever has happened to the server since. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { House } from "./House.ts";
import { bet, cancel, Player } from "./Player.ts";
import type { Frame } from "./PlayerSocket.ts";

const LOBBY = "keys";
const STAKE = 500;
const GRANT = 100_000;
const FOR_ALL_TESTS = { betting_ms: 600_000, racing_ms: 2000, results_ms: 500 };

let house: House;
let player: Player;

beforeAll(async () => {
  house = await House.open();
  await house.oneRace(LOBBY, FOR_ALL_TESTS);
});

afterAll(async () => {
  await house.close();
});

const newPlayer = async () => {
  player = await Player.join(house.url, LOBBY);
  return player;
};

const placeBet = (idempotency_key: string, fields: object = {}): Frame => ({
  type: "PLACE_BET",
  idempotency_key,
  market: "win",
  selection: [1],
  stake: STAKE,
  ...fields,
});

/** The frame as the body that REST would have answered. */
const bodyOf = (frame: Frame | undefined) => {
  if (frame === undefined) throw new Error("the socket was closed");
  const { id: _, type, ...body } = frame;
  expect(type).toBe("BET_PLACED");
  return body;
};

const expectOneBet = async () => {
  expect(await player.bets()).toMatchObject([{ stake: STAKE, status: "accepted" }]);
  expect(await player.wallet()).toMatchObject({ balance_total: GRANT, balance_locked: STAKE });
};

describe("at the same time", () => {
  it("two sockets with one key place one bet and hear the same", async () => {
    await newPlayer();
    const sockets = await Promise.all([player.openSocket(), player.openSocket()]);
    const answers = await Promise.all(sockets.map((socket) => socket.ask(placeBet("k"))));
    expect(bodyOf(answers[0])).toEqual(bodyOf(answers[1]));
    await expectOneBet();
    for (const socket of sockets) socket.close();
  });

  it("REST and a socket with one key place one bet and hear the same", async () => {
    await newPlayer();
    const socket = await player.openSocket();
    const [rest, frame] = await Promise.all([player.ask(bet("k")), socket.ask(placeBet("k"))]);
    expect(rest).toMatchObject({ status: 201, body: bodyOf(frame) });
    await expectOneBet();
    socket.close();
  });

  it("fifty repetitions place one bet, and all but the first are told so", async () => {
    await newPlayer();
    const answers = await Promise.all(Array.from({ length: 50 }, () => player.ask(bet("k"))));
    const first = answers.find(({ replayed }) => !replayed);
    expect(answers.filter(({ replayed }) => replayed)).toHaveLength(49);
    for (const { body, status } of answers)
      expect({ body, status }).toEqual({ body: first?.body, status: 201 });
    await expectOneBet();
  });

  it("fifty keys place fifty bets", async () => {
    await newPlayer();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => player.ask(bet(`k${n}`))),
    );
    expect(new Set(answers.map(({ body }) => body["bet_id"])).size).toBe(50);
    expect(await player.bets()).toHaveLength(50);
    expect(await player.wallet()).toMatchObject({ balance_locked: 50 * STAKE });
  });
});

it("refuses a key with another body, on either way, and changes nothing", async () => {
  await newPlayer();
  const placed = await player.ask(bet("k"));
  const socket = await player.openSocket();
  for (const other of [{ stake: 600 }, { selection: [2] }, { market: "place" }]) {
    expect(await player.ask(bet("k", other))).toMatchObject({
      status: 422,
      body: { code: "idempotency_key_reused" },
    });
    expect(await socket.ask(placeBet("k", other))).toMatchObject({
      type: "ERROR",
      code: "idempotency_key_reused",
    });
  }
  expect(await player.ask(bet("k"))).toEqual({ ...placed, replayed: true });
  await expectOneBet();
  socket.close();
});

it("keeps keys apart by player", async () => {
  const one = await (await newPlayer()).ask(bet("k"));
  const other = await (await newPlayer()).ask(bet("k"));
  expect(other).toMatchObject({ status: 201, replayed: false });
  expect(other.body["bet_id"]).not.toBe(one.body["bet_id"]);
});

it.each([
  ["a restart", () => house.server.stop()],
  ["kill -9", () => house.kill()],
] as const)("answers as at first after %s, whatever the answer was", async (_, end) => {
  await newPlayer();
  const first = bet("first");
  const placed = await player.ask(first);
  const requests = [
    bet("too-little", { stake: 50 }),
    bet("too-much", { stake: GRANT + 1 }),
    bet("no-such-runner", { selection: [9] }),
    cancel("cancel", placed.body["bet_id"]),
    cancel("cancel-again", placed.body["bet_id"]),
    cancel("no-such-bet", `${LOBBY}:none`),
  ];
  const given = [];
  for (const request of requests) given.push(await player.ask(request));
  expect(given.map(({ status }) => status)).toEqual([422, 422, 422, 200, 409, 404]);
  const wallet = await player.wallet();
  await end();
  await house.start();
  const again = [];
  for (const request of [first, ...requests]) again.push(await player.ask(request));
  expect(again).toEqual([placed, ...given].map((answer) => ({ ...answer, replayed: true })));
  expect(await player.wallet()).toEqual(wallet);
});

it("leaves clean books", async () => {
  expect((await house.audit()).findings).toEqual([]);
});
