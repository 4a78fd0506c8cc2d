/** Lists, single hands, statistics and imports through the whole client. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPoker } from "../../../sdk/src/poker.ts";
import type { ImportOutcome, ImportProgress } from "../../../sdk/src/poker.ts";
import { problem } from "../support/FakeServer.ts";
import { hands, Table, turn } from "../support/Table.ts";

const RECENT = "GET /api/v1/hands/recent";
const IMPORT = "POST /api/v1/hands/import";
const MIB = 1024 * 1024;

let table: Table;
beforeEach(() => {
  table = new Table();
});
afterEach(() => table.croupier.close());

test("all hands are read page by page, and a page that fails for a moment again", async () => {
  const page = (from: number, to: number, next: string | null) => ({
    status: 200,
    body: { hands: hands(from, to).toReversed(), total: 5, next_before: next },
  });
  const answers = [
    page(4, 5, "cursor"),
    problem(503, "unavailable", { retry_after_ms: 10 }),
    page(1, 3, null),
  ];
  table.server.answers.set(RECENT, () => answers.shift() ?? problem(500, "internal_error"));
  const seen: number[] = [];
  const reading = (async () => {
    for await (const { seq } of table.poker.allHands({ player: "Ada" })) seen.push(seq);
  })();
  await turn();
  expect(seen).toEqual([5, 4]);
  await table.pass(10);
  await reading;
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  expect(table.server.asked.map(({ call }) => call)).toEqual([
    `${RECENT}?player=Ada`,
    `${RECENT}?player=Ada&before=cursor`,
    `${RECENT}?player=Ada&before=cursor`,
  ]);
});

test("a list that may not be read is thrown, with the server's problem", async () => {
  table.server.answers.set(RECENT, () => problem(400, "validation_failed"));
  await expect(table.poker.allHands().next()).rejects.toMatchObject({
    name: "ReadFailed",
    problem: { code: "validation_failed" },
  });
});

test("looking for what is rare can be ended: pages without a hand are no end", async () => {
  const stop = new AbortController();
  const empty = { status: 200, body: { hands: [], total: null, next_before: "further" } };
  table.server.answers.set(RECENT, () => {
    if (table.server.calls(`${RECENT}?before=further`) === 3) stop.abort();
    return empty;
  });
  const reading = table.poker.allHands({}, { signal: stop.signal });
  expect(await reading.next()).toEqual({ done: true, value: undefined });
});

test("names and filters are filled in and escaped", async () => {
  const { poker, server } = table;
  await poker.hand("winamax:1/2");
  await poker.stats("a b", { position: "BTN" });
  await poker.sessions("é", { limit: 3 });
  await poker.tournaments("x");
  await poker.players({ search: "a&b" });
  await poker.hands({ before: "7" });
  expect(server.asked.map(({ call }) => call)).toEqual([
    "GET /api/v1/hands/winamax%3A1%2F2",
    "GET /api/v1/stats/player/a%20b?position=BTN",
    "GET /api/v1/stats/player/%C3%A9/sessions?limit=3",
    "GET /api/v1/stats/player/x/tournaments",
    "GET /api/v1/stats/players?search=a%26b",
    "GET /api/v1/hands/recent?before=7",
  ]);
});

describe("an import", () => {
  const HEAD = "Winamax Poker - CashGame - HandId: #";
  /** Two hands and a bit more than a part, so three parts. */
  const history = [1, 2, 3].map((n) => `${HEAD}${n}-1-1\n${"x".repeat(MIB)}\n\n`).join("");
  const imported = (failed: readonly object[] = []) => ({
    status: 202,
    body: { imported: 1, duplicates: 2, summaries: 0, failed, failed_count: failed.length },
  });

  beforeEach(() => table.join());

  test("goes part by part, adds up, and tells lines of the whole source", async () => {
    table.server.answers.set(IMPORT, ({ body }) =>
      imported([
        { line: 2, hand_id: String(body).slice(HEAD.length, HEAD.length + 1), reason: "" },
      ]),
    );
    const progress: ImportProgress[] = [];
    const file = new Blob([history]);
    const outcome = await table.poker.importHands(file, {
      onProgress: (told) => progress.push(told),
    });
    const failed = [1, 2, 3].map((n) => ({ line: 3 * n - 1, hand_id: String(n), reason: "" }));
    expect(outcome).toEqual({
      ok: true,
      imported: { imported: 3, duplicates: 6, summaries: 0, failed, failed_count: 3 },
    });
    expect(progress.map(({ doneBytes }) => doneBytes / file.size)).toEqual([
      expect.closeTo(1 / 3),
      expect.closeTo(2 / 3),
      1,
    ]);
    expect(progress.every(({ totalBytes }) => totalBytes === file.size)).toBe(true);
    expect(table.server.asked.at(-1)?.token).toBe("token");
  });

  test("a part without an answer is sent again, the others are not", async () => {
    const sent: string[] = [];
    table.server.answers.set(IMPORT, ({ body }) => {
      sent.push(String(body).slice(HEAD.length, HEAD.length + 1));
      if (sent.length === 2) throw new TypeError("fetch failed");
      return sent.length === 3 ? problem(429, "rate_limited", { retry_after_ms: 5 }) : imported();
    });
    const told: (string | undefined)[] = [];
    const outcome = table.poker.importHands(history, {
      onProgress: ({ waiting }) => told.push(waiting?.code),
    });
    for (let waits = 0; waits < 4; waits += 1) await table.pass(1_000);
    expect(await outcome).toMatchObject({ ok: true, imported: { imported: 3 } });
    expect(sent).toEqual(["1", "2", "2", "2", "3"]);
    expect(told).toEqual([undefined, "offline", "rate_limited", undefined, undefined]);
  });

  test("stopped, it says what was done by then", async () => {
    const stop = new AbortController();
    table.server.answers.set(IMPORT, () => {
      if (table.server.calls(IMPORT) === 1) return imported();
      stop.abort();
      return new Promise(() => undefined);
    });
    const outcome = await table.poker.importHands(history, { signal: stop.signal });
    expect(outcome).toMatchObject({
      ok: false,
      refusal: { code: "cancelled" },
      imported: { imported: 1 },
    });
  });

  test("a server that refuses for a minute ends it, and so does closing", async () => {
    table.server.answers.set(IMPORT, () => problem(503, "unavailable", { retry_after_ms: 20_000 }));
    const outcomes: ImportOutcome[] = [];
    void table.poker.importHands("x").then((outcome) => outcomes.push(outcome));
    await turn();
    for (let waits = 0; waits < 3; waits += 1) await table.pass(20_000);
    expect(outcomes).toMatchObject([{ ok: false, refusal: { code: "unavailable" } }]);
    void table.poker.importHands("x").then((outcome) => outcomes.push(outcome));
    await turn();
    table.poker.close();
    await turn();
    expect(outcomes).toMatchObject([{}, { ok: false, refusal: { code: "cancelled" } }]);
  });

  test("needs somebody who imports, and lets out what reading the source throws", async () => {
    async function* torn() {
      yield "Winamax";
      throw new Error("the disk is gone");
    }
    await expect(table.poker.importHands(torn())).rejects.toThrow("the disk is gone");
    table.croupier.leave();
    expect(await table.poker.importHands("x")).toMatchObject({ refusal: { code: "no_session" } });
  });
});

test("a client has one poker half, and another one when that was closed", () => {
  expect(createPoker(table.croupier)).toBe(table.poker);
  table.poker.close();
  expect(createPoker(table.croupier)).not.toBe(table.poker);
});
