/** Raffles through the whole client: what is asked when, and what it is taken for. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCroupier } from "../../../sdk/src/index.ts";
import type {
  Croupier,
  PaymentBody,
  ReservationBody,
  ReservationOutcome,
} from "../../../sdk/src/index.ts";
import { FakeServer, problem } from "../support/FakeServer.ts";
import type { Given } from "../support/FakeServer.ts";
import { ACK, FakeSockets } from "../support/FakeSockets.ts";
import { ManualTimers } from "../support/ManualTimers.ts";
import { MemoryStorage } from "../support/MemoryStorage.ts";
import { change, DRAW, numbersChanged, raffleSnapshot, reservation } from "../support/raffles.ts";

const LIST = "GET /api/v1/reservations";
const LIVE = `${LIST}?raffle_id=r&phase=live&limit=1`;
const ONE = `${LIST}/r.a`;
const ADD = "POST /api/v1/reservations/r.a/add-number";
const PAY = "POST /api/v1/reservations/r.a/pay";

let timers: ManualTimers;
let server: FakeServer;
let sockets: FakeSockets;
let croupier: Croupier;
let keys: number;
let storage: MemoryStorage;

/** A life of the page; another one on the same storage finds what this one has left. */
const open = (): Croupier =>
  createCroupier({
    url: "https://play.example",
    storage,
    openSocket: sockets.open,
    fetch: server.fetch,
    timers,
    random: () => 1,
    makeKey: () => `key-${(keys += 1)}`,
  });

beforeEach(async () => {
  storage = new MemoryStorage();
  timers = new ManualTimers();
  server = new FakeServer();
  sockets = new FakeSockets();
  keys = 0;
  server.answers.set("POST /auth/join", () => ({
    status: 201,
    body: {
      player_id: "ada",
      token: "token",
      lobby_id: "demo",
      ws_url: "wss://play.example/ws",
      expires_at: new Date(timers.nowMs() + 8 * 3_600_000).toISOString(),
    },
  }));
  live();
  croupier = open();
  await croupier.join({ displayName: "Ada" });
  sockets.last.say(ACK);
});
afterEach(() => croupier.close());

/** What the server says to be the player's live reservations. */
const live = (...reservations: readonly ReservationBody[]): void => {
  server.answers.set(LIST, () => ({ status: 200, body: { reservations, next_before: null } }));
};
const given = (body: ReservationBody, status = 200): Given => ({
  status,
  body: { reservation: body },
});
const ack = () => ({ ...ACK, server_time: new Date(timers.nowMs()).toISOString() }) as typeof ACK;
/** Lets what was promised come about. */
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
const pass = async (ms: number): Promise<void> => {
  timers.pass(ms);
  await turn();
};
/** The server answers the question for the topic with a snapshot. */
const say = (...frames: readonly Parameters<FakeSockets["last"]["say"]>[0][]): void => {
  for (const frame of frames) sockets.last.say(frame);
};
const subscribed = (frame = raffleSnapshot()): void => {
  const asked = sockets.last.sent.findLast(({ topic }) => topic === "raffle:r");
  say({ type: "SUBSCRIBED", id: String(asked?.["id"]), topic: "raffle:r" }, frame);
};
const watched = async () => {
  const mine = croupier.reservation("r");
  mine.subscribe(() => undefined);
  subscribed();
  await turn();
  await pass(250);
  return mine;
};

describe("a raffle", () => {
  test("is subscribed while it is listened to, and resumed after what was seen", async () => {
    const raffle = croupier.raffle("r");
    expect(croupier.raffle("r")).toBe(raffle);
    const end = raffle.subscribe(() => undefined);
    subscribed(raffleSnapshot({}, { sold: [3] }));
    say(numbersChanged(2, change("reserved", [4])));
    expect(raffle.get().grid?.status(4)).toBe("reserved");
    end();
    timers.pass(2_000);
    expect(sockets.last.sent.at(-1)).toMatchObject({ type: "UNSUBSCRIBE", topic: "raffle:r" });
    raffle.subscribe(() => undefined);
    expect(sockets.last.sent.at(-1)).toMatchObject({ type: "RESUME", after_version: 2 });
  });

  test("that there is not is missing", () => {
    const raffle = croupier.raffle("r");
    raffle.subscribe(() => undefined);
    const id = String(sockets.last.sent.at(-1)?.["id"]);
    say({ type: "ERROR", id, code: "not_found", detail: "There is no such raffle." });
    expect(raffle.get()).toMatchObject({ isMissing: true, raffle: null });
  });

  test("whose draw was missed has it read, and again until it is there", async () => {
    const raffle = croupier.raffle("r");
    raffle.subscribe(() => undefined);
    subscribed(raffleSnapshot({ status: "completed" }));
    await turn();
    expect(raffle.get().draw).toBeNull();
    server.answers.set("GET /api/v1/raffles/r/draw", () => ({ status: 200, body: DRAW }));
    await pass(2_000);
    expect(raffle.get().draw).toEqual(DRAW);
    await pass(60_000);
    expect(server.calls("GET /api/v1/raffles/r/draw")).toBe(2);
  });
});

