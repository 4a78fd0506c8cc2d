/**
 * The server is killed at every commit that a bet, a cast and a settlement are made of: once before PostgreSQL gets it,
 * once after PostgreSQL has answered and before the server hears it. Each time it is started again, the client repeats
 * what it had no answer to, and everything must be whole.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { House, type Moment } from "./House.ts";
import { type Answer, bet, cancel, cast, Player, type Request } from "./Player.ts";

const GRANT = 100_000;
const STAKE = 500;
/** Of a cancelled bet: 5 %. */
const FEE = 25;
const TOO_LITTLE = 50;
/** There is no hurry: such a race is not run in this test. */
const LONG_BETTING = { betting_ms: 3_600_000, racing_ms: 2000, results_ms: 500 };
/** For a few bets of players who are there already. */
const SHORT_BETTING = { betting_ms: 2000, racing_ms: 2000, results_ms: 500 };
/** Where players wait for the lobby of their race. */
const DOOR = "door";

let house: House;
let races = 0;
const run: Array<string> = [];

beforeAll(async () => {
  house = await House.open();
  await house.oneRace(DOOR, LONG_BETTING);
});

afterAll(async () => {
  expect(await house.close()).toBe(0);
});

const MOMENTS: ReadonlyArray<Moment> = ["before", "after"];

/** Two players, and a lobby that takes bets on its one race from now on. */
const atTheTrack = async (times: typeof LONG_BETTING) => {
  const lobbyId = `crash_${++races}`;
  const raceId = `${lobbyId}-1`;
  if (times === SHORT_BETTING) run.push(raceId);
  const player = await Player.join(house.url, DOOR);
  const other = await Player.join(house.url, DOOR);
  const lobby = await house.oneRace(lobbyId, times);
  const betHere = (key: string, fields: object = {}) => bet(key, { lobby_id: lobbyId, ...fields });
  return { bet: betHere, lobbyId, player, other, raceId, commitment: lobby["commitment"] };
};
type Track = Awaited<ReturnType<typeof atTheTrack>>;

/** Sends a request that the kill cuts off, and resolves with the answer that its repetition gets. */
const killedDuring = async (
  player: Player,
  request: Request,
  marker: string,
  moment: Moment,
): Promise<Answer> => {
  let cutOff: Promise<unknown> = Promise.resolve();
  await house.killAt(marker, moment, () => {
    cutOff = player.send(request).catch(() => "nothing was answered");
  });
  expect(await cutOff).toBe("nothing was answered");
  return player.ask(request);
};

/** The answer of before the kill is given again. */
const expectSame = async (player: Player, request: Request, given: Answer) => {
  expect(await player.ask(request)).toEqual({ ...given, replayed: true });
};

const expectClean = async () => {
  expect((await house.audit()).findings).toEqual([]);
};

// Races first, one at a time: the commit that the server is killed at is that of the race under test.
describe.each(MOMENTS)("killed %s the commit of", (moment) => {
  it("RaceStarted: the same race starts", async () => {
    const { bet, commitment, lobbyId, player, raceId } = await atTheTrack(SHORT_BETTING);
    const request = bet("only");
    const placed = await player.ask(request);
    await house.killAt(`"_tag":"RaceStarted"`, moment, () => undefined);
    expect(await house.lobby(lobbyId)).toMatchObject({ race_id: raceId, commitment });
    await expectSame(player, request, placed);
    await expectPaid(player, raceId);
  });

  it("CastPower: the cast counts once, or its price comes back", async () => {
    const { lobbyId, player, raceId } = await atTheTrack(SHORT_BETTING);
    await house.lobby(lobbyId, "racing");
    const request = cast("only", { lobby_id: lobbyId, race_id: raceId });
    const answer = await killedDuring(player, request, `"_tag":"PowerCast"`, moment);
    // Started too late for the race's end, the server may refuse what it has not accepted before.
    expect(answer).toMatchObject(
      moment === "before" && answer.status === 409
        ? { body: { code: "not_racing" } }
        : { status: 201, body: { race_id: raceId } },
    );
    await expectSame(player, request, answer);
    await house.settled(raceId);
    const casts = (await player.get(`/races/${raceId}/verify`))["powers"];
    expect(casts).toHaveLength(answer.status === 201 ? 1 : 0);
    const cost = answer.status === 201 ? Number(answer.body["cost"]) : 0;
    expect(await player.wallet()).toMatchObject({
      balance_total: GRANT - cost,
      balance_locked: 0,
      open_holds: [],
    });
    await expectClean();
  });

  it.each([
    ["RaceFinished: the race ends as it would have", `"_tag":"RaceFinished"`],
    ["Settle: each bet is paid once", `"_tag":"HoldSettled"`],
    ["ConfirmPaid: nothing is paid twice", `"_tag":"DebtsPaid"`],
  ])("%s", async (_, marker) => {
    const { bet, lobbyId, other, player, raceId } = await atTheTrack(SHORT_BETTING);
    const request = bet("only");
    const placed = await player.ask(request);
    await Promise.all([2, 3, 4, 5, 6, 7, 8].map((n) => other.ask(bet(`${n}`, { selection: [n] }))));
    await house.killAt(marker, moment, () => undefined);
    expect(await house.lobby(lobbyId)).toMatchObject({ race_id: raceId });
    await expectSame(player, request, placed);
    await expectPaid(player, raceId);
    await expectPaid(other, raceId);
  });
});

