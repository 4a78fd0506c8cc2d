/** The journal of administrators' acts, on a real database. */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import type { ActBody } from "../../rpc/http/admin/acts.ts";
import { BalanceLimit } from "../../rpc/wallet.ts";
import { type Act, AdminActs } from "../../src/gateway/AdminActs.ts";
import { failure, success } from "../../src/gateway/Answer.ts";
import type { GatewayLog } from "../../src/gateway/GatewayLog.ts";
import { openPool } from "../support/journals.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";

let database: FreshDatabase;
let pool: pg.Pool;
let acts: AdminActs;
const errors: Array<string> = [];
const log: GatewayLog = {
  info: () => undefined,
  warn: () => undefined,
  error: (message) => errors.push(message),
};
beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url);
  acts = new AdminActs(pool, log);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

let requests = 0;
const called = (by = "root") => ({
  caller: {
    playerId: by,
    lobbyId: undefined,
    roles: ["admin"] as const,
    issuedAt: 0,
    expiresAt: 0,
  },
  requestId: `r-${(requests += 1)}`,
});
const ADJUST = {
  act: "adjust_wallet",
  target: { player_id: "ada" },
  details: { amount: -5 },
  reason: "it was ours",
  key: "k-1",
} satisfies Act;
const newest = async (journal = acts) => (await journal.list({ limit: 1 })).acts[0];

