import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import type { ChildProcess } from "node:child_process";

const CLIENT = new URL("../../src/ops/SupervisorClient.ts", import.meta.url).href;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A process that asks its supervisor to pause another, and says what came of it. */
const CHILD = `
import { openSupervision } from "${CLIENT}";
const supervision = openSupervision(process, 10000);
const outcome = supervision.available ? await supervision.act("pause", { processId: "p2-id", pid: 102 }) : "alone";
console.log(JSON.stringify(outcome));
process.exit(0);
`;

const children: Array<ChildProcess> = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const start = (stdio: "pipe" | "ipc") => {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", CHILD],
    { cwd: ROOT, stdio: ["ignore", "pipe", "inherit", stdio] },
  );
  children.push(child);
  let printed = "";
  child.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  return { child, said: once(child, "close").then(() => JSON.parse(printed) as unknown) };
};

test("a child reaches the process that started it", async () => {
  const { child, said } = start("ipc");
  const [asked] = (await once(child, "message")) as [{ readonly id: number }];
  expect(asked).toEqual({
    type: "supervise",
    id: 1,
    action: "pause",
    processId: "p2-id",
    pid: 102,
  });
  child.send({ type: "supervised", id: asked.id, ok: true });
  expect(await said).toEqual({ ok: true });
});

test("a child without a channel is alone", async () => {
  expect(await start("pipe").said).toBe("alone");
});
