/**
 * The gateway owns the port: REST, WebSocket, console, documentation, health and metrics. It knows the game by the
 * `Game` port alone.
 *
 * REST comes from the contract in `rpc/http`, compiled onto uWebSockets (`Routes.ts`); sockets from `socket/`; everything
 * else from `Fallback.ts`.
 */
import { performance } from "node:perf_hooks";
import type { Pool } from "pg";
import uWS, { type TemplatedApp, type us_listen_socket } from "uWebSockets.js";
import { CroupierApi } from "../../rpc/http/api.ts";
import { Cancelled } from "../../rpc/http/equity.ts";
import { WebhookForged } from "../../rpc/http/payment.ts";
import type { BeaconChain } from "../../rpc/raffle.ts";
import { type Clock, type Entropy, systemClock, systemEntropy } from "../actor/Clock.ts";
import type { Cluster } from "../cluster/Cluster.ts";
import type { Metrics } from "../ops/Metrics.ts";
import { type Supervision, UNSUPERVISED } from "../ops/SupervisorClient.ts";
import { Accounts } from "./Accounts.ts";
import { AdminActs } from "./AdminActs.ts";
import { ensureAdmin } from "./Admin.ts";
import { Calculations } from "./Calculations.ts";
import { makeCors } from "./Cors.ts";
import { makeDocsPages } from "./DocsPages.ts";
import { serveFallback } from "./Fallback.ts";
import type { Game } from "./Game.ts";
import type { GatewayLog } from "./GatewayLog.ts";
import type { GatewaySettings } from "./GatewaySettings.ts";
import { actHandlers } from "./handlers/acts.ts";
import { adminHandlers } from "./handlers/admin.ts";
import { analyticsHandlers } from "./handlers/analytics.ts";
import { authHandlers } from "./handlers/auth.ts";
import { betHandlers } from "./handlers/bet.ts";
import { configHandlers } from "./handlers/config.ts";
import { equityHandlers } from "./handlers/equity.ts";
import { favorHandlers } from "./handlers/favor.ts";
import { handHandlers } from "./handlers/hands.ts";
import { handStatsHandlers } from "./handlers/handStats.ts";
import { lobbyHandlers } from "./handlers/lobby.ts";
import { opsHandlers } from "./handlers/ops.ts";
import { paymentHandlers } from "./handlers/payments.ts";
import { playerHandlers } from "./handlers/players.ts";
import { powerHandlers } from "./handlers/power.ts";
import { pushHandlers } from "./handlers/push.ts";
import { queryHandlers } from "./handlers/query.ts";
import { raceHandlers } from "./handlers/race.ts";
import { raffleHandlers } from "./handlers/raffles.ts";
import { reservationHandlers } from "./handlers/reservations.ts";
import { unclaimedHandlers } from "./handlers/unclaimed.ts";
import { walletHandlers } from "./handlers/wallet.ts";
import { type HealthPart, makeHealth } from "./Health.ts";
import { IMPORT_ROUTE, serveImport } from "./ImportRoute.ts";
import { InFlight } from "./InFlight.ts";
import type { Inspector } from "./Inspector.ts";
import { Passwords } from "./Passwords.ts";
import type { PaymentDesk } from "./PaymentDesk.ts";
import { problemsOf } from "./Problems.ts";
import type { PokerDesks } from "./PokerDesks.ts";
import type { PushDesk } from "./PushDesk.ts";
import { RaffleSight } from "./RaffleSight.ts";
import { reportWatchers } from "./RaffleWatchers.ts";
import { RateLimiter } from "./RateLimiter.ts";
import { Revocations } from "./Revocations.ts";
import { compile, type Handlers, serve } from "./Routes.ts";
import { type RpcHandler, serveRpc } from "./RpcRoute.ts";
import type { Services } from "./Services.ts";
import { serveSockets } from "./socket/Sockets.ts";
import { startOnDatabase } from "./startOnDatabase.ts";
import { readStaticFiles } from "./StaticFiles.ts";
import { Tokens } from "./Tokens.ts";
import { makeClientKey } from "./TrustedProxies.ts";
import { serveWebhooks } from "./WebhookRoute.ts";

