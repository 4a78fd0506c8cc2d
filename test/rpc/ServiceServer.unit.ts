import { once } from "node:events";
import { Cause, Effect, Exit, Fiber } from "effect";
import { RpcSerialization } from "@effect/rpc";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { layerHttp } from "../../rpc/client/http.ts";
import { ServiceClient } from "../../rpc/client/service-client.ts";
import { Account, CommandId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { SERVICE_CONTRACTS, ServiceRpcs } from "../../rpc/services.ts";
import { MAX_MESSAGE_BYTES } from "../../src/rpc/ClientMessage.ts";
import {
  bareConnection,
  overTcp,
  QUIET_RPC,
  serveInMemory,
  TOKEN,
} from "./support/ServiceUnderTest.ts";

const PLAYER = "player-1";
const open = { entityId: PLAYER, commandId: CommandId.make("open"), grantMinor: minor(1000) };
const deposit = (commandId: string, amountMinor = 250) => ({
  entityId: PLAYER,
  commandId: CommandId.make(commandId),
  amountMinor: minor(amountMinor),
  account: Account.make("provider:bank:clearing"),
  ref: "a test",
});
const settings = {
  bettingMs: 60_000,
  racingMs: 40_000,
  resultsMs: 20_000,
  minBetMinor: minor(100),
  maxBetMinor: minor(50_000),
  takeoutPerMille: 100,
  cancelFeePerMille: 50,
  maxPowerSpendMinor: minor(30_000),
  syncHz: 20,
};

/** As the ledger is read. */
const LINE = {
  line_id: "2.0",
  at: "2026-01-02T03:04:05.678Z",
  purpose: "deposit",
  account: `player:${PLAYER}:available`,
  counter_account: "provider:bank:clearing",
  amount: -250,
  balance_total: 1250,
  balance_locked: 0,
  ref: "a test",
};

let server: Awaited<ReturnType<typeof serveInMemory>>;
let statement: Parameters<typeof serveInMemory>[0];
/** What the metrics were told of back-pressure. */
const refused: Array<string> = [];
beforeEach(async () => {
  statement = async () => [];
  refused.length = 0;
  server = await serveInMemory((...page) => statement!(...page), undefined, {
    ...QUIET_RPC,
    rpcRefused: (way, why) => refused.push(`${way} ${why}`),
  });
});
afterEach(() => server.stop());

/** Over HTTP: `fetch` that ends in the handler. */
const overHttp = async <A, E>(
  program: Effect.Effect<A, E, ServiceClient>,
  token = TOKEN,
): Promise<A> => {
  const network = globalThis.fetch;
  globalThis.fetch = (input, init) => server.webHandler(new Request(input, init));
  try {
    const url = "http://croupier.test/rpc";
    return await Effect.runPromise(program.pipe(Effect.provide(layerHttp({ url, token }))));
  } finally {
    globalThis.fetch = network;
  }
};

const journal = (kind: string, entityId: string) =>
  server.journal
    .entriesOf({ kind, entityId })
    .map(({ by, command, requestId }) => ({ command, by, requestId }));

it("the group has every message of every contract, the statement, and equity", () => {
  const expected = SERVICE_CONTRACTS.flatMap(([prefix, { group }]) =>
    [...group.requests.keys()].map((tag) => prefix + tag),
  );
  expect(expected).toContain("Wallet.Deposit");
  expect(expected).toContain("Lobby.GetLobby");
  expect([...ServiceRpcs.requests.keys()].toSorted()).toEqual(
    [...expected, "Wallet.Statement", "Equity.Ask", "Equity.Watch"].toSorted(),
  );
});

describe.each([
  [
    "TCP",
    <A, E>(program: Effect.Effect<A, E, ServiceClient>, token?: string) =>
      overTcp(server, token)(program),
  ],
  ["HTTP", overHttp],
] as const)("over %s", (_, run) => {
  it("given nothing when a wallet is opened and paid into then the balance is both", async () => {
    const balance = await run(
      Effect.gen(function* () {
        const { Wallet } = yield* ServiceClient;
        yield* Wallet.Open(open);
        yield* Wallet.Deposit(deposit("d1"));
        return (yield* Wallet.GetWallet({ entityId: PLAYER })).balance;
      }),
    );
    expect(balance).toEqual({
      totalMinor: 1250,
      lockedMinor: 0,
      availableMinor: 1250,
      version: expect.any(Number),
    });
    expect(journal("wallet", PLAYER)).toEqual([
      { command: "Open", by: "service", requestId: "test-1" },
      { command: "Deposit", by: "service", requestId: "test-2" },
    ]);
  });

  it("a lobby is made and read", async () => {
    const lobby = await run(
      Effect.gen(function* () {
        const { Lobby } = yield* ServiceClient;
        const create = { entityId: "l1", commandId: CommandId.make("c"), name: "One", settings };
        yield* Lobby.Create(create);
        return yield* Lobby.GetLobby({ entityId: "l1" });
      }),
    );
    expect(lobby).toMatchObject({ lobbyId: "l1", name: "One", running: true });
  });

  it("rejections come back as what they are", async () => {
    const failures = await run(
      Effect.gen(function* () {
        const { Lobby, Wallet } = yield* ServiceClient;
        const missing = yield* Effect.flip(Wallet.Deposit(deposit("d1")));
        yield* Wallet.Open(open);
        const short = yield* Effect.flip(Wallet.Withdraw(deposit("w1", 1001)));
        const noLobby = yield* Effect.flip(Lobby.GetLobby({ entityId: "none" }));
        return [missing, short, noLobby];
      }),
    );
    expect(failures).toMatchObject([
      { _tag: "WalletNotFound", playerId: PLAYER },
      { _tag: "InsufficientFunds", availableMinor: 1000, requiredMinor: 1001 },
      { _tag: "LobbyNotFound", lobbyId: "none" },
    ]);
  });

  it("one command id is one effect with one reply; for another command it is refused", async () => {
    const [first, again, other] = await run(
      Effect.gen(function* () {
        const { Wallet } = yield* ServiceClient;
        yield* Wallet.Open(open);
        return [
          yield* Wallet.Deposit(deposit("d1")),
          yield* Wallet.Deposit(deposit("d1")),
          yield* Effect.flip(Wallet.Deposit(deposit("d1", 9999))),
        ] as const;
      }),
    );
    expect(first.totalMinor).toBe(1250);
    expect(again).toEqual(first);
    expect(other).toMatchObject({ _tag: "IdempotencyKeyReused", commandId: "d1" });
  });

  it.each(["", "wrong", `${TOKEN}x`, TOKEN.slice(1)])(
    "with the token %j everything is Unauthorized and nothing happens",
    async (token) => {
      const failures = await run(
        Effect.gen(function* () {
          const { Lobby, Wallet } = yield* ServiceClient;
          return [
            yield* Effect.flip(Wallet.Open(open)),
            yield* Effect.flip(Wallet.Statement({ entityId: PLAYER, limit: 1 })),
            yield* Effect.flip(Lobby.GetLobby({ entityId: "l1" })),
          ];
        }),
        token,
      );
      expect(failures.map(({ _tag }) => _tag)).toEqual(Array(3).fill("Unauthorized"));
      expect(journal("wallet", PLAYER)).toEqual([]);
    },
  );

  it("a statement comes page by page, in camelCase and minor units", async () => {
    const asked: Array<unknown> = [];
    statement = async (playerId, page) => {
      asked.push([playerId, page]);
      return [LINE];
    };
    const lines = await run(
      Effect.gen(function* () {
        const { Wallet } = yield* ServiceClient;
        yield* Wallet.Statement({ entityId: PLAYER, limit: 200 });
        return yield* Wallet.Statement({ entityId: PLAYER, before: "3.0", limit: 1 });
      }),
    );
    expect(asked).toEqual([
      [PLAYER, { limit: 200 }],
      [PLAYER, { limit: 1, before: "3.0" }],
    ]);
    expect(lines).toEqual([
      {
        lineId: "2.0",
        at: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
        purpose: "deposit",
        account: `player:${PLAYER}:available`,
        counterAccount: "provider:bank:clearing",
        amountMinor: -250,
        balanceTotalMinor: 1250,
        balanceLockedMinor: 0,
        ref: "a test",
      },
    ]);
  });

  it("with the database away a statement is Unavailable; a fault of ours says nothing of itself", async () => {
    const read = Effect.flatMap(ServiceClient, ({ Wallet }) =>
      Wallet.Statement({ entityId: PLAYER, limit: 1 }),
    );
    statement = () => Promise.reject(new Error("Connection terminated unexpectedly"));
    expect(await run(Effect.flip(read))).toMatchObject({ _tag: "Unavailable" });
    statement = () => Promise.reject(new Error("column secret does not exist"));
    const died = await run(Effect.exit(read));
    const told = Exit.isFailure(died) ? Cause.pretty(died.cause) : "";
    expect(told).toContain("Something went wrong here");
    expect(told).not.toContain("secret");
  });
});

/** One request over a bare connection, as any MessagePack library would send it, and what comes back to it. */
const parser = RpcSerialization.makeMsgPack({ useRecords: false }).unsafeMake();
const request = (tag: string, payload: unknown, id = "1") => ({
  _tag: "Request",
  id,
  tag,
  payload,
  headers: [["authorization", `Bearer ${TOKEN}`]],
});
const pack = (message: unknown) => parser.encode(message) as Uint8Array;

const askBare = async (message: unknown) => {
  const { socket } = await bareConnection(server.port);
  socket.write(pack(message));
  const [answer] = (await once(socket, "data")) as [Uint8Array];
  socket.destroy();
  return parser.decode(answer)[0];
};

describe("input", () => {
  it.each([
    ["a fraction of a unit", { amountMinor: 1.5 }],
    ["less than nothing", { amountMinor: -1 }],
    ["nothing", { amountMinor: 0 }],
    ["more than a number holds", { amountMinor: 2 ** 53 }],
    ["money as text", { amountMinor: "250" }],
    ["no command id", { commandId: undefined }],
    ["an account that is none", { account: "Bank" }],
    ["no player", { entityId: "" }],
  ])("%s is refused before the wallet hears of it", async (_, wrong) => {
    await overTcp(server)(Effect.flatMap(ServiceClient, ({ Wallet }) => Wallet.Open(open)));
    const answer = await askBare(request("Wallet.Deposit", { ...deposit("d1"), ...wrong }));
    expect(answer).toMatchObject({
      _tag: "Exit",
      exit: { _tag: "Failure", cause: { _tag: "Die" } },
    });
    expect(journal("wallet", PLAYER).map(({ command }) => command)).toEqual(["Open"]);
  });

  it("a message without records is MessagePack that any library can write and read", async () => {
    const answer = await askBare(request("Wallet.Open", open));
    expect(answer).toMatchObject({
      requestId: "1",
      exit: { _tag: "Success", value: { totalMinor: 1000 } },
    });
  });

  it("takes the caller's request id into the journal", async () => {
    const message = request("Wallet.Open", open);
    await askBare({ ...message, headers: [...message.headers, ["X-Request-Id", "from-afar.1"]] });
    expect(journal("wallet", PLAYER)).toMatchObject([{ requestId: "from-afar.1" }]);
  });
});

describe("garbage over TCP closes that connection and no other", () => {
  it.each<readonly [string, Uint8Array | string]>([
    ["an HTTP request", "GET / HTTP/1.1\r\nHost: croupier\r\n\r\n"],
    ["nil", pack(null)],
    ["a number", pack(7)],
    ["an empty map", pack({})],
    ["a message of no kind", pack({ _tag: "Hello" })],
    ["a request id that is no number", pack(request("Wallet.GetWallet", {}, "one"))],
    ["headers that are none", pack({ ...request("Wallet.GetWallet", {}), headers: [1] })],
    ["the reply of a server", pack({ _tag: "Exit", requestId: "1", exit: {} })],
    ["an array of 33 million", Uint8Array.of(0xdd, 0x01, 0xff, 0xff, 0xff)],
    ["arrays nested without end", Buffer.alloc(MAX_MESSAGE_BYTES - 2, 0x91)],
    ["a message that is too long", pack(request("Wallet.Open", "x".repeat(MAX_MESSAGE_BYTES)))],
  ])("%s", async (_, garbage) => {
    await overTcp(server)(
      Effect.gen(function* () {
        const { Wallet } = yield* ServiceClient;
        yield* Wallet.Open(open);
        const { closed, socket } = yield* Effect.promise(() => bareConnection(server.port));
        socket.write(garbage);
        // Completes a message that waits for its last byte.
        socket.write(Uint8Array.of(0x00, 0x00, 0x00));
        yield* Effect.promise(() => closed);
        yield* Wallet.Deposit(deposit("d1"));
      }),
    );
    expect(journal("wallet", PLAYER)).toHaveLength(2);
  });
});

describe("bad requests over HTTP", () => {
  const post = (body: string) =>
    server.webHandler(new Request("http://croupier.test/rpc", { method: "POST", body }));

  it.each([
    ["no JSON", "{", 400, "validation_failed"],
    ["no message", "[]", 400, "validation_failed"],
    ["null", "null", 400, "validation_failed"],
    ["another message than a request", '{"_tag":"Ping"}', 400, "validation_failed"],
    ["a body that is too long", `"${"x".repeat(MAX_MESSAGE_BYTES)}"`, 413, "payload_too_large"],
  ])("%s", async (_, body, status, code) => {
    const response = await post(body);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ status, code });
  });

  it("takes POST only", async () => {
    const response = await server.webHandler(new Request("http://croupier.test/rpc"));
    expect(response.status).toBe(405);
  });

  it("answers plain JSON to plain JSON, with the token in HTTP's own header", async () => {
    const body = JSON.stringify({ ...request("Wallet.Open", open), headers: [] });
    const headers = { authorization: `Bearer ${TOKEN}` };
    const init = { method: "POST", body, headers };
    const response = await server.webHandler(new Request("http://croupier.test/rpc", init));
    expect(await response.json()).toMatchObject([
      { _tag: "Exit", requestId: "1", exit: { _tag: "Success", value: { totalMinor: 1000 } } },
    ]);
  });
});

