/** Phases follow the server's clock: to the millisecond for bets, and over a kill -9 in any of them. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyRace } from "../../entities/lobby/race/replay.ts";
import { House } from "./House.ts";
import { within } from "./deadline.ts";
import { bet, cast, type Json, Player } from "./Player.ts";
import { publicRace } from "./PublicRace.ts";

/** Each phase outlasts a restart, however slow, and is slept through when all has been looked at. */
const LONG = { betting_ms: 600_000, racing_ms: 60_000, results_ms: 600_000 };
const LONG_TIMEOUT_MS = 180_000;
const SHORT = { betting_ms: 2000, racing_ms: 2000, results_ms: 500 };
/** So much money that it is the clock that ends betting. */
const PLENTY = { JOIN_GRANT: "1000000000", MAX_BET: "1000000000" };
/** Refusals in a row after which there is no doubt that betting has ended. */
const SURELY_CLOSED = 20;

let house: House;

beforeAll(async () => {
  house = await House.open(PLENTY);
});

afterAll(async () => {
  await house.close();
});

/** What must not change when nothing but the process does. */
const place = ({ commitment, phase, phase_ends_at, race_id, state_version }: Json) => ({
  commitment,
  phase,
  phase_ends_at,
  race_id,
  state_version,
});

it(
  "goes on with the same race at the same place after kill -9 in each phase, and can be verified",
  async () => {
    const admin = await Player.admin(house.url);
    const body = { lobby_id: "long", name: "Long phases", ...LONG };
    expect((await admin.ask({ method: "POST", path: "/lobbies", body })).status).toBe(201);
    const betting = await house.lobby("long", "betting");
    const player = await Player.join(house.url, "long");
    const other = await Player.join(house.url, "long");
    for (const n of [1, 2, 3, 4]) await player.ask(bet(`${n}`, { selection: [n] }));
    for (const n of [5, 6, 7, 8]) await other.ask(bet(`${n}`, { selection: [n] }));
    await other.ask(bet("pair", { market: "quinella", selection: [2, 3] }));

    const killedIn = async (phase: string) => {
      const before = place(await house.lobby("long", phase));
      expect(before).toMatchObject({ race_id: "long-1", commitment: betting["commitment"] });
      await house.kill();
      await house.start();
      expect(place(await house.lobby("long"))).toEqual(before);
      return before;
    };

    await killedIn("betting");
    await house.sleepThrough(LONG.betting_ms);
    await house.lobby("long", "racing");
    const boosted = await player.ask(cast("boost", { target: 2, race_id: "long-1" }));
    expect(boosted.status).toBe(201);
    const racing = await killedIn("racing");

    // The race is over: the first payment is held back, the server killed, and the next server's first payment held too.
    const FIRST_PAYMENT = `"_tag":"HoldSettled"`;
    const paid = house.proxy.next(FIRST_PAYMENT);
    await house.sleepThrough(LONG.racing_ms);
    await house.lobby("long");
    const unpaid = await within(paid, "the first payment");
    const paidAgain = house.proxy.next(FIRST_PAYMENT);
    await house.kill();
    unpaid.cut();
    await house.start();
    // Whoever comes back to the lobby wakes it; else its alarm does, within half a minute.
    await house.lobby("long");
    const held = await within(paidAgain, "the next server's first payment");
    expect(place(await house.lobby("long"))).toEqual({
      commitment: betting["commitment"],
      phase: "settling",
      phase_ends_at: null,
      race_id: "long-1",
      state_version: Number(racing["state_version"]) + 1,
    });
    held.release();

    await killedIn("lobby");
    const race = await house.settled("long-1");
    expect(race["commitment"]).toBe(betting["commitment"]);
    expect(createHash("sha256").update(String(race["server_seed"])).digest("hex")).toBe(
      betting["commitment"],
    );
    const told = await player.get("/races/long-1/verify");
    expect(verifyRace(publicRace(told))).toEqual({
      commitmentOk: true,
      seedOk: true,
      orderOk: true,
      payoutsOk: true,
      details: [],
    });
    expect(told["powers"]).toMatchObject([{ power: "pwr_boost_01", target: 2 }]);
    for (const one of [player, other])
      expect(await one.wallet()).toMatchObject({ balance_locked: 0, open_holds: [] });

    await house.sleepThrough(LONG.results_ms);
    const next = await house.lobby("long", "betting");
    expect(next["race_id"]).toBe("long-2");
    expect(next["commitment"]).not.toBe(betting["commitment"]);
    await admin.ask({ method: "POST", path: "/lobbies/long/stop" });
  },
  LONG_TIMEOUT_MS,
);

it("takes bets until the last millisecond of betting and none after it", async () => {
  await house.oneRace("closing", SHORT);
  const player = await Player.join(house.url, "closing");
  const socket = await player.openSocket();
  const closesAt = Date.parse(String((await house.lobby("closing"))["phase_ends_at"]));
  const racing = socket.phase("racing");
  let isClosed = false;
  void racing.then(() => {
    isClosed = true;
  });

  const accepted: Array<string> = [];
  const refused: Array<unknown> = [];
  let refusedInARow = 0;
  // Several at once and without pause, so that some are decided in the very millisecond in which betting ends.
  const betOn = async (runner: number) => {
    for (let n = 0; !isClosed || refusedInARow < SURELY_CLOSED; n++) {
      const wasClosed = isClosed;
      const answer = await socket.ask({
        type: "PLACE_BET",
        idempotency_key: `${runner}-${n}`,
        market: "win",
        selection: [runner],
        stake: 100,
        race_id: "closing-1",
      });
      const isAccepted = answer?.type === "BET_PLACED";
      refusedInARow = isAccepted ? 0 : refusedInARow + 1;
      if (isAccepted) accepted.push(String(answer["bet_id"]));
      else refused.push(answer?.["code"]);
      expect(isAccepted && wasClosed, "accepted after the race was seen to start").toBe(false);
    }
  };
  await Promise.all([1, 2, 3, 4].map(betOn));
  await racing;

  expect(accepted.length).toBeGreaterThan(0);
  expect(new Set(refused)).toEqual(new Set(["betting_closed"]));
  const bets = await house.query("SELECT bet_id, placed_at FROM bet WHERE lobby_id = 'closing'");
  expect(bets.map(({ bet_id }) => String(bet_id)).toSorted()).toEqual(accepted.toSorted());
  for (const { placed_at } of bets) expect(Number(placed_at)).toBeLessThan(closesAt);
  const late = await player.ask(bet("late", { race_id: "closing-1" }));
  expect(late).toMatchObject({ status: 409, body: { code: "betting_closed" } });

  await house.settled("closing-1");
  expect(await player.wallet()).toMatchObject({ balance_locked: 0, open_holds: [] });
  socket.close();
});

it("leaves clean books", async () => {
  expect((await house.audit()).findings).toEqual([]);
});
