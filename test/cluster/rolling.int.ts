/**
 * A rolling restart: processes of two releases share one journal and talk to each other, until all are of the newer one.
 * Nobody who asks notices, but that what only the newer release understands waits for a process that does.
 */
import { randomUUID } from "node:crypto";
import { connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CommandId } from "../../rpc/id.ts";
import { systemClock } from "../../src/actor/Clock.ts";
import { type Hello, Link } from "../../src/cluster/Link.ts";
import { PROTOCOL } from "../../src/cluster/PeerMessage.ts";
import type { ProcessInfo } from "../../src/cluster/ProcessReport.ts";
import { until } from "../crash/deadline.ts";
import { query } from "../crash/House.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { InProcessNode, settled, TOKEN } from "./support/InProcessNode.ts";
import { KIND, NewTally, newTally, OldTally, oldTally } from "./support/Tally.ts";

/** Enough that each process has some, as good as certainly. */
const TALLIES = Array.from({ length: 24 }, (_, n) => `t${n}`);
/** The whole restart takes less. */
const PATIENT = { timeoutMs: 25_000 };

let database: FreshDatabase;
const open = (name: string, actors = [oldTally]) =>
  InProcessNode.open({ name, databaseUrl: database.url, actors });

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(async () => {
  await database.drop();
});

const given = <A>(
  outcome: { readonly ok: true; readonly value: A } | { readonly ok: false },
): A => {
  if (outcome.ok) return outcome.value;
  throw new Error(`refused: ${JSON.stringify(outcome)}`);
};

describe("two releases side by side", () => {
  const nodes = new Set<InProcessNode>();
  /** What each tally must say. */
  const expected = new Map<string, number>(TALLIES.map((id) => [id, 0]));
  let before: ReadonlyArray<InProcessNode>;
  let first: InProcessNode;
  let second: InProcessNode;

  const join = async (name: string, actors = [oldTally]) => {
    const node = await open(name, actors);
    nodes.add(node);
    return node;
  };
  const leave = async (node: InProcessNode) => {
    nodes.delete(node);
    await node.close();
  };
  afterAll(async () => {
    for (const node of nodes) await leave(node);
  });

  /** As a client of the older release does, at every node: no note, no doubling. */
  const addAsOld = async (round: string) => {
    for (const { name, system } of nodes)
      await Promise.all(
        TALLIES.map(async (entityId, n) => {
          const commandId = CommandId.make(`${round}:${name}`);
          given(await system.ask(OldTally, "Add", { entityId, commandId, amount: n }));
          expected.set(entityId, (expected.get(entityId) ?? 0) + n);
        }),
      );
  };
  const expectTotals = async () => {
    for (const { system } of nodes)
      for (const entityId of TALLIES)
        expect(given(await system.ask(OldTally, "Get", { entityId }))).toEqual({
          total: expected.get(entityId),
        });
  };

  it("the older alone", async () => {
    before = [await join("old-1"), await join("old-2")];
    await settled([...nodes]);
    await addAsOld("first");
    await expectTotals();
  });

  it("the newer reads what the older has written, and each understands the other's messages", async () => {
    first = await join("new-1", [newTally]);
    await settled([...nodes]);
    expect(TALLIES.some((id) => first.has(KIND, id))).toBe(true);
    expect(TALLIES.some((id) => before.some((node) => node.has(KIND, id)))).toBe(true);
    await expectTotals();
    await addAsOld("second");
    await Promise.all(
      TALLIES.map(async (entityId) => {
        const commandId = CommandId.make("with-a-note");
        const said = { entityId, commandId, amount: 1, note: "of the newer release" };
        given(await first.system.ask(NewTally, "Add", said));
        expected.set(entityId, (expected.get(entityId) ?? 0) + 1);
      }),
    );
    await expectTotals();
  });

  it("what the older does not understand waits until a process of the newer has the entity", async () => {
    const answered = new Set<string>();
    const ofOld = TALLIES.filter((id) => !first.has(KIND, id));
    const doubled = Promise.all(
      TALLIES.map(async (entityId) => {
        const commandId = CommandId.make("double");
        const answer = await first.system.ask(NewTally, "Double", { entityId, commandId }, PATIENT);
        answered.add(entityId);
        expected.set(entityId, (expected.get(entityId) ?? 0) * 2);
        return given(answer);
      }),
    );
    await until(
      "the newer process to answer for its own",
      () => answered.size,
      (size) => size === TALLIES.length - ofOld.length,
    );
    const [one, other] = before;
    if (one === undefined || other === undefined) throw new Error("too few processes");
    await leave(one);
    expect(ofOld.filter((id) => answered.has(id) && other.has(KIND, id))).toEqual([]);
    second = await join("new-2", [newTally]);
    await leave(other);
    const totals = await doubled;
    expect(totals.map(({ total }) => total)).toEqual([...expected.values()]);
  });

  it("the newer alone: everything counted once, and what was answered before is answered again", async () => {
    await settled([first, second]);
    await expectTotals();
    for (const entityId of TALLIES.slice(0, 4)) {
      const commandId = CommandId.make("first:old-1");
      const amount = TALLIES.indexOf(entityId);
      const said = { entityId, commandId, amount };
      expect(await second.system.ask(NewTally, "Add", said)).toMatchObject({
        ok: true,
        replayed: true,
      });
    }
    await expectTotals();
    await addAsOld("last");
    await expectTotals();
  });
});

