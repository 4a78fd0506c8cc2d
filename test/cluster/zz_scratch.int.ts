import { it } from "vitest";
import { LocalCluster } from "./support/LocalCluster.ts";
import { bet, send } from "../crash/Player.ts";
import { setTimeout as delay } from "node:timers/promises";

it("measures", async () => {
  const t0 = performance.now();
  const cluster = await LocalCluster.open({ processes: 3, env: { LOG_LEVEL: process.env["LL"] ?? "info" } });
  console.log("open", performance.now() - t0);
  for (const how of ["kill", "stop", "pause"] as const) {
    for (let r = 0; r < 3; r++) {
      const [victim] = cluster.members.slice(r % 3);
      const via = cluster.other(victim!);
      const lobby = await cluster.bettingLobby(`${how}${r}`, via);
      const [player] = await cluster.playersOf(victim!, 1, lobby);
      await player!.ask(bet("first"));
      const log: string[] = [];
      const at = performance.now();
      const since = () => (performance.now() - at).toFixed(0);
      const wall = Date.now();
      let done: Promise<unknown> = Promise.resolve();
      if (how === "kill") done = victim!.kill();
      else if (how === "stop") done = victim!.stop().then(() => log.push(`exit ${since()}`));
      else victim!.pause();
      let maxGap = 0; let last = performance.now(); let ok = 0;
      let firstElse: string | undefined;
      const end = performance.now() + (how === "pause" ? 4000 : 3000);
      while (performance.now() < end) {
        const a = await send(via.url, bet(`k${ok}-${Math.random()}`), player!.token).catch(() => undefined);
        if (a?.status !== 201) { log.push(`status ${a?.status} ${since()} ${JSON.stringify(a?.body)}`); await delay(10); continue; }
        const now = performance.now();
        maxGap = Math.max(maxGap, now - last); last = now; ok++;
      }
      await done;
      console.log(how, "maxGap", maxGap.toFixed(0), "ok", ok, log.slice(0, 5).join("; "));
      const fs = await import("node:fs");
      fs.writeFileSync(`/tmp/scratch/${how}${r}.log`, `wall ${new Date(wall).toISOString()}\n` + [victim!, ...cluster.members].map((m) => `=== ${m.name} ${m === victim ? "VICTIM" : ""}${m === via ? "VIA": ""}\n` + m.server.output().split("\n").slice(-120).join("\n")).join("\n"));
      if (how === "pause") victim!.resume();
      if (how !== "pause") await cluster.add();
      const s = performance.now();
      await cluster.settled();
      console.log("resettled", performance.now() - s);
    }
  }
  await cluster.close();
}, 300000);
