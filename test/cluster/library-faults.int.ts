/**
 * What the cluster library is known to get wrong now and then, and what keeps each from costing money or the service: two
 * live copies of an entity, a call lost while an entity registers or moves, a stop that never ends, entities that stay
 * in memory for ever, and a paused process that keeps its locks.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CommandId } from "../../rpc/id.ts";
import { lockSessionOf } from "../../src/cluster/ClusterNode.ts";
import { until } from "../crash/deadline.ts";
import { bet, send } from "../crash/Player.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { PostgresProxy } from "../support/PostgresProxy.ts";
import { query } from "../crash/House.ts";
import { InProcessNode, settled } from "./support/InProcessNode.ts";
import { LocalCluster, type Member } from "./support/LocalCluster.ts";
import { OldTally, oldTally } from "./support/Tally.ts";
import { slowdown } from "../support/slowdown.ts";

const SHUTDOWN_SECONDS = 1;
/** The process's own deadline, a last resort after that, and what a busy machine takes. */
const ENDED_MS = (SHUTDOWN_SECONDS + 10 + 5) * 1000;
/** PostgreSQL ends a lock session by itself after 8 s without a word; peers are faster. */
const LOCKS_GONE_MS = 5000;

let cluster: LocalCluster;
let proxy: PostgresProxy;
let healthy: Member;
/** Its line to PostgreSQL goes through the proxy. */
let cut: Member;
/** A cluster has a database of its own. */
const databases: Array<FreshDatabase> = [];

beforeAll(async () => {
  cluster = await LocalCluster.open({ processes: 1 });
  healthy = cluster.other();
  proxy = await PostgresProxy.to(cluster.databaseUrl);
  cut = await cluster.add({
    DATABASE_URL: proxy.url,
    SHUTDOWN_SECONDS: String(SHUTDOWN_SECONDS),
  });
  await cluster.settled();
});

afterAll(async () => {
  await proxy.close();
  await cluster.close();
  for (const { drop } of databases) await drop();
});

/** How many shards a process has locked, whatever it believes itself. */
const locksOf = async (member: Member): Promise<number> => {
  const processes = (await cluster.seenBy(healthy)).processes;
  const processId = processes.find(({ name }) => name === member.name)?.process_id ?? "";
  const [row] = await cluster.query(
    `SELECT count(*)::integer AS locks FROM pg_locks l JOIN pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND a.application_name = '${lockSessionOf(processId)}'`,
  );
  return Number(row?.["locks"]);
};

const fencedBy = async (member: Member): Promise<number> => {
  const { processes } = await cluster.seenBy(member);
  return processes.find(({ is_self }) => is_self)?.sometimes["fencedAppend"] ?? 0;
};

it("the write of a paused process that others have replaced is refused, and its locks are taken from it", async () => {
  const lobby = await cluster.bettingLobby("fenced", healthy);
  const [player] = await cluster.playersOf(cut, 1, lobby);
  if (player === undefined) throw new Error("no player");
  const first = await send(healthy.url, bet("first"), player.token);
  expect(first.status).toBe(201);
  expect(await locksOf(cut)).toBeGreaterThan(0);

  // The wallet decides, and its commit is on the way when the process is stopped.
  const reached = proxy.next('"_tag":"MoneyHeld"');
  const inDoubt = send(healthy.url, bet("in-doubt"), player.token);
  const held = await reached;
  const pausedAt = performance.now();
  cut.pause();
  // Another copy of the wallet takes the same command, and more.
  const answer = await inDoubt;
  expect(answer.status).toBe(201);
  console.log(
    `in doubt: answered by another after ${(performance.now() - pausedAt).toFixed(0)} ms`,
  );
  expect((await send(healthy.url, bet("after"), player.token)).status).toBe(201);
  await until(
    "the locks of the paused process to be gone",
    () => locksOf(cut),
    (locks) => locks === 0,
  );
  expect(performance.now() - pausedAt).toBeLessThan(LOCKS_GONE_MS * slowdown());

  // Only now does PostgreSQL get what the first copy had decided.
  held.release();
  cut.resume();
  await until(
    "the refusal to be counted",
    () => fencedBy(cut),
    (times) => times > 0,
  );
  await cluster.settled();
  for (const { url } of cluster.members)
    expect(await send(url, bet("in-doubt"), player.token)).toEqual({ ...answer, replayed: true });
  const { body } = await send(healthy.url, { path: "/bets?limit=10" }, player.token);
  expect(body["bets"]).toHaveLength(3);
  expect((await cluster.audit()).findings).toEqual([]);
});

