/** Favors as clients have them: HTTP, gateway, actors, PostgreSQL, read models and audit. */
import { Either } from "effect";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { favor } from "../../../entities/favor/entity.ts";
import { wallet } from "../../../entities/wallet/entity.ts";
import type { FavorBody, LoyaltiesBody } from "../../../rpc/http/favor.ts";
import { ActorSystem } from "../../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../../src/actor/Clock.ts";
import { PgJournal } from "../../../src/actor/PgJournal.ts";
import { makeGame } from "../../../src/game.ts";
import { makeGateway } from "../../../src/gateway/Gateway.ts";
import { readSettings } from "../../../src/ops/Config.ts";
import { makeMetrics } from "../../../src/ops/Metrics.ts";
import { FakePayments, noPush } from "../../gateway/support/FakePayments.ts";
import { FakePoker } from "../../gateway/support/FakePoker.ts";
import { HubTopics } from "../../gateway/support/HubTopics.ts";
import { auditOf } from "../../audit/Played.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { quietMetrics } from "../../support/quietMetrics.ts";
import { PATIENCE_MS } from "../../support/patience.ts";

/** Milliseconds that a loan which is to become overdue has, and how often it is looked at. */
const OVERDUE_POLL_MS = 50;

const open = async () => {
  const database = await freshDatabase();
  const pool = new pg.Pool({ connectionString: database.url });
  const actors = [wallet, favor];
  const projections = [...new Set(actors.flatMap((actor) => actor.projections))];
  const journal = new PgJournal({ url: database.url, pool, projections, log: () => {} });
  const system = new ActorSystem({
    actors,
    journal,
    clock: systemClock,
    entropy: systemEntropy,
    metrics: quietMetrics,
    log: () => {},
  });
  const metrics = makeMetrics();
  const gateway = await makeGateway({
    game: makeGame(system, new HubTopics(system.topics), pool),
    payments: new FakePayments(),
    push: noPush,
    poker: new FakePoker().desks,
    settings: { ...Either.getOrThrow(readSettings({ RATE_LIMIT_PER_SECOND: "0" })), port: 0 },
    metrics,
    pool,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    health: [],
  });
  return {
    database,
    url: `http://127.0.0.1:${gateway.port}`,
    close: async () => {
      await gateway.close();
      await metrics.close();
      await system.shutdown();
      await journal.close();
      await pool.end();
      await database.drop();
    },
  };
};

let server: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  server = await open();
});
afterAll(() => server.close());

interface Player {
  readonly id: string;
  readonly token: string;
}

interface Answered {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: Record<string, unknown>;
}

