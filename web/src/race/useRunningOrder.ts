import { useMemo } from "react";
import { useRoom } from "../room/useRoom.ts";
import { runningOrder } from "../../../sdk/src/index.ts";

/** The runners' numbers from the leader back, while they run; empty before the first sample. */
export function useRunningOrder(): readonly number[] {
  const text = useRoom(({ lobby: { lobby, run } }) => {
    const lanes = runningOrder(run);
    if (lobby === null || lanes === null) return "";
    return lanes
      .flatMap((lane) => {
        const runner = lobby.runners[lane];
        return runner === undefined || runner.scratched ? [] : [runner.number];
      })
      .join(" ");
  });
  // As text, an order that has not changed is no change.
  return useMemo(() => (text === "" ? [] : text.split(" ").map(Number)), [text]);
}