// One of them takes as long as a process gives itself to end; the others take place meanwhile.
describe.concurrent("at the same time", () => {
  it("a stop that PostgreSQL does not let end ends all the same, and what lived there lives elsewhere before", async ({
    expect,
  }) => {
    const lobby = await cluster.bettingLobby("unending", healthy);
    const [player] = await cluster.playersOf(cut, 1, lobby);
    if (player === undefined) throw new Error("no player");
    proxy.silent = true;
    const stoppedAt = performance.now();
    process.kill(cut.server.pid, "SIGTERM");
    // What it took in before would wait for its commit, and for its link, which lives.
    await until(
      "the stopping process to let go",
      async () => (await cluster.ownerOf("wallet", player.id, healthy))?.name,
      (owner) => owner !== cut.name,
    );
    const answered = await send(healthy.url, bet("meanwhile"), player.token);
    const awayMs = performance.now() - stoppedAt;
    console.log(`unending stop: its entities were away ${awayMs.toFixed(0)} ms`);
    expect(answered.status).toBe(201);
    expect(awayMs).toBeLessThan(LOCKS_GONE_MS * slowdown());
    const ending = await cut.server.exited;
    const endedMs = performance.now() - stoppedAt;
    console.log(`unending stop: ended after ${endedMs.toFixed(0)} ms with ${ending}`);
    expect(endedMs).toBeLessThan(ENDED_MS);
  });

  const newDatabase = async (): Promise<string> => {
    const made = await freshDatabase();
    databases.push(made);
    return made.url;
  };

  it("a call that meets an entity on the move is carried out once, and never lost", async ({
    expect,
  }) => {
    const databaseUrl = await newDatabase();
    const open = (name: string) => InProcessNode.open({ name, databaseUrl, actors: [oldTally] });
    const stays = await open("stays");
    const goes = await open("goes");
    await settled([stays, goes]);
    let isOver = false;
    let isFresh = 0;
    const failures: Array<string> = [];
    const added = new Map<string, number>();
    /** Half of what it asks are entities that nobody has spoken to before: they register while they are asked. */
    const client = async (n: number) => {
      for (let i = 0; !isOver; i++) {
        const entityId = i % 2 === 0 ? `often-${n}` : `once-${n}-${isFresh++}`;
        const commandId = CommandId.make(`${n}:${i}`);
        const said = { entityId, commandId, amount: 1 };
        const answer = await stays.system.ask(OldTally, "Add", said);
        if (!answer.ok) failures.push(String(answer.error));
        added.set(entityId, (added.get(entityId) ?? 0) + 1);
      }
    };
    const clients = Array.from({ length: 6 }, (_, n) => client(n));
    const comes = await open("comes");
    await settled([stays, goes, comes]);
    await goes.close();
    await settled([stays, comes]);
    isOver = true;
    await Promise.all(clients);
    expect(failures).toEqual([]);
    const rows = await query(
      databaseUrl,
      `SELECT entity_id, count(*)::integer AS entries, count(DISTINCT command_id)::integer AS commands,
         max(version)::integer AS version FROM journal GROUP BY entity_id`,
    );
    for (const { commands, entity_id, entries, version } of rows) {
      const times = added.get(String(entity_id));
      expect({ commands, entries, version }).toEqual({
        commands: times,
        entries: times,
        version: times,
      });
    }
    expect(rows).toHaveLength(added.size);
    await comes.close();
    await stays.close();
  });

  it("an entity that nobody needs leaves memory; one that is in use stays, though the library hears nothing of it", async ({
    expect,
  }) => {
    const node = await InProcessNode.open({
      name: "small",
      databaseUrl: await newDatabase(),
      actors: [oldTally],
      residency: { idleMs: 2000, touchEveryMs: 500 },
    });
    await settled([node]);
    const add = (entityId: string, id: string) =>
      node.system.ask(OldTally, "Add", { entityId, commandId: CommandId.make(id), amount: 1 });
    const many = Array.from({ length: 300 }, (_, n) => `idle-${n}`);
    await Promise.all(many.map((entityId) => add(entityId, "once")));
    await add("busy", "first");
    const busy = [...node.system.residents()].find(({ entityId }) => entityId === "busy");
    expect(busy).toBeDefined();
    let n = 0;
    await until(
      "the idle to leave memory",
      async () => {
        await add("busy", `n${n++}`);
        return [...node.system.residents()].length;
      },
      (residents) => residents === 1,
    );
    expect([...node.system.residents()]).toEqual([busy]);
    // They come back when they are spoken to, with all they had.
    expect(await add("idle-0", "twice")).toMatchObject({ ok: true, value: { total: 2 } });
    await node.close();
  });
});
