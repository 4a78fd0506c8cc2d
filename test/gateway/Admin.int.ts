import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type {
  ClusterBody,
  EntityBody,
  EntityJournalBody,
  KindsBody,
} from "../../rpc/http/admin.ts";
import type { SupervisedAction, Supervision } from "../../src/ops/SupervisorClient.ts";
import { GRANT, type House, openHouse } from "../admin/House.ts";
import { FakeCluster, info } from "./support/FakeCluster.ts";
import { startGateway, type TestGateway } from "./support/TestGateway.ts";

/** Does what it is told unless told otherwise. */
class FakeSupervisor implements Supervision {
  available = true;
  refuses: string | undefined;
  readonly acts: Array<readonly [SupervisedAction, string | undefined]> = [];
  readonly act: Supervision["act"] = async (action, process) => {
    this.acts.push([action, process?.processId]);
    return this.refuses === undefined ? { ok: true } : { ok: false, error: this.refuses };
  };
}

let house: House;
let server: TestGateway;
let admin: string;
let player: string;
let cluster: FakeCluster;
let supervisor: FakeSupervisor;
beforeAll(async () => {
  house = await openHouse();
  cluster = new FakeCluster();
  cluster.onPaused = (kinds) => house.system.pause(kinds);
  supervisor = new FakeSupervisor();
  server = await startGateway({
    pool: house.pool,
    cluster,
    inspector: house.inspector,
    supervision: supervisor,
  });
  admin = (await server.player({ playerId: "admin", roles: ["admin"] })).token;
  player = (await server.player()).token;
});
afterAll(async () => {
  await server.close();
  await house.close();
});
beforeEach(() => {
  Object.assign(supervisor, { available: true, refuses: undefined });
  supervisor.acts.length = 0;
});

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Headers;
}

