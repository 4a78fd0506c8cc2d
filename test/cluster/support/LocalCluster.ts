/**
 * Several processes of the product on one database, as `npm run cluster` starts them, each a child of the test: so that it
 * may be killed, stopped and paused, and asked what it knows of the others.
 */
import type { ClusterBody } from "../../../rpc/http/admin.ts";
import type { Report } from "../../../src/audit/Audit.ts";
import { auditOf, query } from "../../crash/House.ts";
import { until } from "../../crash/deadline.ts";
import { type Answer, type Json, Player, type Request, send } from "../../crash/Player.ts";
import { freshDatabase } from "../../support/postgres.ts";
import { type Ending, type Server, startServer } from "../../support/server.ts";

const SHARDS = 300;
/** Of an equal share; the shards are spread by a hash, so that shares differ. */
const LEAST_SHARE = 0.5;

export interface LocalClusterOptions {
  readonly processes: number;
  /** Settings of every process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** One process of the cluster. */
export class Member {
  readonly name: string;
  readonly server: Server;

  constructor(name: string, server: Server) {
    this.name = name;
    this.server = server;
  }

  get url(): string {
    return this.server.url;
  }

  kill(): Promise<void> {
    return this.server.kill();
  }

  /** SIGTERM; resolves to how it ended. */
  stop(): Promise<Ending> {
    return this.server.stop();
  }

  pause(): void {
    process.kill(this.server.pid, "SIGSTOP");
  }

  resume(): void {
    process.kill(this.server.pid, "SIGCONT");
  }
}

export class LocalCluster {
  readonly databaseUrl: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #drop: () => Promise<void>;
  readonly #members = new Set<Member>();
  #started = 0;
  #lobbies = 0;
  #adminToken = "";

  private constructor(
    databaseUrl: string,
    env: Readonly<Record<string, string>>,
    drop: () => Promise<void>,
  ) {
    this.databaseUrl = databaseUrl;
    this.#env = env;
    this.#drop = drop;
  }

  /** So many processes, which hold all shards between them. */
  static async open({ env = {}, processes }: LocalClusterOptions): Promise<LocalCluster> {
    const database = await freshDatabase();
    const cluster = new LocalCluster(database.url, env, database.drop);
    try {
      await Promise.all(Array.from({ length: processes }, () => cluster.add()));
      await cluster.settled();
      return cluster;
    } catch (cause) {
      await cluster.close();
      throw cause;
    }
  }

