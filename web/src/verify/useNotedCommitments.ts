import { useEffect } from "react";
import type { Table } from "../app/Table.ts";
import { noteCommitment } from "./notedCommitments.ts";

/** Notes the commitment of every race that the table shows while bets are taken. Nothing happens at the door. */
export function useNotedCommitments(table: Table | null): void {
  useEffect(() => {
    if (table === null) return;
    let lastRaceId: string | null = null;
    const note = () => {
      const { lobby } = table.store.get().lobby;
      if (lobby === null || lobby.phase !== "betting" || lobby.commitment === "") return;
      if (lobby.race_id === lastRaceId) return;
      lastRaceId = lobby.race_id;
      const { commitment, race_id: raceId, runners } = lobby;
      noteCommitment(localStorage, { raceId, commitment, runners }, Date.now());
    };
    note();
    return table.store.subscribe(note);
  }, [table]);
}