const call = async <Body = Readonly<Record<string, unknown>>>(
  method: string,
  path: string,
  {
    token = admin,
    body,
    key,
  }: { readonly token?: string; readonly body?: unknown; readonly key?: string } = {},
): Promise<Answer<Body>> => {
  const response = await fetch(`${server.url}/admin${path}`, {
    method,
    headers: {
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
      ...(key === undefined ? {} : { "x-idempotency-key": key }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Body,
    headers: response.headers,
  };
};

const send = (entity: string, tag: string, payload: object, key: string) =>
  call("POST", `/entities/${entity}/commands`, { body: { tag, payload }, key });

const acts = () =>
  server.log.filter(({ message }) => message === "administrator's act").map(({ fields }) => fields);

describe("who is no administrator", () => {
  test.each([
    ["GET", "/cluster", undefined],
    ["POST", "/cluster/processes", undefined],
    ["POST", "/cluster/processes/p2-id/kill", undefined],
    ["GET", "/kinds", undefined],
    ["PUT", "/kinds/wallet/paused", { paused: true }],
    ["GET", "/entities?kind=wallet", undefined],
    ["GET", "/entities/wallet/ada", undefined],
    ["GET", "/entities/wallet/ada/journal", undefined],
    ["POST", "/entities/wallet/ada/commands", { tag: "GetWallet", payload: {} }],
  ])("is refused %s %s", async (method, path, body) => {
    const before = acts().length;
    const options = { ...(body === undefined ? {} : { body }), key: "k" };
    expect(await call(method, path, { ...options, token: "" })).toMatchObject({
      status: 401,
      body: { code: "unauthorized" },
    });
    expect(await call(method, path, { ...options, token: player })).toMatchObject({
      status: 403,
      body: { code: "forbidden" },
    });
    expect(acts()).toHaveLength(before);
    expect(supervisor.acts).toEqual([]);
    expect(cluster.pausedKinds()).toEqual([]);
  });
});

describe("the cluster", () => {
  test("is shown whole, with all that each process reports", async () => {
    const { body, status } = await call<ClusterBody>("GET", "/cluster");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      shards: { total: 300, held: 300 },
      paused_kinds: [],
      can_supervise: true,
    });
    expect(body.processes.map(({ is_self, name }) => [name, is_self])).toEqual([
      ["p1", true],
      ["p2", false],
    ]);
    expect(body.processes[1]).toEqual({
      process_id: "p2-id",
      name: "p2",
      pid: 102,
      runner: "127.0.0.1:812",
      link: "127.0.0.1:822",
      url: "http://p2.example:8080",
      release: "0.1.0",
      started_at: "2023-11-14T22:13:20.000Z",
      is_self: false,
      state: "up",
      at: "2023-11-14T22:14:20.000Z",
      shards: 150,
      kinds: [{ kind: "wallet", live: 3, depth: 1 }],
      appends: 1234,
      commit_depth: 2,
      commit_ms: { p50: 1.5, p99: 4.25 },
      letters_in_flight: 5,
      leases: 6,
      sockets: 7,
      loop_delay_ms: 0.5,
      memory_bytes: 90_000_000,
      singletons: ["alarms"],
      sometimes: { fencedAppend: 1 },
    });
  });

  test.each(["kill", "stop", "pause", "resume", "drain"] as const)(
    "%s is handed to the supervisor and logged",
    async (action) => {
      const { body, status } = await call("POST", `/cluster/processes/p2-id/${action}`);
      expect({ status, body }).toEqual({ status: 202, body: { action, process_id: "p2-id" } });
      expect(supervisor.acts).toEqual([[action, "p2-id"]]);
      expect(acts().at(-1)).toMatchObject({
        by: "admin",
        act: `${action}_process`,
        process_id: "p2-id",
        outcome: "done",
      });
    },
  );

  test("a process is added", async () => {
    const { body, status } = await call("POST", "/cluster/processes");
    expect({ status, body }).toEqual({ status: 202, body: { action: "add", process_id: null } });
    expect(supervisor.acts).toEqual([["add", undefined]]);
  });

  test("without a supervisor nothing of this is possible", async () => {
    supervisor.available = false;
    for (const path of ["/cluster/processes", "/cluster/processes/p2-id/kill"])
      expect(await call("POST", path)).toMatchObject({
        status: 409,
        body: { code: "not_supervised" },
      });
    expect((await call<ClusterBody>("GET", "/cluster")).body.can_supervise).toBe(false);
    expect(supervisor.acts).toEqual([]);
    expect(acts().at(-1)).toMatchObject({ act: "kill_process", outcome: "not_supervised" });
  });

  test("an unknown process is not found, an unknown action malformed, a refusal told", async () => {
    expect(await call("POST", "/cluster/processes/p9/kill")).toMatchObject({
      status: 404,
      body: { code: "not_found" },
    });
    expect((await call("POST", "/cluster/processes/p2-id/explode")).status).toBe(400);
    expect(supervisor.acts).toEqual([]);
    supervisor.refuses = "it has ended";
    expect(await call("POST", "/cluster/processes/p2-id/stop")).toMatchObject({
      status: 409,
      body: { code: "supervisor_refused", reason: "it has ended" },
    });
  });
});

describe("kinds", () => {
  test("are listed with the forms of their messages", async () => {
    const { body } = await call<KindsBody>("GET", "/kinds");
    expect(body.kinds.map(({ kind }) => kind)).toEqual([
      "wallet",
      "lobby",
      "favor",
      "raffle",
      "reservation",
      "hand_feed",
      "hand_player",
    ]);
    const [wallet] = body.kinds;
    expect(wallet?.queries).toEqual([
      { tag: "GetWallet", payload: { type: "object", required: [], properties: {} } },
    ]);
    const deposit = wallet?.commands.find(({ tag }) => tag === "Deposit")?.payload;
    expect(deposit?.required).toEqual(["amountMinor", "account", "ref"]);
    expect(Object.keys(deposit?.properties ?? {})).toEqual(["amountMinor", "account", "ref"]);
  });

  test("a paused kind answers nothing until it is resumed, and is shown as paused", async () => {
    await house.open("paul");
    const pause = (paused: unknown) => call("PUT", "/kinds/wallet/paused", { body: { paused } });
    expect(await pause(true)).toMatchObject({
      status: 200,
      body: { kind: "wallet", paused: true },
    });
    expect(acts().at(-1)).toMatchObject({ by: "admin", act: "pause_kind", kind: "wallet" });
    const { body } = await call<KindsBody>("GET", "/kinds");
    expect(body.kinds.map(({ kind, paused }) => [kind, paused])).toEqual([
      ["wallet", true],
      ["lobby", false],
      ["favor", false],
      ["raffle", false],
      ["reservation", false],
      ["hand_feed", false],
      ["hand_player", false],
    ]);
    expect((await call<ClusterBody>("GET", "/cluster")).body.paused_kinds).toEqual(["wallet"]);
    expect(await send("wallet/paul", "GetWallet", {}, "k")).toMatchObject({
      status: 503,
      body: { code: "unavailable" },
    });
    // What is written can be looked at all the same.
    expect((await call("GET", "/entities/wallet/paul")).status).toBe(200);
    expect((await pause(false)).body).toEqual({ kind: "wallet", paused: false });
    expect((await send("wallet/paul", "GetWallet", {}, "k")).status).toBe(200);
    expect((await pause("yes")).status).toBe(400);
  });

  test("an unknown kind can be neither paused nor looked at", async () => {
    const answers = [
      await call("PUT", "/kinds/dragon/paused", { body: { paused: true } }),
      await call("GET", "/entities?kind=dragon"),
      await call("GET", "/entities/dragon/smaug"),
      await call("GET", "/entities/dragon/smaug/journal"),
      await send("dragon/smaug", "Burn", {}, "k"),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, body: { code: "not_found", kind: "dragon" } });
    expect(cluster.pausedKinds()).toEqual([]);
  });
});

