import { useContext, useEffect, useState } from "react";
import { TableContext } from "../app/useTable.ts";
import { houseNowMs } from "./houseClock.ts";

/** Seconds change when they do. */
const RENEW_MS = 250;

/** The server's time in epoch milliseconds: as the connection tells it, or at the door as answers do. */
export function useNow(): number {
  const serverNowMs = useContext(TableContext)?.serverNowMs ?? houseNowMs;
  const [nowMs, setNowMs] = useState(serverNowMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(serverNowMs()), RENEW_MS);
    return () => clearInterval(timer);
  }, [serverNowMs]);
  return nowMs;
}
