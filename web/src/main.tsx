import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/controls.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { openSeat } from "./app/Seat.ts";
import type { Seat } from "./app/Seat.ts";
import { keptTheme, showTheme } from "./theme/useTheme.ts";

/** Where people look for the administrator's pages; the paths below are the server's. */
if (/^\/admin\/?$/.test(location.pathname)) {
  history.replaceState(null, "", `/${location.hash || "#/admin/cluster"}`);
}
let seat: Seat | undefined;
const openSeatOnce = () => (seat ??= openSeat(localStorage));

showTheme(keptTheme());
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root.");
createRoot(root).render(
  <StrictMode>
    <App openSeat={openSeatOnce} />
  </StrictMode>,
);
