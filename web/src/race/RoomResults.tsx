import { useEffect, useMemo, useState } from "react";
import type { Bet } from "../../../sdk/src/index.ts";
import { useRoom } from "../room/useRoom.ts";
import { useCroupier } from "../app/useSeat.ts";
import { useTable } from "../app/useTable.ts";
import type { RaceOutcome } from "./RaceOutcome.ts";
import { Results } from "./Results.tsx";
import { MS_PER_TICK, reckonedCrossings } from "../../../sdk/src/index.ts";
import { readFinishedRace } from "./readRace.ts";
import type { FinishedRace } from "./readRace.ts";

const NONE: readonly Bet[] = [];

/** The result of the lobby's last race: what its frames told at once, and the pools when they have been read. */
export function RoomResults() {
  const { session } = useTable();
  const result = useRoom((state) => state.lobby.result);
  const bets = useRoom((state) => state.bets.byRace[state.lobby.result?.raceId ?? ""] ?? NONE);
  const casts = useRoom((state) =>
    state.lobby.lobby?.race_id === state.lobby.result?.raceId ? state.lobby.casts : null,
  );
  const official = useFinishedRace(result?.raceId ?? null);
  const crossings = useMemo(
    () =>
      result === null
        ? []
        : reckonedCrossings(result.run).map((tick) => (tick === null ? null : tick * MS_PER_TICK)),
    [result],
  );
  if (result === null) return null;
  const race: RaceOutcome = official ?? {
    race_id: result.raceId,
    runners: result.runners,
    order: result.order,
    photo_finish: result.photoFinish ?? undefined,
  };
  const powersMinor = (casts ?? [])
    .filter(({ playerId }) => playerId === null || playerId === session.playerId)
    .reduce((sum, { costMinor }) => sum + costMinor, 0);
  return <Results race={race} crossings={crossings} bets={bets} powersMinor={powersMinor} />;
}

/** How long to wait before a race that is settled but could not be read is asked for again. */
const RETRY_MS = 1_500;

function useFinishedRace(raceId: string | null): FinishedRace | undefined {
  const croupier = useCroupier();
  const [read, setRead] = useState<FinishedRace>();
  useEffect(() => {
    if (raceId === null) return;
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const race = await readFinishedRace(croupier, raceId);
      if (!isWanted) return;
      if (race !== undefined) setRead(race);
      else timer = setTimeout(() => void ask(), RETRY_MS);
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [croupier, raceId]);
  return read?.race_id === raceId ? read : undefined;
}
