import { expect, test } from "vitest";
import { MAX_CLOCK_SKEW_MS, Revocations } from "../../src/gateway/Revocations.ts";
import { TOKEN_LIFETIME_MS } from "../../src/gateway/Tokens.ts";
import { ManualClock } from "../support/ManualClock.ts";

interface Row {
  readonly player_id: string;
  readonly not_before: number;
}

/** A table that tells what a test puts into it, once. */
const open = async (rows: ReadonlyArray<Row> = []) => {
  const clock = new ManualClock();
  const log: Array<string> = [];
  const table = { fresh: [...rows], isAway: false, reads: 0, swept: 0 };
  const write = (message: string) => void log.push(message);
  let news = 0;
  const revocations = new Revocations({
    clock,
    log: { info: write, warn: write, error: write },
    pool: {
      query: async (sql) => {
        if (table.isAway) throw new Error("away");
        if (sql.includes("DELETE")) {
          table.swept += 1;
          return { rows: [] };
        }
        table.reads += 1;
        const told = table.fresh.splice(0);
        const horizon = String(table.reads);
        if (told.length === 0) return { rows: [{ horizon, player_id: null, not_before: null }] };
        return { rows: told.map((row) => ({ horizon, ...row })) };
      },
    },
  });
  revocations.onNews(() => (news += 1));
  await revocations.start();
  return { clock, log, revocations, table, news: () => news };
};

test("what was revoked before the start is known at the start, and is no news", async () => {
  const at = new ManualClock().now();
  const { clock, news, revocations } = await open([{ player_id: "ada", not_before: at }]);
  expect(revocations.covers({ playerId: "ada", issuedAt: at - 1 })).toBe(true);
  expect(revocations.covers({ playerId: "ada", issuedAt: at })).toBe(false);
  expect(revocations.covers({ playerId: "bob", issuedAt: 0 })).toBe(false);
  await clock.advance(500);
  expect(news()).toBe(0);
});

test("what another process has revoked is known after half a second, and told once", async () => {
  const { clock, news, revocations, table } = await open();
  const at = clock.now();
  table.fresh.push({ player_id: "ada", not_before: at });
  await clock.advance(499);
  expect(revocations.covers({ playerId: "ada", issuedAt: at - 1 })).toBe(false);
  await clock.advance(1);
  expect(revocations.covers({ playerId: "ada", issuedAt: at - 1 })).toBe(true);
  await clock.advance(5_000);
  expect(news()).toBe(1);
});

test("what this process has revoked counts at once, and is told with the next read", async () => {
  const { clock, news, revocations } = await open();
  revocations.learn("ada", clock.now());
  expect(revocations.covers({ playerId: "ada", issuedAt: clock.now() - 1 })).toBe(true);
  // An older one, read late, takes nothing back.
  revocations.learn("ada", clock.now() - 100);
  expect(revocations.covers({ playerId: "ada", issuedAt: clock.now() - 1 })).toBe(true);
  expect(news()).toBe(0);
  await clock.advance(500);
  expect(news()).toBe(1);
});

test("while the database is away what is known stays so, own news is told, and the log says it once", async () => {
  const { clock, log, news, revocations, table } = await open([
    { player_id: "ada", not_before: Date.UTC(2100, 0, 1) },
  ]);
  table.isAway = true;
  revocations.learn("bob", clock.now());
  await clock.advance(60_000);
  expect(revocations.covers({ playerId: "ada", issuedAt: clock.now() })).toBe(true);
  expect(news()).toBe(1);
  expect(log).toEqual(["revoked tokens cannot be read; those known stay so"]);
  table.isAway = false;
  table.fresh.push({ player_id: "eve", not_before: clock.now() });
  await clock.advance(500);
  expect(revocations.covers({ playerId: "eve", issuedAt: 0 })).toBe(true);
  expect(log.slice(1)).toEqual(["revoked tokens are read again"]);
});

test("a start without the database fails", async () => {
  const clock = new ManualClock();
  const nothing = () => undefined;
  const revocations = new Revocations({
    clock,
    log: { info: nothing, warn: nothing, error: nothing },
    pool: { query: () => Promise.reject(new Error("away")) },
  });
  await expect(revocations.start()).rejects.toThrow("away");
  expect(clock.timers).toBe(0);
});

test("what has no live token before it is forgotten, here and in the table", async () => {
  const { clock, revocations, table } = await open();
  const over = clock.now() - TOKEN_LIFETIME_MS - MAX_CLOCK_SKEW_MS;
  table.fresh.push({ player_id: "old", not_before: over + 400 });
  table.fresh.push({ player_id: "ada", not_before: over + 10_000_000 });
  revocations.learn("old", over + 400);
  expect(revocations.covers({ playerId: "old", issuedAt: 0 })).toBe(true);
  await clock.advance(500);
  expect(revocations.covers({ playerId: "old", issuedAt: 0 })).toBe(false);
  expect(revocations.covers({ playerId: "ada", issuedAt: 0 })).toBe(true);
  expect(table.swept).toBe(1);
  await clock.advance(3_600_000);
  expect(table.swept).toBe(2);
});

test("after its close it reads no more", async () => {
  const { clock, revocations, table } = await open();
  revocations.close();
  await clock.advance(60_000);
  expect(table.reads).toBe(1);
});
