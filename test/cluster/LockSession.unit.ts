/** The session that has the locks: as long as it lives, what is remembered is all that there is. */
import type pg from "pg";
import { expect, it } from "vitest";
import { LockSession } from "../../src/cluster/LockSession.ts";

const open = () => {
  const database = { session: "1 since noon", locked: [1, 2] };
  let relocked = 0;
  const pool = {
    query: async () => ({
      rows: database.locked.map((lock) => ({ session: database.session, lock })),
    }),
  } as unknown as pg.Pool;
  const locks = new LockSession({ pool, name: "locks", held: () => [1, 2] });
  locks.relockBy(async () => void relocked++);
  return { database, locks, relocked: () => relocked };
};

it("is as before while the session lives, and nothing is doubted", async () => {
  const { locks } = open();
  expect(await locks.isAsBefore()).toBe(true);
  expect(await locks.isAsBefore()).toBe(true);
  expect(locks.takeIsMemoryOld()).toBe(false);
});

it("is not as before when another session has the same locks: what is remembered is old, once", async () => {
  const { database, locks } = open();
  await locks.isAsBefore();
  database.session = "2 since one";
  expect(await locks.isAsBefore()).toBe(false);
  expect(await locks.holds()).toBe(true);
  expect(locks.takeIsMemoryOld()).toBe(true);
  expect(locks.takeIsMemoryOld()).toBe(false);
});

it("takes lost locks again, and holds none until it has them", async () => {
  const { database, locks, relocked } = open();
  await locks.isAsBefore();
  database.session = "2 since one";
  database.locked = [1];
  expect(await locks.holds()).toBe(false);
  expect(relocked()).toBe(1);
  database.locked = [1, 2];
  expect(await locks.holds()).toBe(true);
  expect(locks.takeIsMemoryOld()).toBe(true);
});