describe("an act", () => {
  test("is written down before it is carried out, and what came of it after", async () => {
    let during: ActBody | undefined;
    const answer = await acts.carryOut(called(), ADJUST, async () => {
      during = await newest();
      return success(7);
    });
    expect(answer).toEqual(success(7));
    const asked = {
      act_id: expect.stringMatching(/^\d+$/),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      by: "root",
      act: "adjust_wallet",
      target: { player_id: "ada" },
      details: { amount: -5 },
      reason: "it was ours",
      request_id: `r-${requests}`,
      idempotency_key: "k-1",
    };
    expect(during).toEqual({
      ...asked,
      outcome: "unknown",
      code: null,
      replayed: false,
      finished_at: null,
    });
    const done = await newest();
    expect(done).toEqual({
      ...asked,
      outcome: "done",
      code: null,
      replayed: false,
      finished_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(Date.parse(done?.finished_at ?? "")).toBeGreaterThanOrEqual(Date.parse(done?.at ?? ""));
  });

  test("that is refused is told with its code, as such or inside an answer", async () => {
    await acts.carryOut(called(), ADJUST, async () => failure(new BalanceLimit()));
    expect(await newest()).toMatchObject({ outcome: "refused", code: "balance_limit" });
    await acts.carryOut(
      called(),
      ADJUST,
      async () => success({ ok: false }),
      () => "wallet_frozen",
    );
    expect(await newest()).toMatchObject({ outcome: "refused", code: "wallet_frozen" });
  });

  test("asked for again with its key is another line, marked as a replay", async () => {
    await acts.carryOut(called(), ADJUST, async () => success(1));
    await acts.carryOut(called(), ADJUST, async () => ({ ...success(1), replayed: true }));
    const { acts: both } = await acts.list({ limit: 2 });
    expect(both.map(({ outcome, replayed }) => [outcome, replayed])).toEqual([
      ["done", true],
      ["done", false],
    ]);
  });

  test("that needs none has no reason, key or details", async () => {
    await acts.carryOut(called(), { act: "add_process", target: {} }, async () => success(1));
    expect(await newest()).toMatchObject({
      target: {},
      details: {},
      reason: null,
      idempotency_key: null,
    });
  });
});

describe("an act is unknown", () => {
  test("when its process dies in between: another process lists it so", async () => {
    const doomed = openPool(database.url);
    let begun = () => {};
    const underWay = new Promise<void>((resolve) => (begun = resolve));
    const dying = new AdminActs(doomed, log).carryOut(called("doomed"), ADJUST, () => {
      begun();
      return new Promise<never>(() => {});
    });
    void dying;
    await underWay;
    await doomed.end();
    expect(await newest()).toMatchObject({ by: "doomed", outcome: "unknown", finished_at: null });
  });

  test("when the entity did not answer, or something broke", async () => {
    const moving = new Unavailable({ reason: "moving", retryAfterMs: 5 });
    expect(await acts.carryOut(called("late"), ADJUST, async () => failure(moving))).toEqual(
      failure(moving),
    );
    expect(await newest()).toMatchObject({ by: "late", outcome: "unknown" });
    const broken = acts.carryOut(called("hurt"), ADJUST, () => Promise.reject(new Error("defect")));
    await expect(broken).rejects.toThrow("defect");
    expect(await newest()).toMatchObject({ by: "hurt", outcome: "unknown" });
  });

  test("when the outcome cannot be written down; its answer is given all the same", async () => {
    const failing = {
      query: (sql: string, values: Array<unknown>) =>
        sql.includes("admin_act_outcome (")
          ? Promise.reject(new Error("the disk is full"))
          : pool.query(sql, values),
    } as unknown as pg.Pool;
    const answer = await new AdminActs(failing, log).carryOut(called("mute"), ADJUST, async () =>
      success(3),
    );
    expect(answer).toEqual(success(3));
    expect(errors.at(-1)).toBe("an act's outcome was not written down");
    expect(await newest()).toMatchObject({ by: "mute", outcome: "unknown" });
  });
});

test("what cannot be written down is not done", async () => {
  const lost = openPool(database.url);
  await lost.end();
  let done = 0;
  const refused = new AdminActs(lost, log).carryOut(called(), ADJUST, async () =>
    success((done += 1)),
  );
  await expect(refused).rejects.toThrow();
  expect(done).toBe(0);
});

describe("what is written", () => {
  test.each([
    "UPDATE admin_act SET by = 'someone else'",
    "UPDATE admin_act_outcome SET code = NULL, outcome = 'done'",
    "DELETE FROM admin_act_outcome",
    "DELETE FROM admin_act",
    "TRUNCATE admin_act, admin_act_outcome",
    "TRUNCATE admin_act_outcome",
    "INSERT INTO admin_act (act_id, by, act, target, details, request_id) VALUES (1, 'x', 'x', '{}', '{}', 'r')",
    "INSERT INTO admin_act_outcome SELECT act_id, now(), 'done', NULL, false FROM admin_act_outcome LIMIT 1",
    `INSERT INTO admin_act_outcome (act_id, outcome, replayed) SELECT max(act_id) + 1, 'done', false FROM admin_act`,
  ])("stays as it is, whatever is tried: %s", async (sql) => {
    await acts.carryOut(called(), ADJUST, async () => success(1));
    const all = () => acts.list({ limit: 200 });
    const before = await all();
    await expect(pool.query(sql)).rejects.toThrow();
    expect(await all()).toEqual(before);
  });

  test("is listed newest first, page by page, by whom and by what", async () => {
    for (const [by, act] of [
      ["kim", "stop_lobby"],
      ["kim", "freeze_wallet"],
      ["lee", "stop_lobby"],
      ["kim", "stop_lobby"],
    ] as const)
      await acts.carryOut(called(by), { act, target: {} }, async () => success(1));
    const namesOf = (page: { readonly acts: ReadonlyArray<ActBody> }) =>
      page.acts.map(({ act, by }) => `${by} ${act}`);
    const first = await acts.list({ limit: 3 });
    expect(namesOf(first)).toEqual(["kim stop_lobby", "lee stop_lobby", "kim freeze_wallet"]);
    expect(first.next_before).toBe(first.acts[2]?.act_id);
    const kims = await acts.list({ by: "kim", limit: 3 });
    expect(namesOf(kims)).toEqual(["kim stop_lobby", "kim freeze_wallet", "kim stop_lobby"]);
    expect(kims.next_before).toBeNull();
    const one = await acts.list({ by: "kim", act: "stop_lobby", limit: 1 });
    expect(namesOf(one)).toEqual(["kim stop_lobby"]);
    const next = { by: "kim", act: "stop_lobby", limit: 1, before: one.next_before ?? "" } as const;
    const rest = await acts.list(next);
    expect(namesOf(rest)).toEqual(["kim stop_lobby"]);
    expect([rest.acts[0]?.act_id === one.acts[0]?.act_id, rest.next_before]).toEqual([false, null]);
  });
});