  /** Those that have not ended. */
  get members(): ReadonlyArray<Member> {
    return [...this.#members];
  }

  /** Starts one more process; resolves when it is ready. */
  async add(env: Readonly<Record<string, string>> = {}): Promise<Member> {
    const name = `p${++this.#started}`;
    const server = await startServer({
      env: { DEMO: "0", DATABASE_URL: this.databaseUrl, PROCESS_NAME: name, ...this.#env, ...env },
    });
    const member = new Member(name, server);
    this.#members.add(member);
    void server.exited.then(() => this.#members.delete(member));
    return member;
  }

  /** All members but these. */
  others(...besides: ReadonlyArray<Member>): ReadonlyArray<Member> {
    return this.members.filter((member) => !besides.includes(member));
  }

  /** A member that is none of these. */
  other(...besides: ReadonlyArray<Member>): Member {
    const [found] = this.others(...besides);
    if (found === undefined) throw new Error("there is no other process");
    return found;
  }

  /** What a member knows of the cluster. */
  async seenBy(member: Member): Promise<ClusterBody> {
    const { body } = await this.#asAdmin(member, { path: "/admin/cluster" });
    return body as unknown as ClusterBody;
  }

  /** Resolves when `members` hold all shards, each its share, and all of them know it. */
  async settled(members: ReadonlyArray<Member> = this.members): Promise<void> {
    const names = members.map(({ name }) => name).toSorted();
    const least = (SHARDS / members.length) * LEAST_SHARE;
    for (const member of members)
      await until(
        `${names.join(", ")} to share the shards, as ${member.name} sees it`,
        async () => {
          const { processes, shards } = await this.seenBy(member);
          const up = processes.filter(({ state }) => state === "up");
          return {
            held: shards.held,
            shares: Object.fromEntries(up.map((one) => [one.name, one.shards])),
          };
        },
        ({ held, shares }) =>
          held === SHARDS &&
          String(Object.keys(shares).toSorted()) === String(names) &&
          Object.values(shares).every((share) => share >= least) &&
          Object.values(shares).reduce((sum, share) => sum + share, 0) === SHARDS,
      );
  }

  /** The process that has an entity, as another member knows it; undefined while it moves. */
  async ownerOf(kind: string, entityId: string, via = this.other()): Promise<Member | undefined> {
    const path = `/admin/entities/${kind}/${encodeURIComponent(entityId)}`;
    const { body, status } = await this.#asAdmin(via, { path });
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
    const owner = body["owner"] as Json | null;
    return this.members.find(({ name }) => name === owner?.["name"]);
  }

  /** The process that has an entity, as soon as a member knows one. */
  async owner(kind: string, entityId: string, via = this.other()): Promise<Member> {
    const found = await until(
      `an owner of ${kind} ${entityId}`,
      () => this.ownerOf(kind, entityId, via),
      (owner) => owner !== undefined,
    );
    if (found === undefined) throw new Error("unreachable: it was waited for");
    return found;
  }

  /** Guests whose wallets `owner` has, as many as asked for. */
  async playersOf(owner: Member, count: number, lobbyId: string): Promise<ReadonlyArray<Player>> {
    const found: Array<Player> = [];
    while (found.length < count) {
      const player = await Player.join(owner.url, lobbyId);
      if ((await this.ownerOf("wallet", player.id, owner)) === owner) found.push(player);
    }
    return found;
  }

  /** A lobby that takes bets for as long as the test lasts, in the process `owner` if it matters. */
  async bettingLobby(name: string, owner?: Member, times: object = {}): Promise<string> {
    const via = owner ?? this.other();
    for (;;) {
      const lobby_id = `${name}_${++this.#lobbies}`;
      const made = await this.#asAdmin(via, {
        method: "POST",
        path: "/lobbies",
        key: lobby_id,
        body: { lobby_id, name, betting_ms: 3_600_000, racing_ms: 2000, results_ms: 500, ...times },
      });
      if (made.status !== 201) throw new Error(`no lobby: ${JSON.stringify(made.body)}`);
      if (owner === undefined || (await this.ownerOf("lobby", lobby_id, via)) === owner)
        return lobby_id;
    }
  }

  /** No further race begins in it. */
  async stopLobby(lobbyId: string): Promise<void> {
    const path = `/lobbies/${lobbyId}/stop`;
    const { status } = await this.#asAdmin(this.other(), { method: "POST", path, key: path });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
  }

  /** How often something that seldom happens did, in the processes there are. */
  async sometimes(what: string): Promise<number> {
    const told = await Promise.all(this.members.map((member) => this.seenBy(member)));
    return told
      .map(({ processes }) => processes.find(({ is_self }) => is_self)?.sometimes[what] ?? 0)
      .reduce((sum, times) => sum + times, 0);
  }

  audit(): Promise<Report> {
    return auditOf(this.databaseUrl);
  }

  query(sql: string): Promise<ReadonlyArray<Json>> {
    return query(this.databaseUrl, sql);
  }

  /** SIGTERM to each process, then removes what the test made; resolves to how they ended. */
  async close(): Promise<ReadonlyArray<Ending>> {
    for (const member of this.members) member.resume();
    return Promise.all(this.members.map((member) => member.stop())).finally(this.#drop);
  }

  async #asAdmin(member: Member, request: Request): Promise<Answer> {
    // A token is good at every gateway.
    if (this.#adminToken === "") this.#adminToken = (await Player.admin(member.url)).token;
    return send(member.url, request, this.#adminToken);
  }
}
