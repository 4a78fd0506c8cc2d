import { useCallback, useContext, useEffect, useRef, useState } from "react";
import type { RaceRowBody } from "../../../sdk/src/index.ts";
import { useCroupier } from "../app/useSeat.ts";
import { TableContext } from "../app/useTable.ts";
import { withNewer, withOlder } from "./RaceHistory.ts";
import type { RaceHistory } from "./RaceHistory.ts";
import { readRaces } from "./readRaces.ts";
import { useEvery } from "./useEvery.ts";

/** Without a table nothing tells when a race is settled, and with one only of its own lobby. */
const LOOK_EVERY_MS = 5_000;

export interface RaceHistoryView {
  /** Null until it has been read. */
  readonly history: RaceHistory | null;
  /** The newest race, if it was settled while the list was shown. */
  readonly fresh: RaceRowBody | null;
  readonly isFailed: boolean;
  readonly isReading: boolean;
  readonly older: () => void;
  readonly again: () => void;
}

/** The history of all lobbies or of one, which grows at both ends. */
export function useRaceHistory(lobbyId: string | undefined): RaceHistoryView {
  const croupier = useCroupier();
  const [state, setState] = useState<{
    readonly of: string | undefined;
    readonly history: RaceHistory | null;
    readonly fresh: RaceRowBody | null;
    readonly isFailed: boolean;
  }>({ of: lobbyId, history: null, fresh: null, isFailed: false });
  const [isReading, setIsReading] = useState(false);
  const wanted = useRef(lobbyId);
  useEffect(() => {
    wanted.current = lobbyId;
  }, [lobbyId]);

  const look = useCallback(async () => {
    const answer = await readRaces(croupier, { lobbyId });
    if (wanted.current !== lobbyId) return;
    setState((before) => {
      const known = before.of === lobbyId ? before.history : null;
      if (!answer.ok) return { of: lobbyId, history: known, fresh: null, isFailed: true };
      const { next_before: nextBefore, races } = answer.body;
      const history = known === null ? { races, nextBefore } : withNewer(known, answer.body);
      const newest = history.races[0];
      const isFresh =
        known !== null && newest !== undefined && newest.race_id !== known.races[0]?.race_id;
      const fresh = isFresh ? newest : before.of === lobbyId ? before.fresh : null;
      return { of: lobbyId, history, fresh, isFailed: false };
    });
  }, [croupier, lobbyId]);

  const older = useCallback(async () => {
    const before = state.history?.nextBefore;
    if (before === null || before === undefined) return;
    setIsReading(true);
    const answer = await readRaces(croupier, { before, lobbyId });
    setIsReading(false);
    if (!answer.ok || wanted.current !== lobbyId) return;
    setState((known) =>
      known.of === lobbyId && known.history !== null
        ? { ...known, history: withOlder(known.history, answer.body) }
        : known,
    );
  }, [croupier, lobbyId, state.history?.nextBefore]);

  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what is set comes with the answer
    void look();
  }, [look]);
  const lookAgain = useCallback(() => void look(), [look]);
  useEvery(LOOK_EVERY_MS, lookAgain);
  useOwnLobbySettled(lookAgain);

  const isCurrent = state.of === lobbyId;
  return {
    history: isCurrent ? state.history : null,
    fresh: isCurrent ? state.fresh : null,
    isFailed: isCurrent && state.isFailed,
    isReading,
    older: () => void older(),
    again: lookAgain,
  };
}

/** Calls it when the lobby of the table has paid out a race; nothing at the door. */
function useOwnLobbySettled(call: () => void): void {
  const table = useContext(TableContext);
  useEffect(() => {
    if (table === null) return;
    let phase = table.store.get().lobby.lobby?.phase;
    return table.store.subscribe(() => {
      const before = phase;
      phase = table.store.get().lobby.lobby?.phase;
      if (before === "settling" && phase !== before) call();
    });
  }, [table, call]);
}
