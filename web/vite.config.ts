import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { offlineWorker } from "./offlineWorker.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The server that a development console speaks to. */
const SERVER_URL = process.env["CROUPIER_URL"] ?? "http://127.0.0.1:8080";
/** Below `/admin`, for that itself is a page. */
const SERVER_PATHS = [
  "^/admin/.+",
  "/analytics",
  "/api",
  "/auth",
  "/bets",
  "/health",
  "/lobbies",
  "/powers",
  "/races",
  "/wallet",
];

export default defineConfig({
  root: here("."),
  plugins: [react(), offlineWorker()],
  build: {
    outDir: here("../dist/web"),
    emptyOutDir: true,
    // The first releases with CSS light-dark(), which the whole theme rests on.
    target: ["chrome123", "edge123", "firefox120", "safari17.5"],
    // The gateway's content security policy allows no data: sources.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      ...Object.fromEntries(SERVER_PATHS.map((path) => [path, SERVER_URL])),
      "/ws": { target: SERVER_URL, ws: true },
    },
  },
});
