/**
 * What the console asks of a player's device: script to load, time until it can be used, frames and memory while the
 * server sends ten times as many updates as it ever does. In a headless Chromium on this machine, which shares its cores
 * with the server; the frame rate is therefore set against that of an empty page in the same browser.
 */
import { gzipSync } from "node:zlib";
import type { Browser, CDPSession, Page } from "playwright-core";
import { ConsolePage } from "../test/web/support/ConsolePage.ts";
import type { Bench, Stage } from "./Bench.ts";
import { openConsole } from "./support/ConsoleStage.ts";
import { interleave, median } from "./support/Rounds.ts";

const KILOBYTE = 1_000;
const MEBIBYTE = 1024 ** 2;
const UPDATES_PER_SECOND = 200;
/** So many files are named. */
const LARGEST = 5;
const COLD_STARTS = { full: 5, quick: 3 };
/** Until what is loaded and compiled once has been, and the first garbage has gone. */
const WARM_UP_MS = 2_000;
const MEMORY_MS = { full: 300_000, quick: 30_000 };
/** As a browser with a player's language has it; a headless one makes up its own from the system's. */
const LOCALE = "en-US";

/** In the page: when the form that lets a player in could be used for the first time, since navigation. */
const WATCH_DOOR = `
  window.interactiveMs = new Promise((resolve) => {
    const look = () => {
      const button = document.querySelector("form button[type=submit]:not(:disabled)");
      if (button === null) return requestAnimationFrame(look);
      // Painted, and the thread is free to answer.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now()), 0));
    };
    look();
  });`;

/** In the page: when each frame of the next so many milliseconds began. */
const frameTimes = (page: Page, ms: number) =>
  page.evaluate<number[]>(`new Promise((resolve) => {
    const times = [];
    const step = (time) => {
      times.push(time);
      if (time - times[0] < ${ms}) requestAnimationFrame(step);
      else resolve(times);
    };
    requestAnimationFrame(step);
  })`);

const perSecond = (times: ReadonlyArray<number>) =>
  ((times.length - 1) * 1_000) / (times.at(-1)! - times[0]!);

const longestGapMs = (times: ReadonlyArray<number>) =>
  Math.max(...times.slice(1).map((time, i) => time - times[i]!));

/** Seconds for which the page's main thread has been busy since it began. */
const busySeconds = async (session: CDPSession) => {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
};

const seated = async (browser: Browser, url: string) => {
  const console = await ConsolePage.open(browser, url, { locale: LOCALE });
  await console.join("Ada");
  const session = await console.page.context().newCDPSession(console.page);
  return { console, page: console.page, session };
};

const script: Bench = {
  name: "console-script",
  about: "script that a first visit loads until the door can be used, gzipped",
  unit: "kB",
  bar: { oursAtMost: 200 },
  run: async (stage) => {
    const { browser, server } = await openConsole(stage);
    const page = await (await browser.newContext({ locale: LOCALE })).newPage();
    const bodies: Array<Promise<readonly [string, number]>> = [];
    page.on("response", (response) => {
      const { pathname } = new URL(response.url());
      if (!pathname.endsWith(".js")) return;
      bodies.push(response.body().then((body) => [pathname, gzipSync(body).length] as const));
    });
    await page.goto(server.url);
    await page.locator("form button[type=submit]").first().waitFor();
    await page.waitForLoadState("networkidle");
    const scripts = await Promise.all(bodies);
    return {
      ours: scripts.reduce((sum, [, bytes]) => sum + bytes, 0) / KILOBYTE,
      notes: [
        `${scripts.length} files; the largest: ${scripts
          .toSorted(([, a], [, b]) => b - a)
          .slice(0, LARGEST)
          .map(([path, bytes]) => `${path} ${(bytes / KILOBYTE).toFixed(1)} kB`)
          .join(", ")}`,
      ],
    };
  },
};

