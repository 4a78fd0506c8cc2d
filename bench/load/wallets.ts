/**
 * Wallets on the real runtime and the real journal, in a process of their own: without gateway and network, since what is
 * measured is how an entity comes to life (the cluster starts it, the journal is read, the events are folded) and what it
 * weighs.
 */
import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Layer, ManagedRuntime } from "effect";
import { Account, CommandId, HoldId, PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { ActorSystem } from "../../src/actor/ActorSystem.ts";
import { Settings } from "../../src/ops/Config.ts";
import { Database } from "../../src/ops/Database.ts";
import { loggingLayer } from "../../src/ops/Logging.ts";
import { MetricsService } from "../../src/ops/Metrics.ts";
import { Runner, layerRunner } from "../../src/runner.ts";
import { Histogram } from "../support/Histogram.ts";
import { serveWorker } from "../support/Worker.ts";

export type WalletsRequest =
  /** Makes wallets 0 to `wallets` - 1 with `events` events each. */
  | {
      readonly type: "fill";
      readonly url: string;
      readonly wallets: number;
      readonly events: number;
    }
  /** Wakes wallets, the first half one after another, the others all at once; those of `fill`, or these players'. */
  | {
      readonly type: "activate";
      readonly url: string;
      readonly wallets: number;
      readonly players?: ReadonlyArray<string>;
    };

export interface WalletsReport {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Activations a second when many are asked for at once. */
  readonly perSecondAtOnce: number;
  /** Heap that an active wallet holds. */
  readonly bytesEach: number;
}

/** Wallets filled at once, so that their commands share commits. */
const FILLING = 500;
/** Any ports that are free, and a log with nothing but what went wrong. */
const SETTINGS = { LOG_LEVEL: "warning", RUNNER_PORT: "0", LINK_PORT: "0" };
const AMOUNT = minor(100);
const GRANT = minor(1_000_000);
const NO_FEE = minor(0);
const HOUSE = Account.make("house:fees");
const OWNER = { kind: "lobby", entityId: "bench" };
/** Wallets woken before the measurement, so that neither the compiler nor the first connection is measured. */
const WARM_UP = 50;

const playerOf = (index: number) => PlayerId.make(`bench-${index}`);

/** A process of one, as `src/main.ts` runs it, without its gateway. */
const open = async (url: string) => {
  Object.assign(process.env, SETTINGS, { DATABASE_URL: url });
  const runtime = ManagedRuntime.make(
    layerRunner.pipe(
      Layer.provide(Database.layer),
      Layer.provide(MetricsService.layer),
      Layer.provide(loggingLayer),
      Layer.provide(Settings.layer),
    ),
  );
  const { system } = await runtime.runPromise(Runner);
  return { system, close: () => runtime.dispose() };
};

/** One event: the first opens the wallet, the others lock and free a stake by turns. */
const say = (system: ActorSystem, index: number, event: number) => {
  const addressed = { entityId: playerOf(index), commandId: CommandId.make(randomUUID()) };
  if (event === 0) return system.ask(Wallet, "Open", { ...addressed, grantMinor: GRANT });
  const holdId = HoldId.make(`hold-${Math.ceil(event / 2)}`);
  if (event % 2 === 0)
    return system.ask(Wallet, "Release", {
      ...addressed,
      holdId,
      feeMinor: NO_FEE,
      feeAccount: HOUSE,
    });
  const hold = { holdId, amountMinor: AMOUNT, purpose: "bet", ref: "race", owner: OWNER };
  return system.ask(Wallet, "Hold", { ...addressed, ...hold });
};

const fill = async ({ url, wallets, events }: WalletsRequest & { readonly type: "fill" }) => {
  const { system, close } = await open(url);
  const fillOne = async (index: number) => {
    for (let event = 0; event < events; event += 1) {
      const outcome = await say(system, index, event);
      if (!outcome.ok) throw outcome.error;
    }
  };
  for (let from = 0; from < wallets; from += FILLING)
    await Promise.all(
      Array.from({ length: Math.min(FILLING, wallets - from) }, (_, i) => fillOne(from + i)),
    );
  await close();
};

const collectGarbage = () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
};

const activate = async ({
  players,
  url,
  wallets,
}: WalletsRequest & { readonly type: "activate" }) => {
  const { system, close } = await open(url);
  const idOf = (index: number) =>
    players === undefined ? playerOf(index) : PlayerId.make(players[index]!);
  const wake = async (index: number) => {
    const outcome = await system.ask(Wallet, "GetWallet", { entityId: idOf(index) });
    if (!outcome.ok) throw outcome.error;
  };
  for (let index = 0; index < WARM_UP; index += 1) await wake(index);
  collectGarbage();
  const heapBefore = process.memoryUsage().heapUsed;

  const latency = new Histogram();
  const half = Math.floor((WARM_UP + wallets) / 2);
  for (let index = WARM_UP; index < half; index += 1) {
    const startedAt = performance.now();
    await wake(index);
    latency.record(performance.now() - startedAt);
  }
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: wallets - half }, (_, i) => wake(half + i)));
  const elapsedMs = performance.now() - startedAt;
  collectGarbage();
  const bytesEach = (process.memoryUsage().heapUsed - heapBefore) / (wallets - WARM_UP);
  await close();
  return {
    p50Ms: latency.quantileMs(0.5),
    p99Ms: latency.quantileMs(0.99),
    perSecondAtOnce: (wallets - half) / (elapsedMs / 1000),
    bytesEach,
  };
};

serveWorker<WalletsRequest, WalletsReport | undefined>(async (request) => {
  if (request.type === "activate") return activate(request);
  await fill(request);
  return undefined;
});
