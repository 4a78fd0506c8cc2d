/** Equities through the whole client: what is asked when and by which way, and what an answer is taken for. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EquityOutcome, EquityProgress } from "../../../sdk/src/poker.ts";
import type { PlayerEquityBody, ServerFrame } from "../../../sdk/src/index.ts";
import { problem } from "../support/FakeServer.ts";
import { Table, turn } from "../support/Table.ts";

const MULTIWAY = "POST /api/v1/equity/calculate/multiway";
const QUESTION = { players: ["AhKd", "QQ+"], board: "2h7d8c", targetStdError: 0.01, seed: 7 };
const WIRE_QUESTION = {
  players: ["AhKd", "QQ+"],
  board: "2h7d8c",
  target_std_error: 0.01,
  seed: 7,
};
const ANSWER = {
  players: [] as readonly PlayerEquityBody[],
  method: "exact",
  samples: 990,
  converged: true,
  elapsed_ms: 1,
} as const;

let table: Table;
let outcomes: EquityOutcome[];
let told: EquityProgress[];

beforeEach(() => {
  table = new Table();
  outcomes = [];
  told = [];
});
afterEach(() => table.croupier.close());

const ask = (options: { readonly signal?: AbortSignal; readonly via?: "rest" } = {}): void => {
  void table.poker
    .calculateEquity(QUESTION, { ...options, onProgress: (progress) => told.push(progress) })
    .then((outcome) => outcomes.push(outcome));
};
const asked = () => table.sent("CALCULATE_EQUITY");
const lastId = (): string => String(asked().at(-1)?.["id"]);
const say = (frame: ServerFrame): void => table.sockets.last.say(frame);
const refuse = (id: string, code: string, more: object = {}): void =>
  say({ type: "ERROR", id, code, detail: "No.", ...more });
const answer = (id = lastId()): void => say({ type: "EQUITY_RESULT", id, ...ANSWER });
const progress = (done: number, id = lastId()): void =>
  say({ type: "EQUITY_PROGRESS", id, ...ANSWER, done, of: 10 });
/** Time passes on a connection that lives. */
const beat = async (ms: number): Promise<void> => {
  for (let left = ms; left > 0; left -= 1_000) {
    await table.pass(Math.min(left, 1_000));
    say({ type: "PONG", server_time: new Date(table.timers.nowMs()).toISOString() });
  }
};