describe("limits", () => {
  it("answers Unavailable at once to calls beyond those in flight, and all the others in the end", async () => {
    const CALLS = 4200;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    server.journal.intercept = async (write) => {
      await held;
      return write();
    };
    let surplus = 0;
    const outcomes = await overTcp(server)(
      Effect.gen(function* () {
        const { Wallet } = yield* ServiceClient;
        return yield* Effect.forEach(
          Array.from({ length: CALLS }, (_, i) => `w${i}`),
          (entityId) =>
            Wallet.Open({ ...open, entityId }).pipe(
              Effect.as("opened" as const),
              Effect.catchTag("Unavailable", ({ reason }) => {
                // All calls have arrived when the last of the surplus has been refused.
                if (++surplus === CALLS - 4096) release();
                return Effect.succeed(reason);
              }),
            ),
          { concurrency: "unbounded" },
        );
      }),
    );
    expect(outcomes.filter((outcome) => outcome === "opened")).toHaveLength(4096);
    expect(outcomes.filter((outcome) => outcome === "too many calls in flight")).toHaveLength(
      CALLS - 4096,
    );
    expect(refused).toEqual(Array.from({ length: CALLS - 4096 }, () => "tcp busy"));
  });

  it("cuts off a caller that asks and never reads", async () => {
    await overTcp(server)(
      Effect.flatMap(ServiceClient, ({ Lobby }) =>
        Lobby.Create({ entityId: "l1", commandId: CommandId.make("c"), name: "One", settings }),
      ),
    );
    const { closed, socket } = await bareConnection(server.port);
    socket.pause();
    let calls = 0;
    const asking = () => pack(request("Lobby.GetLobby", { entityId: "l1" }, String(++calls)));
    const askOn = (failure?: Error | null) => {
      if (failure instanceof Error) return;
      socket.write(Buffer.concat(Array.from({ length: 500 }, asking)), askOn);
    };
    askOn();
    await closed;
    expect(refused).toContain("tcp backlog");
    await overTcp(server)(
      Effect.flatMap(ServiceClient, ({ Lobby }) => Lobby.GetLobby({ entityId: "l1" })),
    );
  });
});

