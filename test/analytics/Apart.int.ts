/** DuckDB stays out of the server's process, and its own does not outlive the server. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A process like the server's that runs `script`. */
const run = (script: string) =>
  spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });

describe("the server's process", () => {
  it("loads no DuckDB with what it uses of it", async () => {
    const child = run(`
      await import("./src/jobs/AnalyticsExport.ts");
      await import("./src/analytics/QueryDesk.ts");
      await import("./src/analytics/ParquetFilteredStats.ts");
      console.log(process.report.getReport().sharedObjects.filter((name) => name.includes("duckdb")).length);
    `);
    expect(await text(child.stdout)).toBe("0\n");
  });

  it("takes a program with it that is in the middle of a query", async () => {
    const child = run(`
      const { Apart } = await import("./src/analytics/Apart.ts");
      const apart = new Apart({ program: "QueryProgram", maxHeapMb: 128, nice: 0, idleMs: 60000 });
      const never = new AbortController().signal;
      await apart.ask({ kind: "open", folder: ".", memoryMb: 64, tables: [] }, never);
      const sql = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range % 7 = b.range % 5";
      void apart.ask({ kind: "ask", sql, values: [], limit: 1 }, never);
      console.log(apart.pid);
      setInterval(() => undefined, 1000);
    `);
    const [pid] = await once(createInterface({ input: child.stdout }), "line");
    expect(() => process.kill(Number(pid), 0)).not.toThrow();
    child.kill("SIGKILL");
    // Ends when that process is gone.
    const watch = spawn("tail", ["--pid", String(pid), "-f", "/dev/null"], { stdio: "ignore" });
    const [code] = await once(watch, "exit");
    expect(code).toBe(0);
    expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
  });
});
