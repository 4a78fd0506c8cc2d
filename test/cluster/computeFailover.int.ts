/** A process is killed while it computes: the question goes on elsewhere, with the answer that it would have had. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "../crash/deadline.ts";
import { type Json, send } from "../crash/Player.ts";
import { LocalCluster, type Member } from "./support/LocalCluster.ts";
import { slowdown } from "../support/slowdown.ts";

/** Some seconds of one thread. */
const QUESTION = {
  players: ["QQ+,AKs", "22+,A2s+", "random", "random"],
  mode: "monte_carlo",
  target_std_error: 0.00012,
  max_samples: 1_000_000_000,
  seed: 7,
};
/** Nobody who offers to compute is left: refused within this, where an answer takes ten times as long. */
const SOON_MS = 6000;

let cluster: LocalCluster;
/** It offers no compute itself. */
let asker: Member;
beforeAll(async () => {
  cluster = await LocalCluster.open({ processes: 2, env: { COMPUTE_WORKERS: "1" } });
  asker = await cluster.add({ COMPUTE: "off" });
  await cluster.settled();
});
afterAll(async () => {
  const endings = await cluster.close();
  expect(endings.every((ending) => ending === 0)).toBe(true);
});

const ask = async (): Promise<{ readonly status: number; readonly body: Json }> => {
  const { body, status } = await send(asker.url, {
    method: "POST",
    path: "/api/v1/equity/calculate/multiway",
    body: QUESTION,
  });
  const { elapsed_ms: _, ...answer } = body;
  return { status, body: answer as Json };
};

/** Chunks that a process has waiting or under way. */
const chunksAt = async (member: Member): Promise<number> => {
  const text = await (await fetch(`${member.url}/metrics`)).text();
  return Number(/compute\{of="chunks"\} (\d+)/.exec(text)?.[1]);
};

it("a process that is killed in the middle of a question: the others answer it, and the same", async () => {
  const expected = await ask();
  expect(expected).toMatchObject({ status: 200, body: { method: "monte_carlo", converged: true } });
  const victim = cluster.other(asker);
  let isAnswered = false;
  const asked = ask().finally(() => (isAnswered = true));
  await until(
    "the victim to compute",
    () => chunksAt(victim),
    (chunks) => chunks > 0,
  );
  await victim.kill();
  expect(isAnswered).toBe(false);
  expect(await asked).toEqual(expected);
});

it("when no process offers to compute any more, questions are refused soon", async () => {
  await Promise.all(cluster.others(asker).map((member) => member.stop()));
  const askedAt = performance.now();
  expect(await ask()).toMatchObject({ status: 503 });
  expect(performance.now() - askedAt).toBeLessThan(SOON_MS * slowdown());
});