describe("an entity", () => {
  beforeAll(async () => {
    await house.open("ada");
    await house.hold("ada", "h-1", 250);
    await house.hold("ada", "h-2", GRANT);
    await house.release("ada", "h-1");
  });

  test("is shown at its newest version, and at any, with its owner", async () => {
    const newest = await call<EntityBody>("GET", "/entities/wallet/ada");
    expect(newest.status).toBe(200);
    expect(newest.body).toMatchObject({
      kind: "wallet",
      entity_id: "ada",
      version: 4,
      newest_version: 4,
      state: { opened: true, totalMinor: GRANT, lockedMinor: 0, holds: [] },
      broken: [],
      outstanding: false,
      owner: { process_id: "p1-id", name: "p1", is_self: true },
    });
    cluster.elsewhere = new Set(["ada"]);
    const held = await call<EntityBody>("GET", "/entities/wallet/ada?version=2");
    expect(held.body).toMatchObject({
      version: 2,
      newest_version: 4,
      state: { lockedMinor: 250, holds: [["h-1", { amountMinor: 250 }]] },
      owner: { process_id: "p2-id", name: "p2", is_self: false },
    });
    cluster.elsewhere = new Set();
  });

  test("has its journal, newest first, page by page", async () => {
    const page = (query: string) =>
      call<EntityJournalBody>("GET", `/entities/wallet/ada/journal${query}`);
    const all = (await page("")).body;
    expect(all.next_before).toBeNull();
    expect(all.entries.map(({ command, version }) => [version, command])).toEqual([
      [4, "Release"],
      [3, "Hold"],
      [2, "Hold"],
      [1, "Open"],
    ]);
    expect(all.entries[1]).toMatchObject({
      command_id: "hold:h-2",
      by: "ada",
      request_id: "r-h-2",
      reply: {
        ok: false,
        error: {
          tag: "InsufficientFunds",
          message: expect.stringContaining("available"),
          fields: { availableMinor: GRANT - 250, requiredMinor: GRANT },
        },
      },
      events: [],
    });
    expect(all.entries[2]).toMatchObject({
      reply: { ok: true, value: { amountMinor: 250 } },
      events: [{ _tag: "MoneyHeld", holdId: "h-1" }],
    });
    const first = (await page("?limit=3")).body;
    expect(first.entries).toEqual(all.entries.slice(0, 3));
    const rest = (await page(`?limit=3&before_version=${first.next_before}`)).body;
    expect([...first.entries, ...rest.entries]).toEqual(all.entries);
    expect(rest.next_before).toBeNull();
  });

  test("is in the list of its kind", async () => {
    expect((await call("GET", "/entities?kind=wallet&prefix=ad&limit=1")).body).toMatchObject({
      entities: [{ entity_id: "ada", version: 4 }],
    });
  });

  test("that is none, or a version that is none, is not found", async () => {
    for (const path of ["/entities/wallet/nobody", "/entities/wallet/nobody/journal"])
      expect(await call("GET", path)).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await call("GET", "/entities/wallet/ada?version=5")).toMatchObject({
      status: 404,
      body: { code: "not_found", newest_version: 4 },
    });
  });

  test.each([
    "/entities/wallet/ada?version=0",
    "/entities/wallet/ada?version=1.5",
    "/entities/wallet/ada?version=9007199254740993",
    "/entities/wallet/ada?version=9e99",
    "/entities/wallet/ada/journal?limit=0",
    "/entities/wallet/ada/journal?before_version=last",
    "/entities",
    "/entities?kind=wallet&limit=1000",
    "/entities?kind=wallet&prefix=%00",
    "/entities/wallet/%00",
    "/entities/wallet/%ff",
  ])("%s is malformed", async (path) => {
    expect(await call("GET", path)).toMatchObject({
      status: 400,
      body: { code: "validation_failed" },
    });
  });
});

