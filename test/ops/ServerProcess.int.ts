import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";

const script = new URL("../../scripts/server-process.mjs", import.meta.url).href;

/** A server that counts the signals it gets, and ends by itself a moment after the first. */
const SERVER = `
  let signals = 0;
  const hold = setInterval(() => {}, 1e6);
  const onSignal = () => {
    signals += 1;
    if (signals === 1) setTimeout(() => { console.log("drained after", signals); process.exit(3); }, 200);
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
  console.log("ready", process.pid);
`;

const start = async () => {
  const starter = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { spawn } from "node:child_process";
       import { runUntilExit } from ${JSON.stringify(script)};
       runUntilExit(spawn(process.execPath, ["-e", ${JSON.stringify(SERVER)}], { stdio: "inherit" }));`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const lines = createInterface({ input: starter.stdout });
  const [ready] = (await once(lines, "line")) as [string];
  return { starter, lines, server: Number(ready.split(" ")[1]) };
};

it.each(["SIGTERM", "SIGINT"] as const)(
  "passes %s on once, waits for the server to drain and ends with its exit code",
  async (signal) => {
    const { starter, lines } = await start();
    const drained = once(lines, "line");
    const ended = once(starter, "exit");
    starter.kill(signal);
    starter.kill(signal);
    expect(await drained).toEqual(["drained after 1"]);
    expect(await ended).toEqual([3, null]);
  },
);

it("ends as shells tell it when the server is killed", async () => {
  const { starter, server } = await start();
  const ended = once(starter, "exit");
  process.kill(server, "SIGKILL");
  expect(await ended).toEqual([128 + 9, null]);
});