describe("another release's protocol", () => {
  /** A process of a release to come, as far as links go. */
  class Stranger {
    readonly info: ProcessInfo;
    /** What the ends of its links were told, in order. */
    readonly ends: Array<string> = [];
    readonly hellos: Array<Hello> = [];
    readonly #server: Server;

    private constructor(server: Server, port: number) {
      this.#server = server;
      this.info = {
        processId: randomUUID(),
        name: "stranger",
        pid: process.pid,
        runner: "127.0.0.1:1",
        link: `127.0.0.1:${port}`,
        url: "http://127.0.0.1",
        release: "9.9.9",
        startedAt: systemClock.now(),
      };
      server.on("connection", (socket) => {
        const link: Link = new Link(socket, systemClock, {
          hello: (hello) => {
            this.hellos.push(hello);
            link.introduce({ protocol: PROTOCOL + 1, token: TOKEN, info: this.info });
          },
          messages: () => void this.ends.push("it was spoken to"),
          closed: (cause) => void this.ends.push(cause),
        });
      });
    }

    static listen(): Promise<Stranger> {
      const server = createServer();
      return new Promise((resolve) => {
        server.listen(0, "127.0.0.1", () => {
          const address = server.address();
          resolve(new Stranger(server, typeof address === "object" ? (address?.port ?? 0) : 0));
        });
      });
    }

    /** Dials a process; resolves to its hello when the link has been closed. */
    dial(port: number): Promise<Hello | undefined> {
      return new Promise((resolve) => {
        let heard: Hello | undefined;
        const socket = connect({ host: "127.0.0.1", port });
        const link: Link = new Link(socket, systemClock, {
          hello: (hello) => {
            heard = hello;
          },
          messages: () => undefined,
          closed: () => resolve(heard),
        });
        socket.once("connect", () =>
          link.introduce({ protocol: PROTOCOL + 1, token: TOKEN, info: this.info }),
        );
      });
    }

    close(): void {
      this.#server.close();
    }
  }

  it("is refused at both ends, and neither process takes the other for dead", async () => {
    const stranger = await Stranger.listen();
    const node = await open("of-today");
    await settled([node]);
    const { info } = stranger;
    await query(
      database.url,
      `INSERT INTO process (process_id, info, heard_at)
       VALUES ('${info.processId}', '${JSON.stringify(info)}', now() + interval '1 hour')`,
    );
    // Dialled again and again, for longer than silence would be forgiven.
    await until(
      "some attempts to talk",
      () => stranger.ends.length,
      (attempts) => attempts >= 7,
    );
    expect(stranger.ends).not.toContain("it was spoken to");
    expect(stranger.hellos.every(({ protocol }) => protocol === PROTOCOL)).toBe(true);
    const port = Number(node.node.self.link.split(":")[1]);
    expect(await stranger.dial(port)).toMatchObject({ protocol: PROTOCOL });
    expect(node.sometimes.counts()["peerFoundDead"]).toBe(0);
    const commandId = CommandId.make("alone");
    const said = { entityId: "alone", commandId, amount: 1 };
    expect(await node.system.ask(OldTally, "Add", said)).toMatchObject({ ok: true });
    await node.close();
    stranger.close();
  });
});
