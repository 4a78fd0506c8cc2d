/** Equity over REST and over `/ws`: asked, told of its progress, cancelled, refused. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type EquityProgress, InvalidCards, NoCombination, NotExact } from "../../rpc/equity.ts";
import { Unavailable } from "../../rpc/failure.ts";
import { failure, success } from "../../src/gateway/Answer.ts";
import { caller } from "./support/call.ts";
import { answerOf, type AskedEquity } from "./support/FakePoker.ts";
import { connect, type SocketClient, within } from "./support/SocketClient.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

let server: TestGateway;
const call = caller(() => server.url);
beforeEach(async () => {
  server = await startGateway();
});
afterEach(() => server.close());

/** The next question that the desk is asked and does not answer by itself. */
const nextAsked = (): Promise<AskedEquity> =>
  within(
    new Promise<AskedEquity>((resolve) => {
      server.poker.onAsked = resolve;
    }),
    "a question",
  );
const aborted = ({ signal }: AskedEquity) =>
  within(
    new Promise<void>((resolve) => {
      if (signal?.aborted === true) resolve();
      signal?.addEventListener("abort", () => resolve());
    }),
    "the cancelling",
  );
const metric = async (labels: string) => {
  const text = await server.metrics();
  const found = text.match(
    new RegExp(`^croupier_equity_questions_total\\{${labels}\\} (\\d+)`, "m"),
  );
  return Number(found?.[1] ?? 0);
};

const CALCULATE = "/api/v1/equity/calculate";

describe("by REST", () => {
  test("two players are told as the hero sees it, with what the question left out filled in", async () => {
    server.poker.isSlow = true;
    const asked = nextAsked();
    const answered = call("POST", CALCULATE, { body: { hero: "AhKd", villain: "QQ+" } });
    const { answer, question } = await asked;
    expect(question).toEqual({
      game: "holdem",
      players: ["AhKd", "QQ+"],
      board: "",
      dead: "",
      mode: "auto",
      targetStdError: 0.001,
      maxSamples: 20_000_000,
      seed: 1,
    });
    answer(success(answerOf(question)));
    expect(await answered).toMatchObject({
      status: 200,
      body: {
        equity: 0.8,
        win: 0.8,
        tie: 0,
        std_error: 0,
        method: "exact",
        samples: 1_712_304,
        converged: true,
        elapsed_ms: expect.any(Number),
      },
    });
    expect(await metric('method="exact",outcome="answered"')).toBe(1);
  });

  test("of Omaha, as of hold'em", async () => {
    server.poker.isSlow = true;
    const asked = nextAsked();
    const players = ["AhKdQcJd", "2s3s4s5s"];
    const body = { game: "omaha_hilo", players };
    const answered = call("POST", `${CALCULATE}/multiway`, { body });
    const { answer, question } = await asked;
    expect(question).toMatchObject({ game: "omaha_hilo", players });
    answer(success(answerOf(question)));
    expect((await answered).status).toBe(200);
    const stud = await call("POST", `${CALCULATE}/multiway`, { body: { ...body, game: "stud" } });
    expect(stud.status).toBe(400);
  });

  test("up to nine are told one by one, under what each was given as", async () => {
    const players = ["AhKd", "QQ+", "random"];
    const answered = await call("POST", `${CALCULATE}/multiway`, { body: { players } });
    expect(answered.status).toBe(200);
    expect(answered.body["players"]).toMatchObject(
      [0.8, 0.1, 0.1].map((equity, index) => ({ hand: players[index], equity })),
    );
  });

  test.each([
    [
      "a repeated card",
      failure(new InvalidCards({ where: "board", reason: "Ah twice" })),
      422,
      "invalid_cards",
    ],
    [
      "nothing left",
      failure(new NoCombination({ reason: "all aces are gone" })),
      422,
      "no_combination",
    ],
    [
      "exact that is not feasible",
      failure(new NotExact({ reason: "too many deals" })),
      422,
      "not_exact",
    ],
    [
      "a full queue",
      failure(new Unavailable({ reason: "queue", retryAfterMs: 2500 })),
      503,
      "unavailable",
    ],
  ] as const)("%s is refused with its reason", async (_, outcome, status, code) => {
    server.poker.isSlow = true;
    const asked = nextAsked();
    const answered = call("POST", CALCULATE, { body: { hero: "AhKd", villain: "QQ" } });
    (await asked).answer(outcome);
    const { body, headers } = await answered;
    expect(body).toMatchObject({ status, code, detail: expect.any(String) });
    expect(headers.get("retry-after")).toBe(status === 503 ? "3" : null);
    expect(await metric(`method="none",outcome="${code}"`)).toBe(1);
  });

  test.each([
    ["no player", { players: [] }],
    ["one player", { players: ["AhKd"] }],
    ["ten players", { players: Array.from({ length: 10 }, () => "random") }],
    ["an empty hand", { players: ["", "QQ"] }],
    ["a range of a novel's length", { players: ["A".repeat(16_001), "QQ"] }],
    ["a board of a novel's length", { players: ["AhKd", "QQ"], board: "2c".repeat(13) }],
    ["a mode that is none", { players: ["AhKd", "QQ"], mode: "guess" }],
    ["an error that would take for ever", { players: ["AhKd", "QQ"], target_std_error: 1e-9 }],
    ["samples that would take for ever", { players: ["AhKd", "QQ"], max_samples: 1e12 }],
    ["numbers for cards", { players: [1, 2] }],
  ])("%s never reaches the desk", async (_, body) => {
    server.poker.isSlow = true;
    const answered = await call("POST", `${CALCULATE}/multiway`, { body });
    expect(answered).toMatchObject({ status: 400, body: { code: "validation_failed" } });
    expect(server.poker.asked).toEqual([]);
  });

  test("a client that goes away cancels", async () => {
    server.poker.isSlow = true;
    const asked = nextAsked();
    const controller = new AbortController();
    const gone = fetch(server.url + CALCULATE, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ hero: "AhKd", villain: "QQ" }),
      signal: controller.signal,
    }).catch(() => "gone");
    const question = await asked;
    controller.abort();
    expect(await gone).toBe("gone");
    await aborted(question);
    expect(await metric('method="none",outcome="cancelled"')).toBe(1);
  });

  test("a gateway that stops waits for none: another process answers the same", async () => {
    server.poker.isSlow = true;
    const asked = nextAsked();
    const answered = call("POST", CALCULATE, { body: { hero: "AhKd", villain: "QQ" } });
    await asked;
    await server.gateway.close();
    expect(await answered).toMatchObject({ status: 503, body: { code: "unavailable" } });
  });

  test("five cards are told, and impossible ones refused", async () => {
    const path = "/api/v1/equity/evaluate";
    expect(await call("POST", path, { body: { cards: "AsAhKd7c2h" } })).toMatchObject({
      status: 200,
      body: { category: "one_pair", words: "One pair : Aces" },
    });
    expect(await call("POST", path, { body: { cards: "AsAs" } })).toMatchObject({
      status: 422,
      body: { code: "invalid_cards", where: "cards" },
    });
  });
});

