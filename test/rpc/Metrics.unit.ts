/** What Prometheus is told of services' calls. */
import { Effect } from "effect";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ServiceClient } from "../../rpc/client/service-client.ts";
import { CommandId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { makeMetrics, type Metrics } from "../../src/ops/Metrics.ts";
import { CallsInFlight } from "../../src/rpc/CallsInFlight.ts";
import { signal } from "../support/Signal.ts";
import { overTcp, serveInMemory, TOKEN } from "./support/ServiceUnderTest.ts";

let metrics: Metrics;
let server: Awaited<ReturnType<typeof serveInMemory>>;
let statement: NonNullable<Parameters<typeof serveInMemory>[0]>;
beforeEach(async () => {
  statement = async () => [];
  metrics = makeMetrics();
  server = await serveInMemory((...page) => statement(...page), undefined, metrics);
});
afterEach(async () => {
  await server.stop();
  await metrics.close();
});

const told = async (line: string) =>
  Number(
    (await metrics.prometheusText())
      .split("\n")
      .find((one) => one.startsWith(`${line} `))
      ?.split(" ")
      .at(-1),
  );
const calls = (method: string, outcome: string) =>
  told(`croupier_rpc_calls_total{method="${method}",outcome="${outcome}"}`);
const open = { entityId: "ada", commandId: CommandId.make("open"), grantMinor: minor(1000) };

it("counts calls by method and outcome, and how long each took", async () => {
  await overTcp(server)(
    Effect.gen(function* () {
      const { Wallet } = yield* ServiceClient;
      yield* Wallet.Open(open);
      yield* Wallet.GetWallet({ entityId: "ada" });
      yield* Wallet.GetWallet({ entityId: "ada" });
      yield* Effect.flip(Wallet.GetWallet({ entityId: "nobody" }));
    }),
  );
  expect(await calls("Wallet.Open", "done")).toBe(1);
  expect(await calls("Wallet.GetWallet", "done")).toBe(2);
  expect(await calls("Wallet.GetWallet", "not_found")).toBe(1);
  expect(await told('croupier_rpc_duration_seconds_count{method="Wallet.GetWallet"}')).toBe(3);
});

it("counts callers without the token, and none of their time", async () => {
  const call = Effect.flatMap(ServiceClient, ({ Wallet }) =>
    Effect.flip(Wallet.GetWallet({ entityId: "ada" })),
  );
  await overTcp(server, "a wrong token")(call);
  expect(await calls("Wallet.GetWallet", "unauthorized")).toBe(1);
  expect(await metrics.prometheusText()).not.toContain("croupier_rpc_duration_seconds_count");
});

it("counts what dies, and what is under way and who is connected while it is", async () => {
  const asked = signal("the statement is asked for");
  const answer = signal("the statement may be answered");
  statement = async () => {
    asked.fire();
    await answer.fired();
    throw new Error("a fault of ours");
  };
  const call = Effect.flatMap(ServiceClient, ({ Wallet }) =>
    Wallet.Statement({ entityId: "ada", limit: 1 }),
  );
  const running = overTcp(server)(Effect.exit(call));
  await asked.fired();
  expect(await told('croupier_rpc_in_flight{way="tcp"}')).toBe(1);
  expect(await told('croupier_rpc_in_flight{way="http"}')).toBe(0);
  expect(await told('croupier_rpc_connections{way="tcp"}')).toBe(1);
  answer.fire();
  await running;
  expect(await calls("Wallet.Statement", "died")).toBe(1);
  expect(await told('croupier_rpc_in_flight{way="tcp"}')).toBe(0);
});

it("counts bytes both ways, over TCP and over HTTP", async () => {
  const message = {
    _tag: "Request",
    id: "1",
    tag: "Wallet.GetWallet",
    payload: { entityId: "ada" },
    headers: [["authorization", `Bearer ${TOKEN}`]],
  };
  const body = JSON.stringify(message);
  const answer = await server.webHandler(new Request("http://x/rpc", { method: "POST", body }));
  expect(await told('croupier_rpc_bytes_total{way="http",direction="in"}')).toBe(body.length);
  expect(await told('croupier_rpc_bytes_total{way="http",direction="out"}')).toBe(
    (await answer.arrayBuffer()).byteLength,
  );
  await overTcp(server)(
    Effect.flatMap(ServiceClient, ({ Wallet }) =>
      Effect.exit(Wallet.GetWallet({ entityId: "ada" })),
    ),
  );
  expect(await told('croupier_rpc_bytes_total{way="tcp",direction="in"}')).toBeGreaterThan(100);
  expect(await told('croupier_rpc_bytes_total{way="tcp",direction="out"}')).toBeGreaterThan(20);
});

it("calls that are told to come back say why", async () => {
  const refused: Array<string> = [];
  const inFlight = new CallsInFlight(1, (why) => refused.push(why));
  const begun = signal("the first call has begun");
  const mayEnd = signal("it may end");
  const first = Effect.promise(async () => {
    begun.fire();
    await mayEnd.fired();
  });
  const running = Effect.runPromise(inFlight.run(first));
  await begun.fired();
  await Effect.runPromise(Effect.flip(inFlight.run(Effect.void)));
  const drained = inFlight.drain();
  await Effect.runPromise(Effect.flip(inFlight.run(Effect.void)));
  expect(refused).toEqual(["busy", "stopping"]);
  mayEnd.fire();
  await Promise.all([running, drained]);
  expect(inFlight.count).toBe(0);
});
