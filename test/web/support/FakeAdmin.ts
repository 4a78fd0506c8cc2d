/**
 * A server that speaks the administrator's part of the protocol for a made-up cluster: processes that write at given rates, go
 * silent, come and go, and wallets with a journal, so that the pages can be tried without cluster or database. Faults can be
 * ordered: no answers at all, an answer that gets lost, a token that is not taken any more.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import type {
  ClusterBody,
  EntityBody,
  EntityJournalBody,
  KindsBody,
  ProcessBody,
  SentBody,
} from "../../../rpc/http/admin.ts";
import { FAKE_KINDS } from "./fakeKinds.ts";
import { FakeWallet } from "./FakeWallet.ts";

export interface FakeAdminOptions {
  /** Folder of the built console. */
  readonly root: string;
  readonly port: number;
  /** Whether the processes were started by a supervisor. */
  readonly canSupervise?: boolean;
}

export interface FakeAdmin {
  readonly url: string;
  /** What was asked of the supervisor, such as `kill p2` or `add`. */
  readonly actions: readonly string[];
  /** The idempotency keys of the commands received, resent ones again. */
  readonly keys: readonly string[];
  readonly wallet: FakeWallet;
  readonly join: (name: string) => void;
  readonly silence: (name: string) => void;
  readonly wake: (name: string) => void;
  readonly end: (name: string) => void;
  readonly setRate: (name: string, appendsPerS: number) => void;
  /** The supervisor says no to the next thing it is asked. */
  readonly refuseNextAction: (reason: string) => void;
  /** Carries out the next command but does not answer it. */
  readonly loseNextAnswer: () => void;
  /** Answers nothing until told otherwise. */
  readonly setDeaf: (isDeaf: boolean) => void;
  readonly expireTokens: () => void;
  readonly stop: () => Promise<void>;
}

interface FakeProcess {
  readonly id: string;
  readonly name: string;
  readonly startedMs: number;
  state: ProcessBody["state"];
  rate: number;
  /** Appends up to `sinceMs`, from where the rate counts. */
  appends: number;
  sinceMs: number;
}

const PASSWORD = "admin";
const TOTAL_SHARDS = 300;
const PAGE_ROWS = 50;
const WALLETS = 120;
const HOUR_MS = 3_600_000;
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
const SINGLETONS = ["alarmSweeper", "ledgerAudit"];

