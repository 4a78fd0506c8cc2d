import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/page.css";
import "./theme/controls.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { createCroupier } from "../../sdk/src/index.ts";
import { openSeat } from "./app/Seat.ts";
import { startTexts } from "./i18n/i18n.ts";
import { keptTheme, showTheme } from "./theme/useTheme.ts";

/** Where people look for the administrator's pages; the paths below are the server's. */
if (/^\/admin\/?$/.test(location.pathname)) {
  history.replaceState(null, "", `/${location.hash || "#/admin/cluster"}`);
}
showTheme(keptTheme());
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root.");
const seat = openSeat(createCroupier(), localStorage);
await startTexts();
createRoot(root).render(
  <StrictMode>
    <App seat={seat} />
  </StrictMode>,
);