describe("over the connection", () => {
  beforeEach(() => table.join());

  test("a question has progress, an answer, and the wire's names", async () => {
    ask();
    expect(asked()).toMatchObject([WIRE_QUESTION]);
    progress(3);
    answer();
    await turn();
    expect(told).toEqual([{ ...ANSWER, done: 3, of: 10 }]);
    expect(outcomes).toEqual([{ ok: true, answer: ANSWER }]);
    progress(4);
    expect(told).toHaveLength(1);
  });

  test("cut off, the same question is asked again under another id, and has one outcome", async () => {
    ask();
    const first = lastId();
    progress(5);
    table.reconnect();
    expect(asked()).toMatchObject([WIRE_QUESTION]);
    expect(lastId()).not.toBe(first);
    progress(1);
    answer();
    await turn();
    expect(told.map(({ done }) => done)).toEqual([5, 1]);
    expect(outcomes).toHaveLength(1);
  });

  test("what is asked while there is no connection is asked when there is one", async () => {
    table.sockets.last.events.closed(1006);
    ask();
    expect(asked()).toEqual([]);
    table.timers.pass(8_000);
    table.greet();
    answer();
    await turn();
    expect(outcomes).toMatchObject([{ ok: true }]);
  });

  test("a busy server is asked again when it advises, until it answers", async () => {
    ask();
    refuse(lastId(), "unavailable", { retry_after_ms: 1_500 });
    await beat(1_499);
    expect(asked()).toHaveLength(1);
    await beat(1);
    expect(asked()).toHaveLength(2);
    answer();
    await turn();
    expect(outcomes).toMatchObject([{ ok: true }]);
  });

  test("one that stays busy for a minute is the answer, with its reason", async () => {
    ask();
    for (let seconds = 0; seconds < 62; seconds += 1) {
      if (outcomes.length === 0) refuse(lastId(), "unavailable", { retry_after_ms: 900 });
      await beat(1_000);
    }
    expect(outcomes).toMatchObject([{ ok: false, refusal: { code: "unavailable" } }]);
  });

  test("progress is news: a calculation of minutes is not given up", async () => {
    ask();
    for (let minutes = 0; minutes < 3; minutes += 1) {
      await beat(50_000);
      progress(minutes);
    }
    answer();
    await turn();
    expect(outcomes).toMatchObject([{ ok: true }]);
  });

  test("a refusal by a rule is the answer, with what is wrong", async () => {
    ask();
    refuse(lastId(), "invalid_cards", { where: "players.1", reason: "No card." });
    await turn();
    expect(outcomes).toEqual([
      {
        ok: false,
        refusal: {
          code: "invalid_cards",
          detail: "No.",
          fields: { where: "players.1", reason: "No card." },
        },
      },
    ]);
  });

  test("four are asked at a time; the next one when one is done", async () => {
    for (let n = 0; n < 6; n += 1) ask();
    expect(asked()).toHaveLength(4);
    answer(String(asked()[1]?.["id"]));
    expect(asked()).toHaveLength(5);
    await turn();
    expect(outcomes).toHaveLength(1);
  });

  test("cancelled, it is refused at once, and its place is free when the server has let go of it", async () => {
    const stop = new AbortController();
    ask({ signal: stop.signal });
    for (let n = 0; n < 4; n += 1) ask();
    const id = String(asked()[0]?.["id"]);
    stop.abort();
    await turn();
    expect(outcomes).toMatchObject([{ ok: false, refusal: { code: "cancelled" } }]);
    expect(table.sent("CANCEL_EQUITY")).toEqual([{ type: "CANCEL_EQUITY", id }]);
    expect(asked()).toHaveLength(4);
    refuse(id, "cancelled");
    expect(asked()).toHaveLength(5);
    ask({ signal: AbortSignal.abort() });
    await turn();
    expect(asked()).toHaveLength(5);
    expect(outcomes).toHaveLength(2);
  });

  test("silence puts the connection under suspicion, not the question", async () => {
    ask();
    await table.pass(5_000);
    expect(table.sent("PING")).toHaveLength(1);
    say({ type: "PONG", server_time: "2025-01-01T00:00:05.000Z" });
    await beat(4_000);
    expect(asked()).toHaveLength(1);
    answer();
    await turn();
    expect(outcomes).toMatchObject([{ ok: true }]);
  });

  test("a range longer than a frame may be goes by REST: it would cost the connection", async () => {
    table.server.answers.set(MULTIWAY, () => ({ status: 200, body: ANSWER }));
    const range = Array.from({ length: 2_000 }, () => "AhKd@50").join();
    const outcome = await table.poker.calculateEquity({ players: [range, "random"] });
    expect(outcome).toMatchObject({ ok: true });
    expect(asked()).toEqual([]);
  });

  test("a listener that throws costs nothing but a warning", async () => {
    const outcome = table.poker.calculateEquity(QUESTION, {
      onProgress: () => {
        throw new Error("mine");
      },
    });
    progress(1);
    answer();
    expect(await outcome).toMatchObject({ ok: true });
    expect(table.warnings).toMatchObject([{ code: "listener" }]);
  });

  test("closed, what is under way is refused, and nothing is asked any more", async () => {
    ask();
    table.croupier.close();
    await turn();
    expect(outcomes).toMatchObject([{ ok: false, refusal: { code: "closed" } }]);
    expect(await table.poker.calculateEquity(QUESTION)).toMatchObject({
      refusal: { code: "closed" },
    });
    expect(table.timers.pending).toBe(0);
  });
});

describe("by REST", () => {
  const given: unknown[] = [];
  beforeEach(() => {
    given.length = 0;
    table.server.answers.set(MULTIWAY, ({ body }) => {
      given.push(body);
      return { status: 200, body: ANSWER };
    });
  });

  test("without a session nothing else is needed, not even a socket", async () => {
    ask();
    await turn();
    expect(outcomes).toEqual([{ ok: true, answer: ANSWER }]);
    expect(given).toEqual([WIRE_QUESTION]);
    expect(table.sockets.opened).toEqual([]);
  });

  test("where it is asked for, though there is a connection", async () => {
    await table.join();
    ask({ via: "rest" });
    await turn();
    expect(outcomes).toHaveLength(1);
    expect(asked()).toEqual([]);
  });

  test("a busy or unreachable server is asked again, one that refuses is not", async () => {
    const answers = [
      problem(503, "unavailable", { retry_after_ms: 2_000 }),
      { status: 502, body: "<html>", type: "text/html" },
      problem(422, "not_exact", { reason: "too many" }),
    ];
    table.server.answers.set(MULTIWAY, () => answers.shift() ?? problem(500, "internal_error"));
    ask();
    await turn();
    await table.pass(1_999);
    expect(table.server.calls(MULTIWAY)).toBe(1);
    await table.pass(1);
    expect(table.server.calls(MULTIWAY)).toBe(2);
    await table.pass(8_000);
    expect(outcomes).toMatchObject([
      { ok: false, refusal: { code: "not_exact", fields: { reason: "too many" } } },
    ]);
  });

  test("cancelled, the call is given up: so the server stops", async () => {
    table.server.answers.set(MULTIWAY, () => new Promise(() => undefined));
    const stop = new AbortController();
    ask({ signal: stop.signal });
    await turn();
    stop.abort();
    await turn();
    expect(outcomes).toMatchObject([{ ok: false, refusal: { code: "cancelled" } }]);
    await table.pass(120_000);
    expect(table.server.calls(MULTIWAY)).toBe(1);
  });
});
