/**
 * The page's side of the service worker. The worker that a page was loaded by serves it to its end, so that its parts
 * are all of one version; a newer worker fetches the whole new console, and waits until the player takes it. Then all
 * tabs load anew, for the old version's parts are gone.
 *
 * A browser lets the old worker end what it is busy with before the newer one takes over, and Chromium may then forget
 * that it was to: the newer one waits on, whatever it is told (one time in some twenty, on a busy machine). Loading the page
 * anew ends what the old one has to do for it, so a take that comes to nothing is repeated so.
 */
import { TAKE_OVER } from "./takeOver.ts";

export interface Update {
  /** Changes over to the new version, which loads the page anew. */
  readonly take: () => void;
}

/** The path is not named after its content: the worker's address is what makes it the same worker. */
const WORKER_PATH = "/sw.js";
/** A tab that stays open for days looks for a new version now and then. */
const LOOK_EVERY_MS = 30 * 60_000;
/** So long after a page's first files the old worker has nothing to do for it. */
const QUIET_MS = 1_500;
/** A worker that can take over has done so by then. */
const TAKE_PATIENCE_MS = 5_000;
/** Then the offer is made again: a page must not load anew for ever. */
const MAX_TAKES = 5;
/** How often this tab has told the newer worker in vain, over its loads. */
const TAKES_KEY = "croupier.takes";

/**
 * Registers the worker, once for the page, and calls `onUpdate` when a newer console waits. A development server has no
 * worker, for what it serves changes under the page; browsers have none on pages that came over plain HTTP from
 * another host. Returns how to stop listening.
 */
export function followUpdates(onUpdate: (update: Update) => void): () => void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return () => undefined;
  const { serviceWorker } = navigator;
  const stopped = new AbortController();
  const { signal } = stopped;
  // The very first worker takes over a page that came without one, and changes nothing.
  let hasWorker = serviceWorker.controller !== null;
  let isReloading = false;
  serviceWorker.addEventListener(
    "controllerchange",
    () => {
      const isFirst = !hasWorker;
      hasWorker = true;
      if (isFirst || isReloading) return;
      isReloading = true;
      location.reload();
    },
    { signal },
  );
  const take = (worker: ServiceWorker): void => {
    sessionStorage.setItem(TAKES_KEY, String(takes() + 1));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker is no window
    const timers = [setTimeout(() => worker.postMessage(TAKE_OVER), untilQuietMs())];
    timers.push(setTimeout(() => location.reload(), TAKE_PATIENCE_MS));
    signal.addEventListener("abort", () => timers.forEach(clearTimeout));
  };
  const offer = (worker: ServiceWorker): void => {
    const before = takes();
    if (before > 0 && before < MAX_TAKES) {
      take(worker);
      return;
    }
    sessionStorage.removeItem(TAKES_KEY);
    onUpdate({ take: () => take(worker) });
  };
  const watch = (registration: ServiceWorkerRegistration) => {
    if (registration.waiting !== null && serviceWorker.controller !== null) {
      offer(registration.waiting);
    } else {
      sessionStorage.removeItem(TAKES_KEY);
    }
    registration.addEventListener(
      "updatefound",
      () => {
        const worker = registration.installing;
        worker?.addEventListener(
          "statechange",
          () => {
            if (worker.state === "installed" && serviceWorker.controller !== null) offer(worker);
          },
          { signal },
        );
      },
      { signal },
    );
    const timer = setInterval(() => void look(registration), LOOK_EVERY_MS);
    signal.addEventListener("abort", () => clearInterval(timer));
  };
  // After the page: its own files come first.
  const register = () =>
    serviceWorker.register(WORKER_PATH, { updateViaCache: "none" }).then(
      // Some browsers that forbid it say so by resolving with nothing.
      (registration: ServiceWorkerRegistration | undefined) => {
        if (registration !== undefined && !signal.aborted) watch(registration);
      },
      // A server without the worker, or a browser that forbids it: the console works, with the network alone.
      () => undefined,
    );
  if (document.readyState === "complete") void register();
  else addEventListener("load", () => void register(), { once: true, signal });
  return () => stopped.abort();
}

/** How long the old worker is busy with this page yet; it began to load when the clock of `performance` did. */
const untilQuietMs = (): number => {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const loadedMs = page?.loadEventEnd ?? 0;
  return Math.max(0, loadedMs + QUIET_MS - performance.now());
};

const takes = (): number => Number(sessionStorage.getItem(TAKES_KEY) ?? 0);

async function look(registration: ServiceWorkerRegistration): Promise<void> {
  try {
    await registration.update();
  } catch {
    // Without network there is nothing new to be found; it is looked for again.
    return;
  }
}