describe("over a socket", () => {
  let client: SocketClient;
  beforeEach(async () => {
    server.poker.isSlow = true;
    const { token } = await server.player();
    client = connect(`${server.wsUrl}?token=${token}`);
    await client.nextOf("CONNECTION_ACK");
  });
  afterEach(() => client.close());

  const ask = async (id: string, players: ReadonlyArray<string> = ["AhKd", "random"]) => {
    const asked = nextAsked();
    client.send({ type: "CALCULATE_EQUITY", id, players });
    return asked;
  };

  test("progress comes as it is made, and the answer last", async () => {
    const { answer, progress, question } = await ask("e1");
    const so: EquityProgress = { ...answerOf(question), method: "monte_carlo", done: 3, of: 40 };
    progress(so);
    expect(await client.nextOf("EQUITY_PROGRESS")).toMatchObject({
      id: "e1",
      method: "monte_carlo",
      done: 3,
      of: 40,
      players: [{ hand: "AhKd", equity: 0.8 }, { hand: "random" }],
    });
    answer(success(answerOf(question)));
    expect(await client.nextOf("EQUITY_RESULT")).toMatchObject({
      id: "e1",
      method: "exact",
      elapsed_ms: expect.any(Number),
    });
  });

  test("a refusal comes as ERROR with the id", async () => {
    const { answer } = await ask("e2");
    answer(failure(new InvalidCards({ where: "players.0", reason: "Zx is no card" })));
    expect(await client.nextOf("ERROR")).toMatchObject({
      id: "e2",
      code: "invalid_cards",
      where: "players.0",
    });
  });

  test("one that is cancelled is answered so, and says no more", async () => {
    const question = await ask("e3");
    client.send({ type: "CANCEL_EQUITY", id: "e3" });
    await aborted(question);
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "e3", code: "cancelled" });
    question.progress({ ...answerOf(question.question), done: 1, of: 2 });
    client.send({ type: "CANCEL_EQUITY", id: "never asked" });
    client.send({ type: "PING", id: "after" });
    await client.nextOf("PONG");
    expect(client.frames.filter(({ type }) => type === "EQUITY_PROGRESS")).toEqual([]);
    // Its id is free again.
    const again = await ask("e3");
    again.answer(success(answerOf(again.question)));
    expect(await client.nextOf("EQUITY_RESULT")).toMatchObject({ id: "e3" });
  });

  test("an id that is in use is refused, and the calculation goes on", async () => {
    const first = await ask("e4");
    client.send({ type: "CALCULATE_EQUITY", id: "e4", players: ["AhKd", "QQ"] });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "e4", code: "validation_failed" });
    first.answer(success(answerOf(first.question)));
    expect(await client.nextOf("EQUITY_RESULT")).toMatchObject({ id: "e4" });
  });

  test("four at once are taken, the fifth is told to wait", async () => {
    for (const id of ["a", "b", "c", "d"]) await ask(id);
    client.send({ type: "CALCULATE_EQUITY", id: "e", players: ["AhKd", "QQ"] });
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "e", code: "rate_limited" });
  });

  test("a socket that closes cancels all of its own, and nobody else's", async () => {
    const mine = [await ask("a"), await ask("b")];
    const { token } = await server.player();
    const other = connect(`${server.wsUrl}?token=${token}`);
    await other.nextOf("CONNECTION_ACK");
    const asked = nextAsked();
    other.send({ type: "CALCULATE_EQUITY", id: "a", players: ["AhKd", "QQ"] });
    const theirs = await asked;
    client.close();
    await Promise.all(mine.map(aborted));
    expect(theirs.signal?.aborted).toBe(false);
    theirs.answer(success(answerOf(theirs.question)));
    await other.nextOf("EQUITY_RESULT");
    other.close();
  });

  test("a gateway that stops tells those who wait to ask again", async () => {
    await ask("e7");
    const closed = server.gateway.close();
    expect(await client.nextOf("ERROR")).toMatchObject({ id: "e7", code: "unavailable" });
    expect((await client.closed()).code).toBe(1012);
    await closed;
  });
});