export interface GatewayOptions {
  readonly game: Game;
  readonly payments: PaymentDesk;
  readonly push: PushDesk;
  readonly poker: PokerDesks;
  /** The source of public chance that new raffles draw with; without one, the server's seed and the tickets alone. */
  readonly beacon?: BeaconChain | undefined;
  readonly settings: GatewaySettings;
  readonly metrics: Metrics;
  /** The database of the accounts, migrated. */
  readonly pool: Pool;
  readonly log: GatewayLog;
  /** What must work for this process to serve. */
  readonly health: ReadonlyArray<HealthPart>;
  /** The console's build; without one a page says how to make it. */
  readonly webDir?: string;
  /** Serves `POST /rpc`; without one there is no such path. */
  readonly rpc?: RpcHandler;
  /** The cluster that this process is in; without one, nobody is told of other gateways or processes. */
  readonly cluster?: Cluster;
  /** Looks into entities for the administrator; without one, these calls are not found. */
  readonly inspector?: Inspector;
  /** Starts and stops processes for the administrator, in development; without one, it is refused. */
  readonly supervision?: Supervision;
  readonly clock?: Clock;
  readonly entropy?: Entropy;
}

export interface Gateway {
  /** The port it listens on; the settings' own unless that was 0. */
  readonly port: number;
  /** Open WebSockets. */
  readonly sockets: () => number;
  /** Those of them that watch one raffle, by raffle. */
  readonly raffleWatchers: () => ReadonlyMap<string, number>;
  /** From now on not ready: a load balancer sends no more requests here. */
  readonly drain: () => void;
  /**
   * Stops: accepts nothing new, answers what is under way for at most `withinMs` (default 10,000), closes the sockets with
   * 1012 and lets go of the port.
   */
  readonly close: (withinMs?: number) => Promise<void>;
}

const DEFAULT_CLOSE_MS = 10_000;

/** How long a closed socket's client has to take its close frame before the connection is cut. */
const CLOSE_FRAME_GRACE_MS = 250;
/** How long what was cut off has for its end: a batch or two of an import. */
const CUT_OFF_GRACE_MS = 1000;

/** Who has forgotten which of a few passwords it was is let try them all; who guesses gets 17,000 a day from an address. */
const GUESSES_AT_ONCE = 20;
const GUESSES_PER_SECOND = 0.2;

const REQUEST_ID_BYTES = 6;
const DECOY_PASSWORD_BYTES = 16;