describe("the player's reservation", () => {
  test("is found at the start and over a new connection", async () => {
    live(reservation([3]));
    const mine = await watched();
    expect(mine.get()).toMatchObject({ id: "r.a", phase: "selection", numbers: [3] });
    const before = server.calls(LIVE);
    sockets.last.events.closed(1006);
    live(reservation([3, 4], { phase: "checkout", expires_at: "2025-01-01T00:15:00.000Z" }));
    await pass(8_000);
    sockets.last.say(ACK);
    await turn();
    expect(server.calls(LIVE)).toBe(before + 1);
    expect(mine.get()).toMatchObject({ phase: "checkout", numbers: [3, 4] });
  });

  test("begins and grows with the answers to the player's commands, without a reading", async () => {
    const mine = await watched();
    expect(mine.get()).toBeNull();
    const asked = server.asked.length;
    const order = croupier.reserve({ raffleId: "r", numbers: [3, 4] });
    expect(sockets.last.sent.at(-1)).toMatchObject({
      type: "RESERVE_NUMBERS",
      raffle_id: "r",
      number_ids: ["3", "4"],
      idempotency_key: "key-1",
    });
    say(
      numbersChanged(2, change("reserved", [3, 4], { reservation_id: "r.a", player_id: "ada" })),
      { type: "NUMBERS_RESERVED", id: "key-1", reservation: reservation([3, 4]) },
    );
    expect(await order).toEqual({ ok: true, key: "key-1", reservation: reservation([3, 4]) });
    expect(mine.get()?.numbers).toEqual([3, 4]);
    server.answers.set(ADD, () => given(reservation([3, 4, 5])));
    await croupier.addNumber({ reservationId: "r.a", number: 5 });
    expect(mine.get()).toMatchObject({ numbers: [3, 4, 5], totalMinor: 750 });
    await pass(2_000);
    expect(server.asked.slice(asked).map(({ call }) => call)).toEqual([ADD]);
  });

  test("that was made in another tab is read when its frame comes", async () => {
    const mine = await watched();
    live(reservation([3]));
    say(numbersChanged(2, change("reserved", [3], { reservation_id: "r.a", player_id: "ada" })));
    await pass(250);
    expect(mine.get()?.numbers).toEqual([3]);
    const asked = server.asked.length;
    say(numbersChanged(3, change("reserved", [9])));
    await pass(2_000);
    expect(server.asked).toHaveLength(asked);
  });

  test("is over at once when the raffle's frame says that its time is up", async () => {
    live(reservation([3]));
    const mine = await watched();
    server.answers.set(ONE, () => problem(404, "not_found"));
    live();
    say(
      numbersChanged(
        2,
        change("available", [3], { reservation_id: "r.a", player_id: "ada", expired: true }),
      ),
    );
    expect(mine.get()?.phase).toBe("expired");
    await pass(250);
    expect(mine.get()?.phase).toBe("expired");
    const asked = server.asked.length;
    await pass(60_000);
    expect(server.asked).toHaveLength(asked);
  });

  test("is sold at once when the raffle's frame says so, and then tells how it was paid", async () => {
    live(reservation([4], { phase: "checkout", payment: payment("pending") }));
    const mine = await watched();
    live();
    server.answers.set(ONE, () =>
      given(reservation([4], { phase: "sold", payment: payment("succeeded") })),
    );
    say(numbersChanged(2, change("sold", [4], { reservation_id: "r.a", player_id: "ada" })));
    expect(mine.get()).toMatchObject({ phase: "sold", payment: { status: "pending" } });
    await pass(250);
    expect(mine.get()).toMatchObject({ phase: "sold", payment: { status: "succeeded" } });
  });

  test.each([
    ["cancelled", "2025-01-01T00:10:00.000Z"],
    ["expired", "2025-01-01T00:00:05.000Z"],
  ])("whose end was missed and forgotten by the raffle was %s", async (phase, expiresAt) => {
    live(reservation([3], { expires_at: expiresAt }));
    const mine = await watched();
    server.answers.set(ONE, () => problem(404, "not_found"));
    live();
    sockets.last.events.closed(1006);
    await pass(8_000);
    sockets.last.say(ack());
    await turn();
    expect(mine.get()).toMatchObject({ phase, numbers: [3] });
  });

  test("past its time without a frame is looked at: another tab may have gone to the checkout", async () => {
    live(reservation([3]));
    const mine = await watched();
    live(reservation([3], { phase: "checkout", expires_at: "2025-01-01T00:12:00.000Z" }));
    for (let beat = 0; beat < 21; beat += 1) {
      say({ type: "HEARTBEAT", server_time: new Date(timers.nowMs()).toISOString() });
      await pass(30_000);
    }
    expect(mine.get()?.phase).toBe("checkout");
  });

  test("a reading that was begun before the last command's answer is not believed", async () => {
    live(reservation([3]));
    const mine = await watched();
    let answer = (_: Given): void => undefined;
    server.answers.set(
      LIST,
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    sockets.last.say(ACK);
    server.answers.set(ADD, () => given(reservation([3, 4])));
    await croupier.addNumber({ reservationId: "r.a", number: 4 });
    answer({ status: 200, body: { reservations: [reservation([3])], next_before: null } });
    await turn();
    expect(mine.get()?.numbers).toEqual([3, 4]);
    live(reservation([3, 4, 5]));
    await pass(250);
    expect(mine.get()?.numbers).toEqual([3, 4, 5]);
  });

  test("is looked at while it is paid for, and no longer when that has failed", async () => {
    live(reservation([3], { phase: "checkout", payment: payment("pending") }));
    const mine = await watched();
    const before = server.calls(LIVE);
    await pass(2_000);
    expect(server.calls(LIVE)).toBe(before + 1);
    live(reservation([3], { phase: "checkout", payment: payment("failed") }));
    await pass(2_000);
    expect(mine.get()?.payment?.status).toBe("failed");
    await pass(10_000);
    expect(server.calls(LIVE)).toBe(before + 2);
  });
});

const payment = (status: PaymentBody["status"]): PaymentBody => ({
  id: "p",
  provider: "sandbox_card",
  status,
  amount: 250,
  next_step: { kind: "redirect", url: "https://card.example/p" },
  failure: null,
  started_at: "2025-01-01T00:00:00.000Z",
});

describe("a command", () => {
  test("is asked again with its key while there is no answer, or none that is one", async () => {
    const outcome = croupier.addNumber({ reservationId: "r.a", number: 4 });
    await turn();
    server.answers.set(ADD, () => problem(503, "unavailable", { retry_after_ms: 700 }));
    await pass(400);
    server.answers.set(ADD, () => problem(429, "rate_limited", { retry_after_ms: 900 }));
    await pass(700);
    server.answers.set(ADD, () => given(reservation([3, 4])));
    await pass(899);
    expect(server.calls(ADD)).toBe(3);
    await pass(1);
    expect(await outcome).toEqual({ ok: true, key: "key-1", reservation: reservation([3, 4]) });
    expect(
      server.asked.filter(({ call }) => call === ADD).map(({ body, key }) => [key, body]),
    ).toEqual(Array.from({ length: 4 }, () => ["key-1", { number_id: "4" }]));
  });

  test("refused by a rule comes out as that, with what the server told", async () => {
    server.answers.set(ADD, () => problem(409, "number_taken", { numbers: [4] }));
    expect(await croupier.addNumber({ reservationId: "r.a", number: 4 })).toEqual({
      ok: false,
      key: "key-1",
      refusal: { code: "number_taken", detail: "No.", fields: { numbers: [4] } },
    });
  });

  test("without an answer for a minute is abandoned; nobody knows", async () => {
    let outcome: ReservationOutcome | undefined;
    void croupier.cancelReservation("r.a").then((settled) => {
      outcome = settled;
    });
    for (let second = 0; second < 52; second += 1) await pass(1_000);
    expect(outcome).toBeUndefined();
    for (let second = 0; second < 8; second += 1) await pass(1_000);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: "abandoned" } });
  });

  test("of a reservation waits for the one before it", async () => {
    server.answers.set(ADD, () => problem(503, "unavailable", { retry_after_ms: 500 }));
    const first = croupier.addNumber({ reservationId: "r.a", number: 4 });
    const second = croupier.addNumber({ reservationId: "r.a", number: 5 });
    await turn();
    expect(server.calls(ADD)).toBe(1);
    server.answers.set(ADD, ({ body }) => {
      const { number_id: number } = body as { readonly number_id: string };
      return given(reservation(number === "4" ? [4] : [4, 5]));
    });
    await pass(500);
    expect((await first).ok && (await second).ok).toBe(true);
    expect(server.asked.filter(({ call }) => call === ADD).map(({ key }) => key)).toEqual([
      "key-1",
      "key-1",
      "key-2",
    ]);
  });

  test("to pay tells whether the numbers are bought, or where the payer goes on", async () => {
    const body = reservation([3], { phase: "checkout", payment: payment("pending") });
    server.answers.set(PAY, () => ({
      status: 202,
      body: { reservation: body, payment: payment("pending") },
    }));
    const order = { reservationId: "r.a", provider: "sandbox_card", key: "mine" } as const;
    expect(await croupier.pay(order)).toMatchObject({
      ok: true,
      key: "mine",
      isSold: false,
      nextStep: { kind: "redirect", url: "https://card.example/p" },
    });
    server.answers.set(PAY, () => ({
      status: 200,
      body: { reservation: { ...body, phase: "sold" }, payment: payment("succeeded") },
    }));
    expect(await croupier.pay(order)).toMatchObject({ ok: true, isSold: true });
    server.answers.set(PAY, () => problem(503, "provider_unavailable", { retry_after_ms: 9 }));
    expect(await croupier.pay(order)).toMatchObject({
      ok: false,
      refusal: { code: "provider_unavailable" },
    });
  });

  test("of nobody, or of a client that was closed, is refused here", async () => {
    croupier.leave();
    const noSession = { ok: false, refusal: { code: "no_session" } };
    expect(await croupier.moveToCheckout("r.a")).toMatchObject(noSession);
    expect(await croupier.reserve({ raffleId: "r", numbers: [1] })).toMatchObject(noSession);
    await croupier.join({ displayName: "Ada" });
    const waiting = croupier.moveToCheckout("r.a");
    await turn();
    croupier.close();
    expect(await waiting).toMatchObject({ ok: false, refusal: { code: "closed" } });
  });

  test("to reserve that had no answer for two minutes is not carried out much later", async () => {
    sockets.last.events.closed(1006);
    let outcome: ReservationOutcome | undefined;
    void croupier.reserve({ raffleId: "r", numbers: [1] }).then((settled) => {
      outcome = settled;
    });
    await pass(119_999);
    expect(outcome).toBeUndefined();
    await pass(1);
    expect(outcome).toMatchObject({ ok: false, refusal: { code: "abandoned" } });
    expect(croupier.unanswered.get()).toEqual([]);
  });
});

