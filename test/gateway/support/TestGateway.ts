/** A gateway on a free port of the loopback before a `FakeGame` or the game it is given, with accounts in PostgreSQL or, by default, in memory. */
import type { Pool } from "pg";
import { readSettings } from "../../../src/ops/Config.ts";
import { makeMetrics } from "../../../src/ops/Metrics.ts";
import type { GatewayLog } from "../../../src/gateway/GatewayLog.ts";
import { type Gateway, type GatewayOptions, makeGateway } from "../../../src/gateway/Gateway.ts";
import { Either } from "effect";
import { FakeGame, LOBBY_ID } from "./FakeGame.ts";
import { FakePayments, noPush } from "./FakePayments.ts";
import { FakePoker } from "./FakePoker.ts";
import { Tokens } from "../../../src/gateway/Tokens.ts";
import type { Role } from "../../../rpc/http/security.ts";

export interface LogLine {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>> | undefined;
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly fake: FakeGame;
  readonly payments: FakePayments;
  readonly poker: FakePoker;
  /** What Prometheus would read. */
  readonly metrics: () => Promise<string>;
  readonly log: ReadonlyArray<LogLine>;
  readonly url: string;
  readonly wsUrl: string;
  /** A player with a wallet of 1000.00 and a token of the demo lobby. */
  readonly player: (
    options?: TokenOptions,
  ) => Promise<{ readonly playerId: string; readonly token: string }>;
  readonly close: () => Promise<void>;
}

export interface TokenOptions {
  readonly playerId?: string;
  readonly lobbyId?: string | undefined;
  readonly roles?: ReadonlyArray<Role>;
  readonly lifetimeMs?: number;
  readonly secret?: string;
}

const settings = (overrides: Readonly<Record<string, string>>) =>
  Either.getOrThrow(readSettings({ RATE_LIMIT_PER_SECOND: "0", ...overrides }));

/** Knows no account, and forgets those it is given, and what administrators did. */
const noAccounts = {
  query: async (sql: string) => ({
    rows: sql.includes("INTO admin_act ") ? [{ act_id: "1" }] : [],
    rowCount: 1,
  }),
} as unknown as Pool;

export const startGateway = async (
  options: Partial<
    Pick<
      GatewayOptions,
      | "pool"
      | "webDir"
      | "health"
      | "cluster"
      | "inspector"
      | "supervision"
      | "push"
      | "rpc"
      | "game"
      | "poker"
    >
  > & {
    readonly environment?: Readonly<Record<string, string>>;
    readonly port?: number;
  } = {},
): Promise<TestGateway> => {
  const fake = new FakeGame();
  const payments = new FakePayments();
  const poker = new FakePoker();
  const log: Array<LogLine> = [];
  const logger: GatewayLog = {
    info: (message, fields) => log.push({ level: "info", message, fields }),
    warn: (message, fields) => log.push({ level: "warn", message, fields }),
    error: (message, fields) => log.push({ level: "error", message, fields }),
  };
  const values = { ...settings(options.environment ?? {}), port: options.port ?? 0 };
  const metrics = makeMetrics();
  const gateway = await makeGateway({
    game: options.game ?? fake.game,
    payments,
    push: options.push ?? noPush,
    poker: options.poker ?? poker.desks,
    settings: values,
    metrics,
    pool: options.pool ?? noAccounts,
    log: logger,
    health: options.health ?? [],
    ...(options.webDir === undefined ? {} : { webDir: options.webDir }),
    ...(options.rpc === undefined ? {} : { rpc: options.rpc }),
    ...(options.cluster === undefined ? {} : { cluster: options.cluster }),
    ...(options.inspector === undefined ? {} : { inspector: options.inspector }),
    ...(options.supervision === undefined ? {} : { supervision: options.supervision }),
  });
  let players = 0;
  return {
    gateway,
    fake,
    payments,
    poker,
    metrics: () => metrics.prometheusText(),
    log,
    url: `http://127.0.0.1:${gateway.port}`,
    wsUrl: `ws://127.0.0.1:${gateway.port}/ws`,
    player: async (token = {}) => {
      const playerId = token.playerId ?? `p_${(players += 1)}`;
      fake.wallets.set(playerId, { total: 100_000, locked: 0, version: 1 });
      fake.opens(`wallet:${playerId}`, 1);
      const tokens = new Tokens({
        secret: token.secret ?? values.jwtSecret,
        now: Date.now,
        isRevoked: () => false,
      });
      const issued = await tokens.issue(
        {
          playerId,
          lobbyId: "lobbyId" in token ? token.lobbyId : LOBBY_ID,
          roles: token.roles ?? ["player"],
        },
        { lifetimeMs: token.lifetimeMs },
      );
      return { playerId, token: issued.token };
    },
    close: async () => {
      await gateway.close();
      await metrics.close();
    },
  };
};