describe.each(MOMENTS)("killed %s the commit of", (moment) => {
  it("Hold: the bet is placed once", async () => {
    await expectPlacedOnce(await atTheTrack(LONG_BETTING), `"_tag":"MoneyHeld"`, moment);
  });

  it("AcceptBet: the bet is placed once", async () => {
    await expectPlacedOnce(await atTheTrack(LONG_BETTING), `"_tag":"BetAccepted"`, moment);
  });

  it("Release: a refused bet gives its stake back", async () => {
    const { bet, player } = await atTheTrack(LONG_BETTING);
    const request = bet("only", { stake: TOO_LITTLE });
    const answer = await killedDuring(player, request, `"_tag":"HoldReleased"`, moment);
    expect(answer).toMatchObject({ status: 422, body: { code: "stake_below_min" } });
    await expectSame(player, request, answer);
    expect(await player.wallet()).toMatchObject({ balance_total: GRANT, open_holds: [] });
    expect(await player.bets()).toEqual([]);
    await expectClean();
  });

  it("CancelBet: the bet is cancelled once", async () => {
    const { bet, player } = await atTheTrack(LONG_BETTING);
    const request = bet("bet");
    const placed = await player.ask(request);
    const cancelling = cancel("cancel", placed.body["bet_id"]);
    const answer = await killedDuring(player, cancelling, `"_tag":"BetCancelled"`, moment);
    expect(answer).toMatchObject({
      status: 200,
      body: { status: "cancelled", refund: STAKE - FEE, fee: FEE },
    });
    await expectSame(player, cancelling, answer);
    await expectSame(player, request, placed);
    expect(await player.wallet()).toMatchObject({ balance_total: GRANT - FEE, open_holds: [] });
    expect(await player.bets()).toMatchObject([{ status: "cancelled" }]);
    await expectClean();
  });
});

it("a client that comes back too late finds its stake still held, and then gets it back", async () => {
  const { bet, player, raceId } = await atTheTrack(SHORT_BETTING);
  const request = bet("only", { race_id: raceId });
  let cutOff: Promise<unknown> = Promise.resolve();
  await house.killAt(`"_tag":"BetAccepted"`, "before", () => {
    cutOff = player.send(request).catch(() => "nothing was answered");
  });
  expect(await cutOff).toBe("nothing was answered");
  await house.settled(raceId);
  expect(await player.wallet()).toMatchObject({ balance_locked: STAKE, open_holds: [{}] });
  expect(await player.bets()).toEqual([]);
  await expectClean();
  const answer = await player.ask(request);
  expect(answer).toMatchObject({ status: 409, body: { code: "betting_closed" } });
  expect(await player.wallet()).toMatchObject({ balance_total: GRANT, open_holds: [] });
});

it("in the end nobody's money is locked and all bets have ended", async () => {
  for (const raceId of run) await house.settled(raceId);
  const { findings, lines } = await house.audit();
  expect(findings).toEqual([]);
  expect(lines).toBeGreaterThan(0);
  const open = await house.query("SELECT bet_id FROM bet WHERE status = 'accepted'");
  expect(open).toEqual([]);
  const locked = await house.query(
    `SELECT account, sum(amount) AS amount FROM (
       SELECT credit AS account, amount FROM ledger UNION ALL SELECT debit, -amount FROM ledger
     ) movement WHERE account LIKE 'player:%:held' GROUP BY account HAVING sum(amount) <> 0`,
  );
  expect(locked).toEqual([]);
});

const expectPlacedOnce = async (
  { bet, player, raceId }: Track,
  marker: string,
  moment: Moment,
): Promise<void> => {
  const request = bet("only");
  const answer = await killedDuring(player, request, marker, moment);
  expect(answer).toMatchObject({
    status: 201,
    body: { status: "accepted", race_id: raceId, stake: STAKE },
  });
  await expectSame(player, request, answer);
  const { bet_id } = answer.body;
  expect(await player.wallet()).toMatchObject({
    balance_total: GRANT,
    balance_locked: STAKE,
    open_holds: [{ hold_id: bet_id, amount: STAKE }],
  });
  expect(await player.bets()).toMatchObject([{ bet_id, status: "accepted" }]);
  await expectClean();
  // The race is never run.
  expect((await player.ask(cancel("cancel", bet_id))).status).toBe(200);
};

/** All the player's bets have ended with the race, and the wallet has what they brought. */
const expectPaid = async (player: Player, raceId: string): Promise<void> => {
  await house.settled(raceId);
  const bets = await player.bets();
  let won = 0;
  for (const { payout, race_id, stake, status } of bets) {
    expect(race_id).toBe(raceId);
    expect(["won", "lost", "refunded"]).toContain(status);
    won += Number(payout) - Number(stake);
  }
  expect(bets.length).toBeGreaterThan(0);
  expect(await player.wallet()).toMatchObject({
    balance_total: GRANT + won,
    balance_locked: 0,
    open_holds: [],
  });
  await expectClean();
};
