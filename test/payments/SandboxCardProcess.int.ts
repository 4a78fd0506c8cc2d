/** The sandbox card server as a process of its own: it comes back when it dies, and is one for all on a machine. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../src/actor/Clock.ts";
import { SandboxCardProcess } from "../../src/payments/SandboxCardProcess.ts";
import { SandboxCardProvider } from "../../src/payments/SandboxCardProvider.ts";
import { freePort } from "../support/server.ts";
import { eventually } from "./support/eventually.ts";
import { SECRET } from "./support/House.ts";
import { orderOf, placed } from "./support/orders.ts";

/** A start compiles the program on the way, and some tests have three of them. */
const TIMEOUT_MS = 90_000;

describe("the sandbox card process", { timeout: TIMEOUT_MS }, () => {
  let folder: string;
  let port: number;
  let running: Array<SandboxCardProcess>;
  let log: Array<string>;
  let stranger: Server | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sandbox-card-"));
    port = await freePort();
    running = [];
    log = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((one) => one.stop()));
    stranger?.close();
    stranger = undefined;
    await rm(folder, { recursive: true });
  });

  const start = (secret = SECRET) => {
    const one = new SandboxCardProcess({
      port,
      secrets: [secret],
      file: join(folder, "payments.jsonl"),
      webhookOrigins: [],
      clock: systemClock,
      log: (message) => void log.push(message),
    });
    running.push(one);
    one.start();
    return one;
  };
  const providerOf = (one: SandboxCardProcess) =>
    new SandboxCardProvider({
      url: () => one.url,
      secrets: [SECRET],
      webhookUrl: () => "http://127.0.0.1:1/",
    });
  const kill = (one: SandboxCardProcess) => {
    if (one.pid === undefined) throw new Error("there is no process to kill");
    process.kill(one.pid, "SIGKILL");
  };

  it("comes back after kill -9, with its payments", async () => {
    const one = start();
    const provider = providerOf(one);
    await expect(provider.create(orderOf("p_1"))).rejects.toMatchObject({ retryable: true });
    expect(await one.ready()).toBe(`http://127.0.0.1:${port}`);
    const order = orderOf("p_1");
    const payment = placed(order, await provider.create(order));
    const before = one.pid;
    kill(one);
    await eventually("its end", () => (one.url === undefined ? true : undefined));
    await one.ready();
    expect(one.pid).not.toBe(before);
    expect(await provider.get(payment)).toMatchObject({ ref: payment.ref, status: "pending" });
    expect(log).toEqual(["the sandbox card server has ended and is started again"]);
  });

  it("is shared by the processes of one machine, and outlives the one that had it", async () => {
    const one = start();
    await one.ready();
    const other = start();
    expect(await other.ready()).toBe(one.url);
    expect(other.pid).toBeUndefined();
    const order = orderOf("p_1");
    const payment = placed(order, await providerOf(one).create(order));
    expect(await providerOf(other).get(payment)).toMatchObject({ status: "pending" });
    await one.stop();
    await eventually("the other's own", () => other.pid);
    await other.ready();
    expect(await providerOf(other).get(payment)).toMatchObject({ status: "pending" });
  });

  it.each([
    ["another secret's", () => start("another-secret-of-a-test").ready()],
    [
      "a stranger's",
      async () => {
        const server = createServer((_, response) => void response.writeHead(404).end());
        stranger = server;
        await new Promise<void>((resolve) => void server.listen(port, "127.0.0.1", resolve));
      },
    ],
  ])("does not take %s server for its own", async (_, occupy) => {
    await occupy();
    const one = start();
    await eventually("the warning", () => log[0]);
    expect(log[0]).toBe("the sandbox card server's port is taken by something else");
    expect(one.url).toBeUndefined();
  });

  it("ends with the process that started it, however that ends", async () => {
    const program = fileURLToPath(new URL("../../src/sandbox-card/main.ts", import.meta.url));
    const fork = `require("node:child_process").fork(${JSON.stringify(program)}, { execArgv: ["--import", "tsx"] })`;
    const parent = spawn(
      process.execPath,
      ["-e", `${fork}.on("message", () => console.log("up"))`],
      {
        stdio: ["ignore", "pipe", "ignore"],
        env: {
          PATH: process.env["PATH"],
          SANDBOX_CARD_PORT: String(port),
          SANDBOX_CARD_FILE: join(folder, "payments.jsonl"),
        },
      },
    );
    await once(parent.stdout, "data");
    const isUp = () =>
      fetch(`http://127.0.0.1:${port}/v1/health`).then(
        () => true,
        () => false,
      );
    await eventually("its start", async () => ((await isUp()) ? true : undefined));
    parent.kill("SIGKILL");
    await eventually("its end", async () => ((await isUp()) ? undefined : true));
  });

  it("ends when it is stopped", async () => {
    const one = start();
    const url = await one.ready();
    await one.stop();
    expect(one.url).toBeUndefined();
    await expect(fetch(`${url}/v1/health`)).rejects.toThrow();
    expect(log).toEqual([]);
  });
});
