/**
 * The service worker: opens the console without network.
 *
 * It keeps the console's own files, all of one build, and serves a page from them and from nothing else, so a page is
 * never made of two versions. A newer worker keeps its own files beside and waits to be told (`updates.ts`).
 *
 * It answers nothing that is the server's to say. Questions about players, money and races in progress pass it by; what a
 * page shows without network it remembers itself, with its age (`LastKnown.ts`). Commands pass it by too: the client's
 * outbox keeps them, with their keys. Only of races that are over it keeps the proofs that were looked at: those never
 * change, so the last answer is the answer.
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
import { TAKE_OVER } from "./takeOver.ts";

declare const __FILES__: Parameters<typeof precacheAndRoute>[0];

/** The part of a service worker's global scope that is used here. */
interface Scope {
  readonly skipWaiting: () => Promise<void>;
  readonly addEventListener: (
    type: "message",
    listener: (event: { readonly data: unknown }) => void,
  ) => void;
}
const scope = globalThis as unknown as Scope;

/** The addresses that are pages of the console; everything else is the server's, documentation among it. */
const PAGES = [/^\/$/, /^\/index\.html$/, /^\/admin\/?$/];
const RACE_PROOF = /^\/races\/[^/]+\/(replay|verify)$/;
/** Some are a megabyte; these many races anyone comes back to. */
const MAX_PROOFS = 20;
/** Then a kept answer is better than to wait on. */
const PROOF_TIMEOUT_S = 8;

clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(__FILES__, { directoryIndex: "index.html" });
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { allowlist: PAGES }));

const isProof: RouteMatchCallback = ({ url, sameOrigin }) =>
  sameOrigin && RACE_PROOF.test(url.pathname);

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
