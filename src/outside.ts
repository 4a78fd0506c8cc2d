/** What a process of ours reaches outside the house, and what reaches it: payment providers and push services. */
import { Cause, Effect } from "effect";
import type { Ask } from "./actor/Ask.ts";
import { systemClock } from "./actor/Clock.ts";
import { closing } from "./ops/Closing.ts";
import { Settings, type SettingsValues } from "./ops/Config.ts";
import { Database } from "./ops/Database.ts";
import { makeLogs } from "./ops/Logging.ts";
import { MetricsService } from "./ops/Metrics.ts";
import { ProviderDesk } from "./payments/ProviderDesk.ts";
import { PushDesk } from "./push/PushDesk.ts";
import { PushSender } from "./push/PushSender.ts";
import { PushServices } from "./push/PushServices.ts";
import { configuredKeys, VapidKeys } from "./push/VapidKeys.ts";

/** The sandbox's process is killed when it has not gone after 5 s. */
const CLOSE_MS = 7000;

export const isEveryNetwork = (host: string) => host === "0.0.0.0" || host === "::";

/** Where this process's gateway is, for programs on this machine or wherever PUBLIC_URL reaches. */
const ownUrl = ({ host, publicUrl }: SettingsValues, port: number) =>
  publicUrl?.replace(/\/$/, "") ?? `http://${isEveryNetwork(host) ? "127.0.0.1" : host}:${port}`;

/** Its wallet asks `ask`, and webhooks come to `port`: both are asked for when they are needed. */
export const makePaymentDesk = Effect.fn("Runner.makePaymentDesk")(function* (options: {
  readonly ask: () => Ask;
  readonly port: () => number;
}) {
  const settings = yield* Settings;
  const { pool } = yield* Database;
  const metrics = yield* MetricsService;
  const logs = yield* makeLogs;
  const circuits = new Map<string, number>();
  metrics.observe("provider_circuit", () => circuits);
  return yield* Effect.acquireRelease(
    Effect.promise(async () => {
      const desk = new ProviderDesk({
        settings,
        pool,
        ask: options.ask,
        webhookUrl: (name) =>
          `${ownUrl(settings, options.port())}/api/v1/payments/webhooks/${name}`,
        clock: systemClock,
        log: logs.warn,
        metrics: {
          called: (provider, _call, outcome) => metrics.providerCall(provider, outcome),
          circuit: (provider, state) => circuits.set(provider, CIRCUIT_GAUGE[state]),
        },
      });
      await desk.start();
      for (const { circuit, configured, name } of await desk.list())
        if (configured) circuits.set(name, CIRCUIT_GAUGE[circuit]);
      return desk;
    }),
    (opened) => closing("the payment providers", CLOSE_MS, () => opened.close()),
  );
});

const CIRCUIT_GAUGE = { closed: 0, half_open: 1, open: 2 } as const;

/** Who gets notices, and what sends them. */
export const makePush = Effect.gen(function* () {
  const { pushContact, pushServices, vapidPrivateKey, vapidPublicKey } = yield* Settings;
  const { pool } = yield* Database;
  const metrics = yield* MetricsService;
  const { warn } = yield* makeLogs;
  const { now } = systemClock;
  const configured = yield* Effect.try({
    try: () => configuredKeys({ publicKey: vapidPublicKey, privateKey: vapidPrivateKey }),
    catch: (cause) => new Cause.UnknownException(cause, (cause as Error).message),
  });
  const keys = new VapidKeys(pool, configured);
  const services = new PushServices(pushServices);
  const sender = new PushSender({
    pool,
    keys,
    services,
    contact: pushContact,
    now,
    log: warn,
    onOutcome: (outcome) => metrics.pushed(outcome),
  });
  return { desk: new PushDesk({ pool, keys, services, now }), sender };
});
