import "./Toasts.css";
import { OnDemand } from "./OnDemand.tsx";
import { useEffect, useState } from "react";

const load = () => import("./ToastStack.tsx");
const NOTHING = {};

/** Shows each piece of news for a moment. Its code comes when the page has become quiet, before there is any news. */
export function Toasts() {
  const [isQuiet, setIsQuiet] = useState(false);
  useEffect(() => whenIdle(() => setIsQuiet(true)), []);
  return <OnDemand load={load} isWanted={isQuiet} with={NOTHING} />;
}

/** Not every browser says when it has time; then a second after the page has come it has. */
const IDLE_GUESS_MS = 1_000;

function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(run, { timeout: 4 * IDLE_GUESS_MS });
    return () => cancelIdleCallback(handle);
  }
  const timer = setTimeout(run, IDLE_GUESS_MS);
  return () => clearTimeout(timer);
}
