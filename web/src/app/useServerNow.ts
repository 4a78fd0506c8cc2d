import { useEffect, useState } from "react";
import { serverNowMs } from "../connection/ServerClock.ts";
import { useTable } from "./useTable.ts";

/** The server's time in epoch milliseconds, renewed every `everyMs`. */
export function useServerNow(everyMs: number): number {
  const { store } = useTable();
  const read = () => serverNowMs(store.get().clock, Date.now());
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), everyMs);
    return () => clearInterval(timer);
  });
  return now;
}