describe("a command", () => {
  const DEPOSIT = { amountMinor: 500, account: "house:gift", ref: "sorry" };

  beforeAll(() => house.open("eve"));

  test("is carried out once, in the administrator's name, and logged", async () => {
    const sent = await send("wallet/eve", "Deposit", DEPOSIT, "gift-1");
    expect(sent).toMatchObject({
      status: 200,
      body: { ok: true, value: { totalMinor: GRANT + 500 }, replayed: false },
    });
    expect(acts().at(-1)).toMatchObject({
      by: "admin",
      act: "send_command",
      kind: "wallet",
      entity_id: "eve",
      outcome: "done",
    });
    const again = await send("wallet/eve", "Deposit", DEPOSIT, "gift-1");
    expect(again.body).toEqual({ ...sent.body, replayed: true });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    const journal = await call<EntityJournalBody>("GET", "/entities/wallet/eve/journal?limit=1");
    expect(journal.body.entries[0]).toMatchObject({
      version: 2,
      command: "Deposit",
      by: "admin",
      request_id: sent.headers.get("x-request-id"),
    });
    expect((await house.wallet("eve")).total).toBe(GRANT + 500);
  });

  test("with a used key and another content is refused", async () => {
    await send("wallet/eve", "Deposit", DEPOSIT, "gift-2");
    const more = { ...DEPOSIT, amountMinor: 501 };
    for (const [tag, payload] of [
      ["Deposit", more],
      ["Spend", DEPOSIT],
    ] as const)
      expect(await send("wallet/eve", tag, payload, "gift-2")).toMatchObject({
        status: 422,
        body: { code: "idempotency_key_reused" },
      });
  });

  test("that the entity rejects answers its rejection, and the same again", async () => {
    const spend = { amountMinor: 10 * GRANT, account: "house:fees", ref: "x" };
    const rejected = await send("wallet/eve", "Spend", spend, "spend-1");
    expect(rejected).toMatchObject({
      status: 200,
      body: {
        ok: false,
        replayed: false,
        error: { tag: "InsufficientFunds", fields: { requiredMinor: 10 * GRANT } },
      },
    });
    expect((await send("wallet/eve", "Spend", spend, "spend-1")).body).toEqual({
      ...rejected.body,
      replayed: true,
    });
  });

  test("can begin an entity that is not there yet", async () => {
    expect((await call("GET", "/entities/wallet/new")).status).toBe(404);
    expect((await send("wallet/new", "Open", { grantMinor: 7 }, "k")).body).toMatchObject({
      ok: true,
    });
    expect((await call("GET", "/entities/wallet/new")).body).toMatchObject({ version: 1 });
  });

  test("a query is answered and leaves nothing in any journal", async () => {
    const told = acts().length;
    const { body: before } = await call<EntityBody>("GET", "/entities/wallet/eve");
    for (let time = 0; time < 2; time++)
      expect(await send("wallet/eve", "GetWallet", {}, "q")).toMatchObject({
        status: 200,
        body: { ok: true, value: { openHolds: [] }, replayed: false },
      });
    expect(await send("lobby/nowhere", "GetLobby", {}, "q")).toMatchObject({
      status: 200,
      body: { ok: false, error: { tag: "LobbyNotFound", fields: { lobbyId: "nowhere" } } },
    });
    expect((await call("GET", "/entities/wallet/eve")).body).toEqual(before);
    expect(acts()).toHaveLength(told);
  });

  test("cannot choose another entity or its own command id", async () => {
    const body = { ...DEPOSIT, entityId: "ada", commandId: "gift-1" };
    expect((await send("wallet/eve", "Deposit", body, "own-1")).body).toMatchObject({ ok: true });
    const { body: journal } = await call<EntityJournalBody>(
      "GET",
      "/entities/wallet/eve/journal?limit=1",
    );
    expect(journal.entries[0]?.command_id).toMatch(/^admin:/);
  });

  test("with wrong fields is refused, each by its path, and nothing happens", async () => {
    const { body: before } = await call<EntityBody>("GET", "/entities/wallet/eve");
    const refused = await send("wallet/eve", "Deposit", { amountMinor: -1, account: "X" }, "bad");
    expect(refused).toMatchObject({ status: 400, body: { code: "validation_failed" } });
    const { errors } = refused.body as { errors: ReadonlyArray<{ readonly path: string }> };
    expect(errors.map(({ path }) => path)).toEqual([
      "payload.amountMinor",
      "payload.account",
      "payload.ref",
    ]);
    expect((await call("GET", "/entities/wallet/eve")).body).toEqual(before);
  });

  test("needs a tag of the contract, a payload and a key", async () => {
    expect(await send("wallet/eve", "Steal", {}, "k")).toMatchObject({
      status: 404,
      body: { code: "not_found", tag: "Steal" },
    });
    const path = "/entities/wallet/eve/commands";
    for (const body of [
      { tag: "GetWallet" },
      { payload: {} },
      { tag: "GetWallet", payload: [] },
      7,
    ])
      expect((await call("POST", path, { body, key: "k" })).status).toBe(400);
    const keyless = await call("POST", path, { body: { tag: "GetWallet", payload: {} } });
    expect(keyless.status).toBe(400);
  });
});

