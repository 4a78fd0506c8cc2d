/**
 * Unknown outcomes: the connection to PostgreSQL is lost around a commit, at every moment that makes a difference. Each
 * time the journal reports the truth, and nothing is written twice.
 */
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../src/actor/Clock.ts";
import { GroupCommit, type Settled } from "../../src/actor/GroupCommit.ts";
import type { PgJournal, PgJournalOptions } from "../../src/actor/PgJournal.ts";
import { CounterChange } from "../support/Counter.ts";
import {
  append,
  type CounterDatabase,
  load,
  openCounterDatabase,
  versionsOf,
} from "../support/journals.ts";
import { PostgresProxy } from "../support/PostgresProxy.ts";
import { signal } from "../support/Signal.ts";

/** In the bytes of every commit: the name of its prepared statement. */
const COMMIT = "commit_";
const committed = { _tag: "Committed" };

let database: CounterDatabase;
beforeAll(async () => {
  database = await openCounterDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query("TRUNCATE journal, alarm");
});

/** Resolves when a statement that contains `text` waits for a lock. */
const blocked = async (text: string) => {
  const deadline = performance.now() + 5000;
  for (;;) {
    const { rowCount } = await database.pool.query(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND position($1 in query) > 0`,
      [text],
    );
    if (rowCount !== 0) return;
    if (performance.now() > deadline) throw new Error(`no statement with "${text}" waits`);
  }
};

describe("a process that was taken for dead", () => {
  const entityId = "dead";
  const WRITER = "3c0f1fd2-6d6c-4f0e-9a55-0a3c1d2e3f40";
  const raise = () =>
    database.pool.query("UPDATE writer SET epoch = epoch + 1 WHERE writer_id = $1", [WRITER]);
  const fenced = {
    _tag: "Conflicted",
    conflicts: [{ kind: "counter", entityId, reason: "fence" }],
  };

  it("writes nothing of what it had decided, and goes on under an epoch of its own", async () => {
    const journal = database.openJournal({ writerId: WRITER });
    expect(await journal.commit([append(entityId, 1)])).toEqual(committed);
    await raise();
    expect(await journal.commit([append(entityId, 2), append(entityId, 3)])).toEqual(fenced);
    expect(await versionsOf(journal, entityId)).toEqual([1]);
    expect(await journal.commit([append(entityId, 2)])).toEqual(committed);
    await journal.close();
  });

  it("has its batch under way waited for by whoever declares it dead", async () => {
    const journal = database.openJournal({ writerId: WRITER });
    expect(await journal.commit([append(entityId, 1)])).toEqual(committed);
    // Someone else has half written the same version, so that the statement stops in the middle.
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query("BEGIN");
    await other.query(
      `INSERT INTO journal (kind, entity_id, version, command_id, command, events, at)
       VALUES ('counter', $1, 2, 'other', 'Add', '[]', 0)`,
      [entityId],
    );
    const commit = journal.commit([append(entityId, 2)]);
    await blocked("INSERT INTO journal");
    let declared = false;
    const raised = raise().then(() => (declared = true));
    await blocked("UPDATE writer SET epoch");
    expect(declared).toBe(false);
    await other.query("ROLLBACK");
    expect(await commit).toEqual(committed);
    await raised;
    expect(await versionsOf(journal, entityId)).toEqual([1, 2]);
    await other.end();
    await journal.close();
  });

  it("loses its row when it is long gone, and writes nothing without one", async () => {
    const journal = database.openJournal({ writerId: WRITER });
    expect(await journal.commit([append(entityId, 1)])).toEqual(committed);
    await database.pool.query("DELETE FROM writer WHERE writer_id = $1", [WRITER]);
    expect(await journal.commit([append(entityId, 2)])).toEqual(fenced);
    expect(await journal.commit([append(entityId, 2)])).toEqual(committed);
    await journal.close();
  });
});

describe("a connection lost around a commit", () => {
  const entityId = "lost";
  let proxy: PostgresProxy;
  let journal: PgJournal;
  let lookedUp: Array<boolean>;

  const open = async (options: Partial<PgJournalOptions> = {}) => {
    journal = database.openJournal({
      url: proxy.url,
      onUnknownCommit: (wasCommitted) => lookedUp.push(wasCommitted),
      ...options,
    });
    expect(await journal.commit([append(entityId, 1)])).toEqual(committed);
  };

  beforeEach(async () => {
    lookedUp = [];
    proxy = await PostgresProxy.to(database.url);
  });
  afterEach(async () => {
    await journal.close();
    await proxy.close();
  });

  it("before the statement arrives: it was not written, and is sent again", async () => {
    await open();
    const caught = proxy.next(COMMIT);
    const commit = journal.commit([append(entityId, 2)]);
    (await caught).cut();
    expect(await commit).toEqual(committed);
    expect(lookedUp).toEqual([false]);
    expect(await versionsOf(journal, entityId)).toEqual([1, 2]);
  });

  it("after it was committed: that is found out, and it is not sent again", async () => {
    await open();
    const caught = proxy.next(COMMIT);
    const commit = journal.commit([append(entityId, 2)]);
    const held = await caught;
    expect(await held.deliver()).toContain("SELECT 1");
    held.cut();
    expect(await commit).toEqual(committed);
    expect(lookedUp).toEqual([true]);
    expect(await versionsOf(journal, entityId)).toEqual([1, 2]);
  });

  it("while it is carried out: its end is waited for", async () => {
    await open();
    // Someone else has half written the same version, so that the statement stops in the middle.
    const other = new pg.Client({ connectionString: database.url });
    await other.connect();
    await other.query("BEGIN");
    await other.query(
      `INSERT INTO journal (kind, entity_id, version, command_id, command, events, at)
       VALUES ('counter', $1, 2, 'other', 'Add', '[]', 0)`,
      [entityId],
    );
    const caught = proxy.next(COMMIT);
    const commit = journal.commit([append(entityId, 2)]);
    const held = await caught;
    const answer = held.deliver();
    await blocked("INSERT INTO journal");
    held.cutClient();
    await blocked("INSERT INTO writer");
    await other.query("ROLLBACK");
    await other.end();
    expect(await answer).toContain("SELECT 1");
    expect(await commit).toEqual(committed);
    expect(lookedUp).toEqual([true]);
    expect(await versionsOf(journal, entityId)).toEqual([1, 2]);
  });

  it("with the statement arriving after the outcome was looked up: it writes nothing", async () => {
    await open();
    const late = proxy.next(COMMIT);
    const commit = journal.commit([append(entityId, 2)]);
    const lateStatement = await late;
    const again = proxy.next(COMMIT);
    lateStatement.cutClient();
    const sentAgain = await again;
    expect(lookedUp).toEqual([false]);
    // Only the epoch stands against it now: the version is still free.
    expect(await lateStatement.deliver()).toContain("SELECT 0");
    expect(await versionsOf(journal, entityId)).toEqual([1]);
    sentAgain.release();
    expect(await commit).toEqual(committed);
    expect(await versionsOf(journal, entityId)).toEqual([1, 2]);
  });

  it("without a sign: a connection that brings no answer is given up", async () => {
    const unsure = signal("the look-up fails");
    await open({
      answerTimeoutMs: 1000,
      log: (message) => {
        if (message.startsWith("cannot look up")) unsure.fire();
      },
    });
    // A busy machine may have been slow before: what counts comes now.
    lookedUp.length = 0;
    proxy.silent = true;
    const commit = journal.commit([append(entityId, 2)]);
    await unsure.fired();
    expect(lookedUp).toEqual([]);
    proxy.silent = false;
    expect(await commit).toEqual(committed);
    expect(lookedUp[0]).toBe(false);
    expect(await versionsOf(journal, entityId)).toEqual([1, 2]);
  });

  it("and nobody to ask any more: a journal that is closed stops asking", async () => {
    await open();
    const caught = proxy.next(COMMIT);
    const commit = journal.commit([append(entityId, 2)]);
    const held = await caught;
    await proxy.close();
    held.cut();
    await journal.close();
    expect(await commit).toMatchObject({ _tag: "Away" });
    proxy = await PostgresProxy.to(database.url);
  });
});

it("refuses what cannot be said in JSON, and goes on", async () => {
  const journal = database.openJournal();
  const unsayable = append("unsayable", 1, { events: [{ amount: 1n }] });
  expect(await journal.commit([unsayable])).toMatchObject({ _tag: "Refused" });
  expect(await journal.commit([append("unsayable", 1)])).toEqual(committed);
  await journal.close();
});

const nextTurn = () => new Promise((resolve) => void setImmediate(resolve));

describe("a group commit on PostgreSQL", () => {
  const submitTo =
    (committer: GroupCommit) =>
    (one: ReturnType<typeof append>): Promise<Settled> =>
      new Promise((settle) => committer.submit({ append: one, settle, void: false }));
  const metrics = { committed: () => undefined, fenced: () => undefined };

  it("fails the one that cannot be stored, and writes the others of its batch", async () => {
    const journal = database.openJournal();
    const refused: Array<unknown> = [];
    const committer = new GroupCommit(journal, systemClock, metrics, (message, { entity }) => {
      if (message === "the store refuses an append") refused.push(entity);
    });
    const submit = submitTo(committer);
    const spoiled = { events: [{ _tag: "Added", amount: 0, note: "\u0000" }] };
    const row = {
      projection: CounterChange,
      row: { counter_id: "bad", change: 1, note: "\u0000" },
    };
    const results = await Promise.all([
      submit(append("good", 1)),
      submit(append("bad", 1)),
      submit(append("bad", 2, { ...spoiled, rows: [row] })),
      submit(append("fine", 1)),
    ]);
    expect(results).toEqual(["committed", "committed", "refused", "committed"]);
    expect(refused).toEqual(["counter\nbad"]);
    await journal.close();
  });

  it("loses and doubles nothing while its connections are terminated under load", async () => {
    const lookedUp = { committed: 0, lost: 0 };
    const journal = database.openJournal({
      onUnknownCommit: (was) => lookedUp[was ? "committed" : "lost"]++,
    });
    const committer = new GroupCommit(journal, systemClock, metrics, () => undefined);
    const submit = submitTo(committer);
    const reported: Array<string> = [];
    let isRunning = true;
    const writer = async (entityId: string) => {
      let version = 1;
      while (isRunning) {
        const result = await submit(append(entityId, version));
        // What is reported as not written can be written now; had it been, this would be a conflict.
        if (result === "committed") reported.push(`${entityId}/${version++}`);
        else expect(result).toBe("away");
      }
    };
    const writers = Array.from({ length: 50 }, (_, i) => writer(`e${i}`));
    const terminate = () =>
      database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'croupier-journal'`,
      );
    const enough = performance.now() + 20_000;
    while (lookedUp.committed + lookedUp.lost < 8 && performance.now() < enough) {
      const before = reported.length;
      await terminate();
      // Each new connection gets as far as a commit, or nobody ever would.
      while (reported.length === before && performance.now() < enough) await nextTurn();
    }
    isRunning = false;
    await Promise.all(writers);

    expect(lookedUp.committed + lookedUp.lost).toBeGreaterThanOrEqual(8);
    const written = await Promise.all(Array.from({ length: 50 }, (_, i) => load(journal, `e${i}`)));
    const keys = written.flatMap(({ entityId, entries }) =>
      entries.map(({ version }) => `${entityId}/${version}`),
    );
    expect(keys.toSorted()).toEqual(reported.toSorted());
    await journal.close();
  });
});