const interactive: Bench = {
  name: "console-interactive",
  about: "from navigation to a door that can be used, cold cache, median; then it is used",
  unit: "ms",
  bar: { oursAtMost: 1_500 },
  run: async (stage) => {
    const { browser, server } = await openConsole(stage);
    const starts: Array<number> = [];
    for (let start = 0; start < (stage.quick ? COLD_STARTS.quick : COLD_STARTS.full); start += 1) {
      // A context of its own has nothing in its cache.
      const context = await browser.newContext({ locale: LOCALE });
      const page = await context.newPage();
      await page.addInitScript(WATCH_DOOR);
      await page.goto(server.url);
      starts.push(await page.evaluate<number>("window.interactiveMs"));
      await context.close();
    }
    await (await seated(browser, server.url)).console.close();
    return {
      ours: median(starts),
      notes: [`starts: ${starts.map((ms) => ms.toFixed(0)).join(", ")} ms`],
    };
  },
};

const frames: Bench = {
  name: "console-frames",
  about: `frames a second of the room with ${UPDATES_PER_SECOND} updates a second, against an empty page in the same browser`,
  unit: "frames/s",
  // One frame in twenty is what the two differ by from round to round.
  bar: { ratioAtLeast: 0.95 },
  run: async (stage) => {
    const { browser, server } = await openConsole(stage);
    const { page, session } = await seated(browser, server.url);
    // By the thread's own clock, which stands still while another process has the core.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    const empty = await (await browser.newContext()).newPage();
    await empty.goto("about:blank");
    const ms = stage.seconds * 1_000;
    const { a, b } = await interleave(stage.rounds, {
      a: async () => {
        // A page in the background draws no frames.
        await page.bringToFront();
        const storm = server.storm({ perSecond: UPDATES_PER_SECOND, ms: ms + WARM_UP_MS });
        await frameTimes(page, WARM_UP_MS);
        const [busyBefore, startedAt] = [await busySeconds(session), performance.now()];
        const times = await frameTimes(page, ms);
        const busy = (await busySeconds(session)) - busyBefore;
        const share = (busy * 1_000) / (performance.now() - startedAt);
        return { times, share, sent: await storm };
      },
      b: async () => {
        await empty.bringToFront();
        return frameTimes(empty, ms);
      },
    });
    const sentPerSecond = a.map(({ sent }) => (sent * 1_000) / (ms + WARM_UP_MS));
    return {
      ours: median(a.map(({ times }) => perSecond(times))),
      peer: median(b.map(perSecond)),
      notes: [
        `the server sent ${median(sentPerSecond).toFixed(0)} updates/s; the page's main thread was busy ${(median(a.map(({ share }) => share)) * 100).toFixed(0)}% of the time`,
        `longest gap between two frames: ours ${median(a.map(({ times }) => longestGapMs(times))).toFixed(0)} ms, empty page ${median(b.map(longestGapMs)).toFixed(0)} ms`,
        `rounds: ours ${a.map(({ times }) => perSecond(times).toFixed(1)).join(", ")}; empty page ${b.map((times) => perSecond(times).toFixed(1)).join(", ")}`,
      ],
    };
  },
};

/** What is still referred to, once all garbage is collected. */
const heapBytes = async (session: CDPSession) => {
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize;
};

const memory: Bench = {
  name: "console-memory",
  about: `growth of the page's heap over five minutes of ${UPDATES_PER_SECOND} updates a second, from the first quarter's end on`,
  unit: "MiB",
  bar: { oursAtMost: 1 },
  run: async (stage: Stage) => {
    const { browser, server } = await openConsole(stage);
    const { session } = await seated(browser, server.url);
    const ms = stage.quick ? MEMORY_MS.quick : MEMORY_MS.full;
    const heaps: Array<number> = [];
    for (let quarter = 1; quarter <= 4; quarter += 1) {
      await server.storm({ perSecond: UPDATES_PER_SECOND, ms: ms / 4 });
      heaps.push(await heapBytes(session));
      stage.progress(`quarter ${quarter} of ${ms / 1_000} s`);
    }
    return {
      ours: (heaps.at(-1)! - heaps[0]!) / MEBIBYTE,
      notes: [
        `after each quarter: ${heaps.map((bytes) => (bytes / MEBIBYTE).toFixed(2)).join(", ")} MiB`,
      ],
    };
  },
};

export const consoleBenches: ReadonlyArray<Bench> = [script, interactive, frames, memory];