/** Rejects when the port is taken or the database of the accounts is away. */
export const makeGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { game, settings, metrics, log, clock = systemClock, entropy = systemEntropy } = options;
  const accounts = new Accounts(options.pool);
  const revocations = new Revocations({ pool: options.pool, clock, log });
  const passwords = new Passwords(entropy.hex(DECOY_PASSWORD_BYTES));
  await startOnDatabase(clock, () =>
    ensureAdmin(accounts, passwords, revocations, settings.adminPassword),
  );
  const files = options.webDir === undefined ? undefined : await readStaticFiles(options.webDir);

  await startOnDatabase(clock, () => revocations.start());
  const elapsed = () => performance.now();
  const inFlight = new InFlight();
  let draining = false;
  let port = settings.port;

  const prefix = entropy.hex(REQUEST_ID_BYTES);
  let requests = 0;
  const shared = {
    problems: problemsOf(CroupierApi, [WebhookForged, Cancelled]),
    cors: makeCors(settings.corsOrigins),
    metrics,
    log,
    clock,
    entropy,
    tokens: new Tokens({
      secret: settings.jwtSecret,
      now: clock.now,
      isRevoked: (claims) => revocations.covers(claims),
    }),
    clientKey: makeClientKey(settings.trustedProxies),
    addressLimit: new RateLimiter({ perSecond: settings.rateLimitPerSecond, now: elapsed }),
    playerLimit: new RateLimiter({ perSecond: settings.rateLimitPerSecond, now: elapsed }),
    newRequestId: () => `${prefix}-${(requests++).toString(36)}`,
    began: () => inFlight.began(),
    ended: () => inFlight.ended(),
    isDraining: () => draining,
  };
  const app = uWS.App();
  const raffleSight = new RaffleSight(game.ask);
  const { poker } = options;
  const calculations = new Calculations({ ...shared, desk: poker.equity, elapsed });
  const sockets = serveSockets(app, { ...shared, game, calculations, raffleSight });
  revocations.onNews(() => sockets.closeRevoked());
  const services: Services = {
    ...shared,
    now: clock.now,
    game,
    payments: options.payments,
    push: options.push,
    poker,
    calculations,
    beacon: options.beacon,
    raffleSight,
    raffleWatchers: sockets.raffleWatchers,
    socketStats: sockets.stats,
    cluster: options.cluster,
    inspector: options.inspector,
    supervision: options.supervision ?? UNSUPERVISED,
    accounts,
    revocations,
    guessLimit: new RateLimiter({
      perSecond: settings.rateLimitPerSecond === 0 ? 0 : GUESSES_PER_SECOND,
      burst: GUESSES_AT_ONCE,
      now: elapsed,
    }),
    acts: new AdminActs(options.pool, log),
    passwords,
    settings,
    health: makeHealth(options.health, elapsed, (part, cause) =>
      log.warn("health check failed", { part, cause }),
    ),
    ownHost: () => `${settings.host}:${port}`,
  };
  const handlers: Handlers<typeof CroupierApi> = {
    auth: authHandlers(services),
    wallet: walletHandlers(services),
    lobbies: lobbyHandlers(services),
    bets: betHandlers(services),
    powers: powerHandlers(services),
    races: raceHandlers(services),
    favors: favorHandlers(services),
    raffles: raffleHandlers(services),
    reservations: reservationHandlers(services),
    payments: paymentHandlers(services),
    push: pushHandlers(services),
    hands: handHandlers(services),
    handStats: handStatsHandlers(services),
    equity: equityHandlers(services),
    analytics: analyticsHandlers(services),
    query: queryHandlers(services),
    config: configHandlers(services),
    admin: adminHandlers(services),
    players: playerHandlers(services),
    acts: actHandlers(services),
    unclaimed: unclaimedHandlers(services),
    ops: opsHandlers(services),
  };

  const routes = compile(CroupierApi);
  serve<typeof CroupierApi>(app, routes, handlers, shared);
  if (options.rpc !== undefined) serveRpc(app, options.rpc, shared);
  serveWebhooks(app, { ...shared, game, payments: options.payments });
  serveImport(app, { ...shared, hands: poker.hands });
  serveFallback(app, [...routes, IMPORT_ROUTE], { ...shared, docs: makeDocsPages(), files });
  metrics.observe("sockets", () => {
    const watching = reportWatchers(sockets.raffleWatchers()).total;
    const trackers = sockets.trackers();
    return [
      ["player", sockets.count() - watching - trackers],
      ["raffle", watching],
      ["poker", trackers],
    ];
  });

  const listening = await listen(app, settings).catch((cause: unknown) => {
    revocations.close();
    sockets.close();
    app.close();
    throw cause;
  });
  port = uWS.us_socket_local_port(listening);
  let closing: Promise<void> | undefined;
  const close = async (withinMs: number) => {
    draining = true;
    uWS.us_listen_socket_close(listening);
    calculations.stop();
    const left = await inFlight.settled(withinMs);
    if (left > 0)
      log.warn("the stop does not wait any longer for what is under way", { requests: left });
    // What ended last is answered in this turn of the event loop, and written at its end.
    await new Promise((resolve) => setImmediate(resolve));
    const open = sockets.count();
    revocations.close();
    sockets.close();
    if (open > 0)
      await new Promise<void>((resolve) => {
        clock.after(CLOSE_FRAME_GRACE_MS, resolve);
      });
    app.close();
    // An import that was cut off now stores what it has read.
    await inFlight.settled(CUT_OFF_GRACE_MS);
  };
  return {
    port,
    sockets: sockets.count,
    raffleWatchers: sockets.raffleWatchers,
    drain: () => {
      draining = true;
    },
    close: (withinMs = DEFAULT_CLOSE_MS) => (closing ??= close(withinMs)),
  };
};

/**
 * Without this option a second process would share the port, and each would get half of the connections. The library
 * takes options behind a host too, and exports this one as a number, though its types say neither.
 */
const EXCLUSIVE_PORT = 1;
interface ListensExclusively {
  listen(
    host: string,
    port: number,
    options: number,
    done: (socket: us_listen_socket | false) => void,
  ): unknown;
}

const listen = (
  app: TemplatedApp,
  { host, port }: Pick<GatewaySettings, "host" | "port">,
): Promise<us_listen_socket> =>
  new Promise((resolve, reject) => {
    (app as unknown as ListensExclusively).listen(host, port, EXCLUSIVE_PORT, (socket) => {
      if (socket === false)
        reject(
          new Error(`Cannot listen on ${host}:${port}: is the port taken? PORT sets another.`),
        );
      else resolve(socket);
    });
  });
