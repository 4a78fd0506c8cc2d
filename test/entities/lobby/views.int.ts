/** What is read of races that were played, out of the tables that playing them wrote: it is what the contract says. */
import { Schema } from "effect";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { make as makeAnalytics } from "../../../entities/lobby/analytics.ts";
import { projections } from "../../../entities/lobby/projection.ts";
import { RUNNER_NAMES } from "../../../entities/lobby/race/runner.ts";
import { make as makeViews } from "../../../entities/lobby/views.ts";
import { RacesBody, RunnerHistoryBody, RunnersBody } from "../../../rpc/http/analytics.ts";
import { RaceBody, ReplayBody, VerifyBody } from "../../../rpc/http/race.ts";
import { openPool } from "../../support/journals.ts";
import { type FreshDatabase, freshDatabase } from "../../support/postgres.ts";
import { Casino } from "../game/Casino.ts";

const RACES = 3;
const MS_PER_TICK = 50;
const [FAVOURITE] = RUNNER_NAMES;

let database: FreshDatabase;
let pool: pg.Pool;
let views: ReturnType<typeof makeViews>;
let analytics: ReturnType<typeof makeAnalytics>;

/** Plays some races and begins another, and puts what they wrote into the database. */
beforeAll(async () => {
  const casino = await Casino.open(["ada", "bob"], { resultsMs: 1_000, racingMs: 4_000 });
  for (let race = 1; race <= RACES; race++) {
    for (let runner = 1; runner <= 8; runner++)
      await casino.bet("ada", `${race}-${runner}`, {
        market: "win",
        selection: [runner],
        stake: 100 * runner,
      });
    const placed = await casino.bet("bob", `${race}`, {
      market: "show",
      selection: [2],
      stake: 300,
    });
    if (race === 1 && placed?.ok === true) await casino.cancel("bob", "undo", placed.value.bet_id);
    await casino.until("racing");
    await casino.cast("bob", `c${race}`, { power: "pwr_boost_01", target: race });
    await casino.until("lobby");
    await casino.until("betting");
  }
  await casino.bet("ada", "open", { market: "win", selection: [1], stake: 500 });

  database = await freshDatabase();
  pool = openPool(database.url);
  for (const { columns, table } of projections) {
    const names = Object.keys(columns);
    for (const row of casino.journal.tables.get(table)?.values() ?? [])
      await pool.query(
        `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((_, i) => `$${i + 1}`).join()})`,
        names.map((name) => (columns[name] === "json" ? JSON.stringify(row[name]) : row[name])),
      );
  }
  // As it was written before finishing times were kept.
  await pool.query("UPDATE race_runner SET finish_ms = NULL WHERE race_id = 'derby-1'");
  views = makeViews(pool);
  analytics = makeAnalytics(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The body as the wire has it, once it has been compared with the contract: no field is missing, wrong or unknown. */
const told = <A, I>(schema: Schema.Schema<A, I>, body: A | undefined): A =>
  Schema.decodeUnknownSync(schema, { onExcessProperty: "error" })(JSON.parse(JSON.stringify(body)));

describe("a race", () => {
  it("that takes bets tells what is staked, and nothing of what will come", async () => {
    const race = told(RaceBody, await views.race(`derby-${RACES + 1}`));
    expect(race).toMatchObject({ status: "betting", started_at: null, pools: { win: 500 } });
    for (const field of ["order", "payouts", "server_seed", "settled_at"])
      expect(race).not.toHaveProperty(field);
    for (const read of [views.replay, views.verify])
      expect(await read(`derby-${RACES + 1}`)).toBeUndefined();
  });

  it("that is settled tells its order, seed and payouts, and can be replayed and verified", async () => {
    const race = told(RaceBody, await views.race("derby-2"));
    const replay = told(ReplayBody, await views.replay("derby-2"));
    const verify = told(VerifyBody, await views.verify("derby-2"));
    expect(race).toMatchObject({ status: "settled", server_seed: verify.server_seed });
    expect([race.order, replay.order]).toEqual([verify.order, verify.order]);
    expect(race.payouts?.map(({ market }) => market)).toEqual(["win", "show"]);
    for (const { breakage, payouts, refunds, stakes, takeout } of race.payouts ?? [])
      expect(payouts + refunds + takeout + breakage).toBe(stakes);
    expect(replay.frames).toHaveLength(Math.max(...replay.finish_ticks.map(Number)) + 1);
    expect(replay.powers).toMatchObject([{ power: "pwr_boost_01", target: 2, player_id: "bob" }]);
    expect(verify.bets).toHaveLength(9);
    expect(verify.payouts.map(({ bet_id }) => bet_id)).toEqual(
      verify.bets.map(({ bet_id }) => bet_id),
    );
  });

  it("that is none is not there", async () => {
    for (const read of [views.race, views.replay, views.verify])
      expect(await read("derby-99")).toBeUndefined();
  });
});

describe("runners", () => {
  it("have their totals over all races", async () => {
    const { runners } = told(RunnersBody, { runners: await analytics.runners() });
    expect(runners.map(({ name }) => name).toSorted()).toEqual([...RUNNER_NAMES].toSorted());
    expect(runners.reduce((sum, { wins }) => sum + wins, 0)).toBeGreaterThanOrEqual(RACES);
    for (const runner of runners)
      expect(runner).toMatchObject({ starts: RACES, win_rate: expect.any(Number) });
  });

  it("have their starts, newest first, each with place, odds, time and form", async () => {
    const history = told(RunnerHistoryBody, await analytics.runner(FAVOURITE, { limit: 50 }));
    expect(history.next_before).toBeNull();
    expect(history.totals).toEqual(
      (await analytics.runners()).find(({ name }) => name === FAVOURITE),
    );
    expect(history.starts.map(({ race_id }) => race_id)).toEqual(["derby-3", "derby-2", "derby-1"]);
    for (const start of history.starts) {
      const race = await views.race(start.race_id);
      const replay = await views.replay(start.race_id);
      const lane = race?.runners.findIndex(({ name }) => name === FAVOURITE) ?? -1;
      const runner = race?.runners[lane];
      const place = (race?.order ?? []).findIndex((group) => group.includes(runner?.number ?? 0));
      const finishTick = replay?.finish_ticks[lane] ?? null;
      expect(start).toMatchObject({
        lobby_id: "derby",
        number: runner?.number,
        won: place === 0,
        form: runner?.form,
        odds: expect.stringMatching(/^\d+\.\d\d$/),
        finish_ms:
          start.race_id === "derby-1" || finishTick === null ? null : finishTick * MS_PER_TICK,
      });
      expect(start.place).toBeGreaterThanOrEqual(place + 1);
    }
    const times = history.starts.filter(({ finish_ms }) => finish_ms !== null);
    expect(times.length).toBeGreaterThan(0);
  });

  it("are read page by page, each start once", async () => {
    const whole = await analytics.runner(FAVOURITE, { limit: 50 });
    const pages: Array<unknown> = [];
    let before: string | undefined;
    for (let page = 0; page < RACES; page++) {
      const read = await analytics.runner(FAVOURITE, { limit: 1, before });
      pages.push(...(read?.starts ?? []));
      before = read?.next_before ?? undefined;
      expect(before === undefined).toBe(page === RACES - 1);
    }
    expect(pages).toEqual(whole?.starts);
  });

  it("that never started are not there", async () => {
    expect(await analytics.runner("Nobody", { limit: 50 })).toBeUndefined();
  });
});

describe("settled races", () => {
  const idsOf = ({ races }: RacesBody) => races.map(({ race_id }) => race_id);

  it("are told newest first, with winner and money; the one in progress is none", async () => {
    const body = told(RacesBody, await analytics.races({ limit: 50 }));
    expect(idsOf(body)).toEqual(["derby-3", "derby-2", "derby-1"]);
    expect(body.next_before).toBeNull();
    const race = await views.race("derby-1");
    const winners = race?.runners.filter(({ number }) => race.order?.[0]?.includes(number));
    expect(body.races[2]).toMatchObject({
      lobby_id: "derby",
      opened_at: race?.opened_at,
      settled_at: race?.settled_at,
      order: race?.order,
      winner: winners?.map(({ name }) => name).join(" & "),
      bets: 8,
      staked: 3_600,
      paid: race?.payouts?.[0]?.payouts,
    });
  });

  it("are read page by page, of all lobbies or of one", async () => {
    const first = await analytics.races({ limit: 2, lobbyId: "derby" });
    expect(idsOf(first)).toEqual(["derby-3", "derby-2"]);
    const before = first.next_before ?? undefined;
    const rest = await analytics.races({ limit: 2, lobbyId: "derby", before });
    expect([idsOf(rest), rest.next_before]).toEqual([["derby-1"], null]);
    expect(idsOf(await analytics.races({ limit: 2, before }))).toEqual(["derby-1"]);
    expect(idsOf(await analytics.races({ limit: 2, lobbyId: "elsewhere" }))).toEqual([]);
    expect(idsOf(await analytics.races({ limit: 1, before: "gibberish" }))).toEqual(["derby-3"]);
  });
});
