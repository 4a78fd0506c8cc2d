/**
 * The service worker: opens the console without network.
 *
 * It keeps the console's own files, all of one build, and serves a page from them and from nothing else, so a page is
 * never made of two versions. A newer worker keeps its own files beside and waits to be told (`updates.ts`).
 *
 * It answers nothing that is the server's to say. Questions about players, money and races in progress pass it by; what a
 * page shows without network it remembers itself, with its age (`LastKnown.ts`). Commands pass it by too: the client's
 * outbox keeps them, with their keys. Only of races and draws that are over it keeps the proofs that were looked at: those
 * never change, so the last answer is the answer.
 *
 * And it shows the notices that the server pushes (`notices.ts`), page or no page.
 */
import { clientsClaim } from "workbox-core";
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { NetworkFirst } from "workbox-strategies";
import type { RouteMatchCallback, WorkboxPlugin } from "workbox-core";
import { goTo, noticeOf } from "./notices.ts";
import type { Notice, Tabs } from "./notices.ts";
import { TAKE_OVER } from "./takeOver.ts";

declare const __FILES__: Parameters<typeof precacheAndRoute>[0];

interface Lasting {
  /** The browser lets the worker live until then. */
  readonly waitUntil: (done: Promise<unknown>) => void;
}
interface Events {
  readonly message: { readonly data: unknown };
  readonly push: Lasting & { readonly data: { readonly text: () => string } | null };
  readonly notificationclick: Lasting & {
    readonly notification: { readonly data: unknown; readonly close: () => void };
  };
}
/** The part of a service worker's global scope that is used here. */
interface Scope {
  readonly clients: Tabs;
  readonly registration: {
    readonly showNotification: (
      title: string,
      options: Pick<Notice, "body" | "tag"> & {
        readonly data: string;
        readonly icon: string;
        readonly renotify: boolean;
      },
    ) => Promise<void>;
  };
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: <Type extends keyof Events>(
    type: Type,
    listener: (event: Events[Type]) => void,
  ) => void;
}
const scope = globalThis as unknown as Scope;

/** The addresses that are pages of the console; everything else is the server's, documentation among it. */
const PAGES = [/^\/$/, /^\/index\.html$/, /^\/admin\/?$/];
const PROOF = /^(\/races\/[^/]+\/(replay|verify)|\/api\/v1\/raffles\/[^/]+\/verify)$/;
/** Some are megabytes; these many anyone comes back to. */
const MAX_PROOFS = 20;
/** What a notice shows beside its words. */
const ICON = "/icons/192.png";
/** Then a kept answer is better than to wait on. */
const PROOF_TIMEOUT_S = 8;

clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(__FILES__, { directoryIndex: "index.html" });
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { allowlist: PAGES }));

const isProof: RouteMatchCallback = ({ url, sameOrigin }) => sameOrigin && PROOF.test(url.pathname);

/** The oldest make room; a cache lists in the order of writing. */
const few: WorkboxPlugin = {
  cacheDidUpdate: async ({ cacheName }) => {
    const cache = await caches.open(cacheName);
    const kept = await cache.keys();
    const surplus = kept.slice(0, Math.max(0, kept.length - MAX_PROOFS));
    await Promise.all(surplus.map((request) => cache.delete(request)));
  },
};

registerRoute(
  isProof,
  new NetworkFirst({
    cacheName: "croupier-proofs",
    networkTimeoutSeconds: PROOF_TIMEOUT_S,
    plugins: [few],
  }),
);

scope.addEventListener("message", ({ data }) => {
  if (data === TAKE_OVER) void scope.skipWaiting();
});

scope.addEventListener("push", (event) => {
  const { body, tag, title, url } = noticeOf(event.data?.text(), location.origin);
  const options = { body, tag, data: url, icon: ICON, renotify: true };
  event.waitUntil(scope.registration.showNotification(title, options));
});

scope.addEventListener("notificationclick", (event) => {
  const { notification } = event;
  notification.close();
  event.waitUntil(goTo(scope.clients, String(notification.data)));
});