it("a caller that goes away does not undo its call", async () => {
  let arrived = () => {};
  const underway = new Promise<void>((resolve) => (arrived = resolve));
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  server.journal.intercept = async (write) => {
    arrived();
    await held;
    return write();
  };
  await overTcp(server)(
    Effect.gen(function* () {
      const { Wallet } = yield* ServiceClient;
      const call = yield* Effect.fork(Wallet.Open(open));
      yield* Effect.promise(() => underway);
      yield* Fiber.interrupt(call);
    }),
  );
  release();
  const again = await overTcp(server)(
    Effect.flatMap(ServiceClient, ({ Wallet }) => Wallet.Open(open)),
  );
  expect(again.version).toBe(1);
  expect(journal("wallet", PLAYER)).toHaveLength(1);
});

describe("stop", () => {
  it("answers the call under way, then closes all connections", async () => {
    let arrived = () => {};
    const underway = new Promise<void>((resolve) => (arrived = resolve));
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    server.journal.intercept = async (write) => {
      arrived();
      await held;
      return write();
    };
    const idle = await bareConnection(server.port);
    const [opened, late] = await overTcp(server)(
      Effect.gen(function* () {
        const { Wallet } = yield* ServiceClient;
        const call = yield* Effect.fork(Wallet.Open(open));
        yield* Effect.promise(() => underway);
        const stopped = server.stop();
        const refused = yield* Effect.flip(Wallet.Open({ ...open, entityId: "late" }));
        release();
        yield* Effect.promise(() => stopped);
        return [yield* Fiber.join(call), refused] as const;
      }),
    );
    await idle.closed;
    expect(opened.totalMinor).toBe(1000);
    expect(late).toMatchObject({ _tag: "Unavailable", reason: "the server is stopping" });
  });

  it("does not wait for a call that never ends", async () => {
    let arrived = () => {};
    const underway = new Promise<void>((resolve) => (arrived = resolve));
    statement = () => {
      arrived();
      return new Promise(() => undefined);
    };
    const call = overTcp(server)(
      Effect.flatMap(ServiceClient, ({ Wallet }) =>
        Effect.exit(Wallet.Statement({ entityId: PLAYER, limit: 1 })),
      ),
    );
    await underway;
    await server.stop();
    expect(Exit.isFailure(await call)).toBe(true);
  });

  it("does not wait for a caller that never reads", async () => {
    const { closed, socket } = await bareConnection(server.port);
    socket.pause();
    statement = async () =>
      Array.from({ length: 200 }, () => ({ ...LINE, ref: "x".repeat(10_000) }));
    const calls = Array.from({ length: 4 }, (_, i) =>
      pack(request("Wallet.Statement", { entityId: PLAYER, limit: 200 }, String(i))),
    );
    for (const call of calls) socket.write(call);
    await overTcp(server)(
      Effect.flatMap(ServiceClient, ({ Wallet }) =>
        Wallet.Statement({ entityId: PLAYER, limit: 1 }),
      ),
    );
    await server.stop();
    socket.resume();
    await closed;
  });
});