describe("a joiner is sent to the gateway beside its wallet", () => {
  const wsUrl = async () => {
    const response = await fetch(`${server.url}/auth/join`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ display_name: "Ada" }),
    });
    return ((await response.json()) as { readonly ws_url: string }).ws_url;
  };

  test.each([
    ["http://p2.example:8080", "ws://p2.example:8080/ws"],
    ["https://p2.example", "wss://p2.example/ws"],
    ["https://p2.example/croupier/", "wss://p2.example/croupier/ws"],
  ])("at %s by %s", async (url, expected) => {
    cluster.elsewhere = undefined;
    cluster.other = { ...info("p2"), url };
    expect(await wsUrl()).toBe(expected);
  });

  test("but stays where that is here, or where it is is not up", async () => {
    const here = `ws://127.0.0.1:${server.gateway.port}/ws`;
    cluster.elsewhere = new Set();
    expect(await wsUrl()).toBe(here);
    cluster.elsewhere = undefined;
    cluster.otherState = "draining";
    expect(await wsUrl()).toBe(here);
    cluster.otherState = "silent";
    expect(await wsUrl()).toBe(here);
    cluster.otherState = "up";
    cluster.elsewhere = new Set();
  });
});

test("a gateway without cluster and inspector has nothing to show", async () => {
  const bare = await startGateway();
  const { token } = await bare.player({ roles: ["admin"] });
  for (const path of ["/admin/cluster", "/admin/kinds", "/admin/entities/wallet/ada"]) {
    const response = await fetch(bare.url + path, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(404);
  }
  await bare.close();
});
