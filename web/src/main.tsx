import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/controls.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { openSeat } from "./app/Seat.ts";
import { keptTheme, showTheme } from "./theme/useTheme.ts";

showTheme(keptTheme());
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root.");
createRoot(root).render(
  <StrictMode>
    <App seat={openSeat(localStorage)} />
  </StrictMode>,
);