const call = async (
  method: "GET" | "POST",
  path: string,
  options: { readonly by?: Player; readonly key?: string; readonly body?: object } = {},
): Promise<Answered> => {
  const { body, by, key } = options;
  const response = await fetch(server.url + path, {
    method,
    headers: {
      ...(by === undefined ? {} : { authorization: `Bearer ${by.token}` }),
      ...(key === undefined ? {} : { "x-idempotency-key": key }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    replayed: response.headers.get("idempotent-replayed") === "true",
    body: (await response.json()) as Record<string, unknown>,
  };
};

const register = async (username: string): Promise<Player> => {
  const { body } = await call("POST", "/auth/register", {
    body: { username, password: "correct horse" },
  });
  return { id: String(body["player_id"]), token: String(body["token"]) };
};

const offer = async (by: Player, to: Player, key: string, dueInSeconds = 3_600) => {
  const body = { to: to.id, amount: 10_000, repay: 11_000, due_in_seconds: dueInSeconds };
  const answered = await call("POST", "/favors", { by, key, body });
  return { ...answered, favorId: String(answered.body["favor_id"]) };
};

const act = (verb: string, favorId: string, by: Player, key: string) =>
  call("POST", `/favors/${favorId}/${verb}`, { by, key });

const favorsOf = async (by: Player) => {
  const { body } = await call("GET", "/favors", { by });
  return body as unknown as {
    readonly favors: ReadonlyArray<FavorBody>;
    readonly loyalty: LoyaltiesBody;
  };
};

const expectSound = async () => {
  const { entities, findings } = await auditOf(server.database.url);
  expect(findings).toEqual([]);
  expect(entities.get("favor")).toBeGreaterThan(0);
};

describe("favors over HTTP", () => {
  it("are offered, accepted, repaid, and seen by both", async () => {
    const [ada, bob] = [await register("ada"), await register("bob")];
    const offered = await offer(ada, bob, "k1");
    expect(offered).toMatchObject({
      status: 201,
      replayed: false,
      body: {
        lender_id: ada.id,
        borrower_id: bob.id,
        amount: 10_000,
        repay: 11_000,
        due_in_seconds: 3_600,
        status: "offered",
        wallet: { balance_locked: 10_000 },
      },
    });
    expect((await favorsOf(bob)).favors.map(({ status }) => status)).toEqual(["offered"]);
    const accepted = await act("accept", offered.favorId, bob, "k2");
    expect(accepted).toMatchObject({
      status: 200,
      body: { status: "active", wallet: { balance_total: 110_000 } },
    });
    const repaid = await act("repay", offered.favorId, bob, "k3");
    expect(repaid).toMatchObject({
      status: 200,
      body: { status: "repaid", wallet: { balance_total: 99_000, balance_locked: 0 } },
    });
    for (const [answered, again] of [
      [offered, await offer(ada, bob, "k1")],
      [accepted, await act("accept", offered.favorId, bob, "k2")],
      [repaid, await act("repay", offered.favorId, bob, "k3")],
    ] as const)
      expect(again).toEqual({ ...answered, replayed: true });
    await expectSound();
    const onTime = { score: 67, repaid_on_time: 1, repaid_late: 0, overdue: 0 };
    const none = { score: 50, repaid_on_time: 0, repaid_late: 0, overdue: 0 };
    expect((await favorsOf(bob)).loyalty).toEqual({ as_borrower: onTime, as_lender: none });
    const adas = await favorsOf(ada);
    expect(adas.loyalty).toEqual({ as_borrower: none, as_lender: onTime });
    expect(adas.favors).toMatchObject([
      { favor_id: offered.favorId, status: "repaid", repaid_at: expect.stringMatching(/Z$/) },
    ]);
  });

  it("that are overdue count against the borrower, half of it when they are repaid", async () => {
    const [cyd, dan] = [await register("cyd"), await register("dan")];
    const { favorId } = await offer(cyd, dan, "k1", 1);
    await act("accept", favorId, dan, "k2");
    await expect
      .poll(async () => (await favorsOf(dan)).loyalty.as_borrower, {
        interval: OVERDUE_POLL_MS,
        timeout: PATIENCE_MS,
      })
      .toEqual({ score: 33, repaid_on_time: 0, repaid_late: 0, overdue: 1 });
    expect((await act("repay", favorId, dan, "k3")).body).toMatchObject({ status: "repaid" });
    await expectSound();
    expect((await favorsOf(dan)).loyalty.as_borrower).toEqual({
      score: 50,
      repaid_on_time: 0,
      repaid_late: 1,
      overdue: 0,
    });
  });

  it("are listed newest first, as far as asked", async () => {
    const [eve, fay] = [await register("eve"), await register("fay")];
    const ids: Array<string> = [];
    for (const key of ["k1", "k2", "k3"]) ids.unshift((await offer(eve, fay, key)).favorId);
    ids.unshift((await offer(fay, eve, "k1")).favorId);
    const idsIn = async (by: Player, query = "") =>
      ((await call("GET", `/favors${query}`, { by })).body["favors"] as Array<FavorBody>).map(
        ({ favor_id }) => favor_id,
      );
    // Offers of one millisecond have no order of their own.
    expect((await idsIn(eve)).toSorted()).toEqual(ids.toSorted());
    expect((await idsIn(fay)).toSorted()).toEqual(ids.toSorted());
    expect(await idsIn(eve, "?limit=2")).toEqual((await idsIn(eve)).slice(0, 2));
    expect(await act("decline", ids[0] ?? "", eve, "d1")).toMatchObject({
      body: { status: "declined" },
    });
    expect(await act("withdraw", ids[1] ?? "", eve, "w1")).toMatchObject({
      body: { status: "withdrawn", wallet: { balance_locked: 20_000 } },
    });
    await expectSound();
  });

  it("are refused with a problem that says why", async () => {
    const [gil, hal] = [await register("gil"), await register("hal")];
    const { favorId } = await offer(gil, hal, "k1");
    const body = { to: hal.id, amount: 100, repay: 100, due_in_seconds: 60 };
    const post = (change: object, key?: string) =>
      call("POST", "/favors", {
        by: gil,
        body: { ...body, ...change },
        ...(key === undefined ? {} : { key }),
      });
    const refusals: ReadonlyArray<readonly [Promise<Answered>, number, string]> = [
      [post({}), 400, "validation_failed"],
      [post({ amount: 1.5 }, "r1"), 400, "validation_failed"],
      [post({ amount: 0 }, "r2"), 400, "validation_failed"],
      [post({ due_in_seconds: 0 }, "r3"), 400, "validation_failed"],
      [post({ due_in_seconds: 2_592_001 }, "r4"), 400, "validation_failed"],
      [post({ to: "nobody" }, "r5"), 422, "borrower_not_found"],
      [post({ to: gil.id }, "r6"), 422, "favor_to_self"],
      [post({ repay: 99 }, "r7"), 422, "repay_below_amount"],
      [post({ amount: 100_000, repay: 100_000 }, "r8"), 422, "insufficient_funds"],
      [post({}, "k1"), 422, "idempotency_key_reused"],
      [act("accept", favorId, gil, "r9"), 403, "forbidden"],
      [act("withdraw", favorId, hal, "r10"), 403, "forbidden"],
      [act("repay", favorId, hal, "r11"), 409, "not_repayable"],
      [act("accept", "f_none", hal, "r12"), 404, "not_found"],
      [call("GET", "/favors"), 401, "unauthorized"],
    ];
    for (const [answered, status, code] of refusals)
      expect(await answered).toMatchObject({ status, body: { status, code } });
    await act("withdraw", favorId, gil, "w1");
    expect(await act("accept", favorId, hal, "a1")).toMatchObject({
      status: 409,
      body: { code: "offer_closed", favor_status: "withdrawn" },
    });
    await expectSound();
  });
});
