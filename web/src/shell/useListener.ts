import { useEffect, useEffectEvent } from "react";

/** Listens for as long as the component is shown; `listener` always sees the latest rendering. */
export function useListener(
  listen: (listener: () => void) => () => void,
  listener: () => void,
): void {
  const latest = useEffectEvent(listener);
  useEffect(() => listen(() => latest()), [listen]);
}
