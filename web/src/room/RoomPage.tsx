import "./Room.css";
import { useEffect, useState } from "react";
import { BetSlip } from "../bets/BetSlip.tsx";
import { MyBets } from "../bets/MyBets.tsx";
import { Pools } from "../bets/Pools.tsx";
import type { Draft } from "../bets/draft.ts";
import { EMPTY_DRAFT, togglePick, withoutRunners } from "../bets/draft.ts";
import { PhaseBar } from "../lobby/PhaseBar.tsx";
import { Powers } from "../powers/Powers.tsx";
import { Positions } from "../race/Positions.tsx";
import { RaceCard } from "../race/RaceCard.tsx";
import { Results } from "../race/Results.tsx";
import { Track } from "../race/Track.tsx";
import { useSeat } from "../app/useSeat.ts";
import { useTableState } from "../app/useTable.ts";

const PAGE_TITLES = {
  betting: "Betting open · Croupier",
  racing: "Racing · Croupier",
  settling: "Settling · Croupier",
  lobby: "Results · Croupier",
} as const;

const PHONE = "(max-width: 719px)";

/** The page at the table. What matters now stands first: the field while betting, the track while racing. */
export function RoomPage({ lobbyId }: { readonly lobbyId: string }) {
  const seat = useSeat();
  useEffect(() => seat.sitAt(lobbyId), [seat, lobbyId]);
  const phase = useTableState((state) => state.lobby.lobby?.phase);
  const raceId = useTableState((state) => state.lobby.lobby?.race_id);
  const runners = useTableState((state) => state.lobby.lobby?.runners);
  const hasResult = useTableState((state) => state.lobby.result !== null);
  const [kept, setKept] = useState({ raceId, draft: EMPTY_DRAFT });
  const scratched = runners?.filter((runner) => runner.scratched).map(({ number }) => number);
  // What was picked for a race does not outlive it; the market does.
  const draft =
    kept.raceId === raceId
      ? withoutRunners(kept.draft, scratched ?? [])
      : { ...kept.draft, selection: [] };
  const setDraft = (next: Draft) => setKept({ raceId, draft: next });

  useEffect(() => {
    document.title = phase === undefined ? "Croupier" : PAGE_TITLES[phase];
    return () => {
      document.title = "Croupier";
    };
  }, [phase]);

  useEffect(() => {
    // On a phone the track comes up above the slip, where nobody who has just placed a bet would see it.
    if (phase === "racing" && matchMedia(PHONE).matches) scrollTo({ top: 0 });
  }, [phase]);

  if (phase === undefined) {
    return (
      <main className="room is-loading" aria-busy="true">
        <ConnectionWait />
      </main>
    );
  }
  const isBetting = phase === "betting";
  const isRacing = phase === "racing";
  const showsTrack = isRacing || (!isBetting && hasResult);
  return (
    <main className="room">
      <PhaseBar />
      <div className="room-columns" data-phase={phase}>
        <div className="room-main">
          {showsTrack && (
            <div className="panel room-race">
              <Track />
              <Positions />
            </div>
          )}
          {!isBetting && !isRacing && hasResult && <Results />}
          {(isBetting || isRacing || !hasResult) && (
            <RaceCard
              draft={draft}
              isOpen={isBetting}
              onPick={(number) => setDraft(togglePick(draft, number))}
            />
          )}
          <Pools />
        </div>
        <div className="room-side">
          {isRacing ? (
            <Powers />
          ) : (
            isBetting && <BetSlip draft={draft} onDraft={setDraft} isOpen={isBetting} />
          )}
          <MyBets />
        </div>
      </div>
    </main>
  );
}

function ConnectionWait() {
  const kind = useTableState((state) => state.connection.kind);
  return (
    <div className="room-wait">
      <span className="room-spinner" aria-hidden="true" />
      <p>
        {kind === "waiting"
          ? "The table does not answer yet. Trying again…"
          : "Taking you to the table…"}
      </p>
    </div>
  );
}