export async function startFakeAdmin(options: FakeAdminOptions): Promise<FakeAdmin> {
  const url = `http://127.0.0.1:${options.port}`;
  const actions: string[] = [];
  const keys: string[] = [];
  const answers = new Map<string, SentBody>();
  const wallet = new FakeWallet("p_1");
  const pausedKinds = new Set<string>();
  let processes: FakeProcess[] = [];
  let token = "token-1";
  let isDeaf = false;
  let losesAnswer = false;
  let refusal: string | null = null;
  let started = 0;

  const start = (name: string, rate: number, upMs: number) => {
    started += 1;
    processes.push({
      id: `process-${started}`,
      name,
      startedMs: Date.now() - upMs,
      state: "up",
      rate,
      appends: Math.round((upMs / 1000) * rate),
      sinceMs: Date.now(),
    });
  };
  start("p1", 412, 3 * HOUR_MS);
  start("p2", 388, 3 * HOUR_MS);
  start("p3", 240, HOUR_MS / 3);

  /** Fixes what was written so far, before something about the process changes. */
  const settle = (process: FakeProcess) => {
    const nowMs = Date.now();
    if (process.state !== "silent") {
      process.appends += Math.round(((nowMs - process.sinceMs) / 1000) * process.rate);
    }
    process.sinceMs = nowMs;
  };
  const named = (name: string) => {
    const found = processes.find((process) => process.name === name);
    if (found === undefined) throw new Error(`No process ${name}.`);
    return found;
  };
  const change = (name: string, state: ProcessBody["state"]) => {
    const process = named(name);
    settle(process);
    process.state = state;
  };
  const end = (name: string) => {
    processes = processes.filter((process) => process.name !== name);
  };

  const report = (process: FakeProcess, index: number): ProcessBody => {
    if (process.state !== "silent") settle(process);
    const holders = processes.filter(({ state }) => state !== "silent");
    const share = Math.floor(TOTAL_SHARDS / Math.max(1, holders.length));
    const seconds = process.sinceMs / 1000 + index;
    return {
      process_id: process.id,
      name: process.name,
      pid: 4100 + index,
      runner: `127.0.0.1:${9082 + index}`,
      link: `127.0.0.1:${9083 + index}`,
      url: index === 0 ? url : `http://127.0.0.1:${options.port + index}`,
      release: "0.1.0",
      started_at: new Date(process.startedMs).toISOString(),
      is_self: index === 0,
      state: process.state,
      at: new Date(process.sinceMs).toISOString(),
      shards: holders[0] === process ? TOTAL_SHARDS - share * (holders.length - 1) : share,
      kinds: [
        { kind: "favor", live: 12 + index, depth: 0 },
        { kind: "lobby", live: 2 + index, depth: index },
        {
          kind: "wallet",
          live: Math.max(0, 1204 - index * 311),
          depth: pausedKinds.has("wallet") ? 0 : 3,
        },
      ],
      appends: process.appends,
      commit_depth: index,
      commit_ms: { p50: 1.2 + Math.sin(seconds) * 0.3, p99: 6.4 + Math.cos(seconds) * 2 },
      letters_in_flight: Math.max(0, 4 - index),
      leases: 3 * (index + 1),
      sockets: Math.max(0, 120 - index * 20),
      loop_delay_ms: 11 + 4 * Math.sin(seconds / 3),
      memory_bytes: (182 + index * 7) * 1024 * 1024,
      singletons: index === 0 ? SINGLETONS : [],
      sometimes: { fencedAppend: index, askRetriedElsewhere: 2 + index, unknownCommit: 0 },
    };
  };
  const clusterBody = (): ClusterBody => ({
    processes: processes.map(report),
    shards: { total: TOTAL_SHARDS, held: processes.length === 0 ? 0 : TOTAL_SHARDS },
    paused_kinds: [...pausedKinds],
    can_supervise: options.canSupervise ?? true,
  });

  const act = (process: FakeProcess, action: string) => {
    const { name } = process;
    if (action === "kill" || action === "stop") end(name);
    else if (action === "pause") change(name, "silent");
    else if (action === "resume") change(name, "up");
    else if (action === "drain") change(name, "draining");
  };

  const kindsBody = (): KindsBody => ({
    kinds: FAKE_KINDS.map((kind) => ({ ...kind, paused: pausedKinds.has(kind.kind) })),
  });
  const ids = Array.from({ length: WALLETS }, (_, index) => `p_${index + 1}`).toSorted();
  const entityBody = (version: number): EntityBody => ({
    kind: "wallet",
    entity_id: wallet.entityId,
    version,
    at: wallet.entry(version).at,
    newest_version: wallet.newestVersion,
    state: wallet.stateAt(version),
    broken: [],
    outstanding: wallet.owesAt(version),
    alarm_due_at: new Date(Date.now() + 95_000).toISOString(),
    owner: { process_id: processes[0]?.id ?? "", name: processes[0]?.name ?? "", is_self: true },
  });

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", url);
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const refuse = (status: number, code: string, detail: string) =>
      json(status, { status, code, detail });
    const path = pathname.split("/").slice(1).map(decodeURIComponent);
    const body = await bodyOf(request);

    if (isDeaf) return void request.socket.destroy();
    if (pathname === "/auth/login") {
      if (body["username"] === "admin" && body["password"] === PASSWORD) {
        const expires = new Date(Date.now() + HOUR_MS).toISOString();
        return json(200, { player_id: "admin", token, expires_at: expires });
      }
      if (body["username"] === "ada") {
        const expires = new Date(Date.now() + HOUR_MS).toISOString();
        return json(200, { player_id: "ada", token: "token-ada", expires_at: expires });
      }
      return refuse(401, "bad_credentials", "The user name or the password is wrong.");
    }
    const bearer = (request.headers.authorization ?? "").replace("Bearer ", "");
    if (pathname === "/auth/me") {
      const isAdmin = bearer === token;
      const name = isAdmin ? "Administrator" : "Ada";
      return json(200, {
        player_id: bearer,
        display_name: name,
        roles: [isAdmin ? "admin" : "player"],
      });
    }
    if (path[0] !== "admin" || path.length === 1) return file(options.root, pathname, response);
    if (bearer !== token) return refuse(401, "unauthorized", "This needs a valid token.");

    if (pathname === "/admin/cluster") return json(200, clusterBody());
    if (path[1] === "cluster" && request.method === "POST") {
      const [, , , processId, action = "add"] = path;
      if (refusal !== null) {
        const detail = `The supervisor refuses: ${refusal}`;
        refusal = null;
        return refuse(409, "supervisor_refused", detail);
      }
      const process = processes.find(({ id }) => id === processId);
      if (processId === undefined) {
        actions.push("add");
        start(`p${started + 1}`, 150, 0);
      } else if (process === undefined) {
        return refuse(404, "not_found", "There is no such process, or it has ended.");
      } else {
        actions.push(`${action} ${process.name}`);
        act(process, action);
      }
      return json(202, { action, process_id: processId ?? null });
    }
    if (pathname === "/admin/kinds") return json(200, kindsBody());
    if (path[1] === "kinds" && path[2] !== undefined && request.method === "PUT") {
      const paused = body["paused"] === true;
      if (paused) pausedKinds.add(path[2]);
      else pausedKinds.delete(path[2]);
      return json(200, { kind: path[2], paused });
    }
    if (pathname === "/admin/entities") {
      const prefix = searchParams.get("prefix") ?? "";
      const after = searchParams.get("after") ?? "";
      const isWallet = searchParams.get("kind") === "wallet";
      const found = (isWallet ? ids : ["demo"]).filter((id) => id.startsWith(prefix) && id > after);
      const rows = found.slice(0, PAGE_ROWS);
      return json(200, {
        entities: rows.map((id) => ({
          entity_id: id,
          version: id === wallet.entityId ? wallet.newestVersion : 3 + id.length,
          at: wallet.entry(1).at,
        })),
        next_after: found.length > PAGE_ROWS ? rows.at(-1) : null,
      });
    }
    const [, , kind, entityId, part] = path;
    if (kind !== "wallet" || (entityId !== wallet.entityId && part !== "commands")) {
      return refuse(404, "not_found", `The journal has no ${kind} with this id.`);
    }
    if (part === undefined) {
      const version = Number(searchParams.get("version") ?? wallet.newestVersion);
      if (version > wallet.newestVersion) {
        return refuse(404, "version_not_found", `The newest version is ${wallet.newestVersion}.`);
      }
      return json(200, entityBody(version));
    }
    if (part === "journal") {
      const before = Number(searchParams.get("before_version") ?? wallet.newestVersion + 1);
      const newest = Math.min(wallet.newestVersion, before - 1);
      const oldest = Math.max(1, newest - PAGE_ROWS + 1);
      const entries = Array.from({ length: newest - oldest + 1 }, (_, index) =>
        wallet.entry(newest - index),
      );
      const page: EntityJournalBody = { entries, next_before: oldest > 1 ? oldest : null };
      return json(200, page);
    }
    if (pausedKinds.has(kind)) {
      return refuse(503, "unavailable", "Unavailable (paused). Ask again with the same key.");
    }
    const key = String(request.headers["x-idempotency-key"]);
    keys.push(key);
    const known = answers.get(key);
    const sent =
      known === undefined
        ? wallet.receive(String(body["tag"]), body["payload"], key)
        : { ...known, replayed: true };
    answers.set(key, sent);
    if (losesAnswer) {
      losesAnswer = false;
      // Cut in the middle, for what was cut before its beginning the browser asks again by itself.
      response.writeHead(200, { "content-type": "application/json" });
      response.write("{", () => request.socket.destroy());
      return;
    }
    return json(200, sent);
  };

  const server = createServer((request, response) => void answer(request, response));
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return {
    url,
    actions,
    keys,
    wallet,
    join: (name) => start(name, 180, 0),
    silence: (name) => change(name, "silent"),
    wake: (name) => change(name, "up"),
    end,
    setRate: (name, rate) => {
      const process = named(name);
      settle(process);
      process.rate = rate;
    },
    refuseNextAction: (reason) => {
      refusal = reason;
    },
    loseNextAnswer: () => {
      losesAnswer = true;
    },
    setDeaf: (next) => {
      isDeaf = next;
    },
    expireTokens: () => {
      token = `${token}-next`;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** As the gateway: pages that are no file are the console's own. */
async function file(root: string, pathname: string, response: ServerResponse): Promise<void> {
  const path = extname(pathname) === "" ? "index.html" : normalize(pathname);
  const body = await readFile(join(root, path)).catch(() => undefined);
  if (body === undefined) return void response.writeHead(404).end();
  response
    .writeHead(200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "content-security-policy": "default-src 'self'",
    })
    .end(body);
}
