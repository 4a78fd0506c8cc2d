/**
 * The server of a crash test with what it stands on: a database of its own, a proxy before it, and always the same port,
 * so that players find the next server where the killed one was.
 */
import pg from "pg";
import { audit, type Report } from "../../src/audit/Audit.ts";
import { withBooks } from "../../src/audit/PgBooks.ts";
import { freshDatabase } from "../support/postgres.ts";
import { PostgresProxy } from "../support/PostgresProxy.ts";
import { freePort, type Server, startServer } from "../support/server.ts";
import { until, within } from "./deadline.ts";
import { type Json, Player, send } from "./Player.ts";

/** Where a server is killed: before PostgreSQL gets a commit, or after it has answered and nobody heard it. */
export type Moment = "before" | "after";

export interface LobbyTimes {
  readonly betting_ms: number;
  readonly racing_ms: number;
  readonly results_ms: number;
}

const CLOCK_AHEAD = new URL("./clockAhead.mjs", import.meta.url).href;

export class House {
  readonly url: string;
  readonly databaseUrl: string;
  readonly proxy: PostgresProxy;
  readonly #env: Readonly<Record<string, string>>;
  readonly #drop: () => Promise<void>;
  #server: Server | undefined;
  #admin: Player | undefined;
  #aheadMs = 0;

  private constructor(
    url: string,
    databaseUrl: string,
    proxy: PostgresProxy,
    env: Readonly<Record<string, string>>,
    drop: () => Promise<void>,
  ) {
    this.url = url;
    this.databaseUrl = databaseUrl;
    this.proxy = proxy;
    this.#env = env;
    this.#drop = drop;
  }

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<House> {
    const database = await freshDatabase();
    const proxy = await PostgresProxy.to(database.url);
    const port = String(await freePort());
    const env = { DEMO: "0", ...settings, PORT: port, DATABASE_URL: proxy.url };
    const url = `http://127.0.0.1:${port}`;
    const house = new House(url, database.url, proxy, env, database.drop);
    await house.start();
    return house;
  }

  get server(): Server {
    if (this.#server === undefined) throw new Error("the server was not started");
    return this.#server;
  }

  async start(): Promise<void> {
    const clock = {
      NODE_OPTIONS: `--import ${CLOCK_AHEAD}`,
      CLOCK_AHEAD_MS: String(this.#aheadMs),
    };
    this.#server = await startServer({
      env: this.#aheadMs === 0 ? this.#env : { ...this.#env, ...clock },
    });
  }

  /** Lets time pass that nobody waits for: kills the server, and starts one whose clock is so much further. */
  async sleepThrough(ms: number): Promise<void> {
    await this.kill();
    this.#aheadMs += ms;
    await this.start();
  }

  async kill(): Promise<void> {
    await this.server.kill();
  }

  /** Kills the server at the next commit that contains `marker`, and starts it again. */
  async killAt(marker: string, moment: Moment, act: () => void): Promise<void> {
    const reached = this.proxy.next(marker);
    act();
    const held = await within(reached, `a commit of ${marker}`);
    if (moment === "after") await within(held.deliver(), "PostgreSQL's answer");
    await this.kill();
    held.cut();
    await this.start();
  }

  /** A lobby that runs one race, which takes bets already. */
  async oneRace(lobbyId: string, times: LobbyTimes): Promise<Json> {
    const admin = (this.#admin ??= await Player.admin(this.url));
    const body = { lobby_id: lobbyId, name: lobbyId, ...times };
    const made = await admin.ask({ method: "POST", path: "/lobbies", body });
    if (made.status !== 201) throw new Error(`no lobby: ${JSON.stringify(made.body)}`);
    await this.lobby(lobbyId, "betting");
    const stopped = await admin.ask({ method: "POST", path: `/lobbies/${lobbyId}/stop` });
    return stopped.body;
  }

  /** The lobby as it is, or as soon as it is in a phase. */
  async lobby(lobbyId: string, phase?: string): Promise<Json> {
    return until(
      `lobby ${lobbyId} in phase ${phase}`,
      async () => (await send(this.url, { path: `/lobbies/${lobbyId}` })).body,
      (lobby) => phase === undefined || lobby["phase"] === phase,
    );
  }

  /** The race as soon as all of it is paid. */
  async settled(raceId: string): Promise<Json> {
    return until(
      `race ${raceId} settled`,
      async () => (await send(this.url, { path: `/races/${raceId}` })).body,
      (race) => race["status"] === "settled",
    );
  }

  audit(): Promise<Report> {
    return auditOf(this.databaseUrl);
  }

  query(sql: string): Promise<ReadonlyArray<Json>> {
    return query(this.databaseUrl, sql);
  }

  /** SIGTERM, then removes what the test made; resolves to how the server ended. */
  async close() {
    const ending = await this.server.stop();
    await this.proxy.close();
    await this.#drop();
    return ending;
  }
}

const withClient = async <A>(url: string, use: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
};

export const query = (databaseUrl: string, sql: string): Promise<ReadonlyArray<Json>> =>
  withClient(databaseUrl, async (client) => (await client.query<Json>(sql)).rows);

export const auditOf = (databaseUrl: string): Promise<Report> =>
  withClient(databaseUrl, (client) => withBooks(client, (books) => audit(books)));
