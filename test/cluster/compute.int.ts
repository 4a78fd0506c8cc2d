/** Kinds without state: carried out only where compute is offered, and reached from everywhere. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Equity, type EquityQuestion } from "../../rpc/equity.ts";
import { Unavailable } from "../../rpc/failure.ts";
import { systemClock } from "../../src/actor/Clock.ts";
import type { Delivery } from "../../src/actor/Message.ts";
import { lockSessionOf } from "../../src/cluster/ClusterNode.ts";
import { LockSession } from "../../src/cluster/LockSession.ts";
import { COMPUTE_GROUP, lockNumberOf, SHARD_GROUP } from "../../src/cluster/Sharding.ts";
import { Questions } from "../../src/compute/pool/Questions.ts";
import { until } from "../crash/deadline.ts";
import { type CounterDatabase, openCounterDatabase } from "../support/journals.ts";
import { InProcessNode, settled } from "./support/InProcessNode.ts";
import { slowdown } from "../support/slowdown.ts";

/** Spread by a hash: among so many both of two processes have some. */
const CHUNKS = Array.from({ length: 40 }, (_, chunk) => chunk);
/** Far below the ten seconds that a message to entities with a journal waits for one to take them over. */
const SOON_MS = 5000;
const QUESTION: EquityQuestion = {
  players: ["random", "random"],
  board: "",
  dead: "",
  mode: "monte_carlo",
  targetStdError: 0.01,
  maxSamples: 1000,
  seed: 1,
};

let database: CounterDatabase;
let nodes: Array<InProcessNode>;
beforeEach(async () => {
  database = await openCounterDatabase();
  nodes = [];
});
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await database.close();
});

/** Answers with the number given, unless `hold` keeps the message. */
const answering = (samples: number, hold?: (delivery: Delivery) => boolean) => ({
  contract: Equity,
  carryOut: (delivery: Delivery) => {
    if (hold?.(delivery) !== true)
      delivery.answer({ ok: true, value: { samples, sums: [] }, replayed: false });
  },
});

const start = async (
  name: string,
  kind: ReturnType<typeof answering>,
  offersCompute = true,
): Promise<InProcessNode> => {
  const node = await InProcessNode.open({
    name,
    databaseUrl: database.url,
    actors: [],
    stateless: [kind],
    offersCompute,
  });
  nodes.push(node);
  return node;
};

const leave = async (node: InProcessNode) => {
  nodes = nodes.filter((one) => one !== node);
  await node.close();
};

const calculate = (node: InProcessNode, chunk: number) =>
  node.system.ask(Equity, "CarryOut", { entityId: `q/${chunk}`, question: QUESTION, chunk });

/** Who carried out each of the chunks, by the numbers that they answer with. */
const carriers = async (node: InProcessNode): Promise<ReadonlyArray<number>> => {
  const outcomes = await Promise.all(CHUNKS.map((chunk) => calculate(node, chunk)));
  return [
    ...new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.samples : Number.NaN))),
  ].toSorted();
};

const asker = () => start("asker", answering(0), false);

describe("compute", () => {
  it("is done by the processes that offer it, for all, and by no other", async () => {
    const [none, one, other] = [
      await asker(),
      await start("one", answering(1)),
      await start("other", answering(2)),
    ];
    await settled([none, one, other]);
    for (const node of [none, one, other])
      await until(
        "the chunks to be shared",
        () => carriers(node),
        (numbers) => String(numbers) === "1,2",
      );
  });

  it("takes nothing from the shards that the cluster's page shows", async () => {
    const [none, one] = [await asker(), await start("one", answering(1))];
    await settled([none, one]);
    expect(await carriers(none)).toEqual([1]);
    expect(one.node.shards()).toEqual({ total: 300, held: 300 });
    expect(none.shards + one.shards).toBe(300);
  });

  it("has a lock for each of its shards, of either group", async () => {
    const [one] = [await start("one", answering(1)), await asker()];
    await settled(nodes);
    await carriers(one);
    const all = (group: string) =>
      Array.from({ length: 300 }, (_, i) => lockNumberOf(`${group}:${i + 1}`));
    const holds = (held: ReadonlyArray<number>) =>
      new LockSession({
        pool: database.pool,
        name: lockSessionOf(one.node.self.processId),
        held: () => held,
      }).holds();
    expect(await holds(all(COMPUTE_GROUP))).toBe(true);
    // The other process has its share of these.
    expect(await holds(all(SHARD_GROUP))).toBe(false);
    // A release without this group numbers its locks the same.
    expect(lockNumberOf("default:17")).toBe(1_000_017);
    expect(new Set([...all(SHARD_GROUP), ...all(COMPUTE_GROUP)]).size).toBe(600);
  });

  it("moves with a process that leaves: what it had not begun is carried out by another", async () => {
    const kept: Array<Delivery> = [];
    const [none, one] = [
      await asker(),
      await start(
        "one",
        answering(1, (delivery) => kept.push(delivery) > 0),
      ),
    ];
    await settled([none, one]);
    const asked = calculate(none, 1);
    await until(
      "the chunk to arrive",
      () => kept.length,
      (count) => count === 1,
    );
    await start("other", answering(2));
    const left = leave(one);
    for (const delivery of kept) delivery.moved();
    expect(await asked).toMatchObject({ ok: true, value: { samples: 2 } });
    await left;
    expect(await carriers(none)).toEqual([2]);
  });

  it("that is given up is told to the process that has it", async () => {
    const kept: Array<Delivery> = [];
    const [none, one] = [
      await asker(),
      await start(
        "one",
        answering(1, (delivery) => kept.push(delivery) > 0),
      ),
    ];
    await settled([none, one]);
    const questions = new Questions({
      kernel: undefined as never,
      ask: none.system.ask,
      clock: systemClock,
      workers: () => 3,
    });
    const giving = new AbortController();
    const many = { ...QUESTION, targetStdError: 0.00005, maxSamples: 1_000_000_000 };
    const asked = questions.ask(many, { signal: giving.signal });
    await until(
      "the chunks to arrive",
      () => kept.length,
      (count) => count === 6,
    );
    giving.abort();
    expect(await asked).toBeUndefined();
    await until(
      "them to be given up",
      () => kept.length,
      (count) => count === 12,
    );
    const ids = (tag: string) =>
      kept.flatMap(({ payload, tag: own }) => (own === tag ? [payload.entityId] : []));
    expect(ids("GiveUp").toSorted()).toEqual(ids("CarryOut").toSorted());
    for (const { answer } of kept)
      answer({ ok: true, value: { dropped: 0, samples: 0, sums: [] }, replayed: false });
  });

  it("that nobody offers is refused soon", async () => {
    const [none, one] = [await asker(), await start("one", answering(1))];
    await settled([none, one]);
    expect(await carriers(none)).toEqual([1]);
    await leave(one);
    const leftAt = performance.now();
    const outcome = await calculate(none, 1);
    expect(performance.now() - leftAt).toBeLessThan(SOON_MS * slowdown());
    expect(outcome).toMatchObject({ ok: false, error: expect.any(Unavailable) });
    expect(!outcome.ok && outcome.error.message).toMatch(/no process offers equity/);
    await start("again", answering(3));
    await until(
      "someone to offer",
      () => calculate(none, 1),
      ({ ok }) => ok,
    );
  });
});
