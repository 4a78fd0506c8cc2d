/** Ours as several processes on one database, each its own gateway, with lobbies that take bets for the whole run. */
import { setTimeout as delay } from "node:timers/promises";
import type { ClusterBody, EntityBody } from "../../rpc/http/admin.ts";
import type { Stage } from "../Bench.ts";
import { bettingLobby } from "./Lobby.ts";
import { startServer, type Server } from "./Server.ts";

const SPREAD_MS = 20_000;
const POLL_MS = 100;
const HOUR_MS = 3_600_000;

export interface BenchCluster {
  /** Those that run. */
  readonly servers: ReadonlyArray<Server>;
  /** Starts one more. */
  readonly add: () => Promise<Server>;
  /** Leaves one out that has ended or is about to. */
  readonly forget: (server: Server) => void;
  /** Resolves when all shards are held, by each process its share. */
  readonly spread: () => Promise<void>;
  readonly admin: <A>(path: string) => Promise<A>;
  /** Makes a lobby and answers its id once it takes bets. */
  readonly lobby: (name: string) => Promise<string>;
  /** No further race begins in it. */
  readonly closeLobby: (lobbyId: string) => Promise<void>;
  /** The port of the gateway of the process that an entity lives in. */
  readonly portOf: (kind: string, entityId: string) => Promise<number>;
}

const post = async <A>(url: string, body: object, token?: string): Promise<A> => {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-idempotency-key": crypto.randomUUID(),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`POST ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as A;
};

/** Starts `count` processes one after another and waits until each holds its share of the shards. */
export const startCluster = async (stage: Stage, count: number): Promise<BenchCluster> => {
  const database = await stage.postgres.createDatabase(`cluster_${count}`);
  stage.defer(database.drop);
  const servers: Array<Server> = [];
  let started = 0;
  const add = async (): Promise<Server> => {
    const server = await startServer(database, { PROCESS_NAME: `p${++started}`, DEMO: "0" });
    stage.defer(server.stop);
    servers.push(server);
    return server;
  };
  for (let i = 0; i < count; i++) await add();
  const anyUrl = () => servers[0]!.url;
  const login = { username: "admin", password: "admin" };
  const { token } = await post<{ readonly token: string }>(`${anyUrl()}/auth/login`, login);
  const admin = async <A>(path: string): Promise<A> => {
    const response = await fetch(anyUrl() + path, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok)
      throw new Error(`GET ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as A;
  };

  const spread = async (): Promise<void> => {
    const deadline = performance.now() + SPREAD_MS;
    for (;;) {
      const { processes, shards } = await admin<ClusterBody>("/admin/cluster");
      const up = processes.filter(({ state }) => state === "up");
      const fair = Math.floor(shards.total / servers.length / 2);
      if (
        shards.held === shards.total &&
        up.length === servers.length &&
        up.every((one) => one.shards >= fair)
      )
        return;
      if (performance.now() > deadline)
        throw new Error(
          `The shards are not spread over ${servers.length} processes after ${SPREAD_MS} ms.`,
        );
      await delay(POLL_MS);
    }
  };
  await spread();

  return {
    servers,
    add,
    forget: (server) => {
      servers.splice(servers.indexOf(server), 1);
    },
    spread,
    admin,
    lobby: async (name) => {
      const times = { betting_ms: HOUR_MS, racing_ms: 5000, results_ms: 2000 };
      await post(`${anyUrl()}/lobbies`, { lobby_id: name, name, ...times }, token);
      await bettingLobby(anyUrl(), name);
      return name;
    },
    closeLobby: async (lobbyId) => {
      await post(`${anyUrl()}/lobbies/${lobbyId}/stop`, {}, token);
    },
    portOf: async (kind, entityId) => {
      const { owner } = await admin<EntityBody>(`/admin/entities/${kind}/${entityId}`);
      const { processes } = await admin<ClusterBody>("/admin/cluster");
      const home = processes.find((one) => one.process_id === owner?.process_id);
      if (home === undefined) throw new Error(`${kind} ${entityId} lives nowhere.`);
      return Number(new URL(home.url).port);
    },
  };
};