describe("a command that a reload has cut off", () => {
  const CHECKOUT = "POST /api/v1/reservations/r.a/move-to-checkout";
  const asked = () =>
    server.asked
      .filter(({ call }) => call === ADD || call === CHECKOUT)
      .map(({ call, key }) => [call, key]);
  /** Neither answered when the page goes. */
  const cutOff = async (): Promise<void> => {
    server.answers.set(ADD, () => new Promise(() => undefined));
    void croupier.addNumber({ reservationId: "r.a", number: 4 });
    void croupier.moveToCheckout("r.a");
    await pass(10);
    void croupier.moveToCheckout("r.b");
    await turn();
    server.asked.length = 0;
  };

  test("is given again by the next life, with its key and in its turn, and shows", async () => {
    await cutOff();
    // A storage has its keys in no order.
    const before = storage;
    storage = new MemoryStorage();
    for (let index = before.length - 1; index >= 0; index -= 1) {
      const key = before.key(index) ?? "";
      storage.setItem(key, before.getItem(key) ?? "");
    }
    live(reservation([3]));
    server.answers.set(ADD, () => given(reservation([3, 4])));
    server.answers.set(CHECKOUT, () => given(reservation([3, 4], { phase: "checkout" })));
    croupier.close();
    croupier = open();
    const mine = croupier.reservation("r");
    mine.subscribe(() => undefined);
    for (let turns = 0; turns < 5; turns += 1) await turn();
    expect(asked()).toEqual([
      [ADD, "key-1"],
      [CHECKOUT, "key-2"],
    ]);
    expect(mine.get()).toMatchObject({ phase: "checkout", numbers: [3, 4] });
    croupier.close();
    croupier = open();
    await turn();
    expect(asked()).toHaveLength(2);
  });

  test("longer ago than a minute is not given again", async () => {
    await cutOff();
    await pass(59_991);
    croupier.close();
    croupier = open();
    await turn();
    expect(asked()).toEqual([]);
    expect(server.calls("POST /api/v1/reservations/r.b/move-to-checkout")).toBe(1);
  });

  test("is never given by another player", async () => {
    await cutOff();
    croupier.close();
    croupier = open();
    await turn();
    server.asked.length = 0;
    croupier.leave();
    const bob = { token: "bobs", player_id: "bob", expires_at: "2025-01-02T00:00:00.000Z" };
    server.answers.set("POST /auth/login", () => ({ status: 200, body: bob }));
    await croupier.login({ username: "bob", password: "a long password" });
    for (let seconds = 0; seconds < 20; seconds += 1) await pass(1_000);
    expect(server.asked.filter(({ token, key }) => token === "bobs" && key !== undefined)).toEqual(
      [],
    );
  });
});
