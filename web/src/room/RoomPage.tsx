import "./Room.css";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../app/Refused.tsx";
import { useSeat } from "../app/useSeat.ts";
import { BetSlip } from "../bets/BetSlip.tsx";
import { KeptBets } from "../bets/KeptBets.tsx";
import { MyBets } from "../bets/MyBets.tsx";
import { Pools } from "../bets/Pools.tsx";
import type { Draft } from "../bets/draft.ts";
import { EMPTY_DRAFT, togglePick, withoutRunners } from "../bets/draft.ts";
import { usePlacing } from "../bets/usePlacing.ts";
import { PhaseBar } from "../lobby/PhaseBar.tsx";
import { useHouseRules } from "../lobby/useHouseRules.ts";
import { Powers } from "../powers/Powers.tsx";
import { OddsBoard } from "../race/OddsBoard.tsx";
import { Positions } from "../race/Positions.tsx";
import { RoomResults } from "../race/RoomResults.tsx";
import { Track } from "../race/Track.tsx";
import { Coach } from "./Coach.tsx";
import { useNumberKeys } from "./useNumberKeys.ts";
import { useRoom } from "./useRoom.ts";

const PHONE = "(max-width: 719px)";

/** The page at the table. What matters now stands first: the field while betting, the track while racing. */
export default function RoomPage({ lobbyId }: { readonly lobbyId: string }) {
  const { t } = useTranslation("room");
  const seat = useSeat();
  useEffect(() => seat.sitAt(lobbyId), [seat, lobbyId]);
  const phase = useRoom((state) => state.lobby.lobby?.phase);
  const hasResult = useRoom((state) => state.lobby.result !== null);
  const hasBet = useRoom((state) => {
    const raceId = state.lobby.lobby?.race_id ?? "";
    return (state.bets.byRace[raceId] ?? []).some(({ status }) => status !== "cancelled");
  });
  const rules = useHouseRules();
  const placing = usePlacing();
  const [draft, setDraft] = useDraft();
  const isBetting = phase === "betting";
  const isRacing = phase === "racing";
  const { change } = placing;
  const pick = useCallback(
    (number: number) => {
      change();
      setDraft((before) => togglePick(before, number));
    },
    [change, setDraft],
  );
  useNumberKeys(isBetting, pick);

  useEffect(() => {
    document.title = phase === undefined ? "Croupier" : `${t(`page.${phase}`)} · Croupier`;
    return () => {
      document.title = "Croupier";
    };
  }, [phase, t]);

  useEffect(() => {
    // On a phone the track comes up above the slip, where nobody who has just placed a bet would see it.
    if (phase === "racing" && matchMedia(PHONE).matches) scrollTo({ top: 0 });
  }, [phase]);

  if (phase === undefined) {
    return (
      <main id="main" tabIndex={-1} className="page is-wide room is-loading" aria-busy="true">
        {/* Listens from the first moment: an answer may come before the lobby. */}
        <KeptBets />
        <ConnectionWait />
      </main>
    );
  }
  const showsTrack = isRacing || (!isBetting && hasResult);
  return (
    <main id="main" tabIndex={-1} className="page is-wide room">
      <KeptBets />
      <PhaseBar />
      {!isRacing && <Coach hasPicked={draft.selection.length > 0} hasBet={hasBet} />}
      <div className="room-columns" data-phase={phase}>
        <div className="room-main">
          {showsTrack && (
            <div className="panel room-race">
              <Track />
              <Positions />
            </div>
          )}
          {!isBetting && !isRacing && hasResult && <RoomResults />}
          {(isBetting || isRacing || !hasResult) && (
            <OddsBoard draft={draft} isOpen={isBetting} onPick={pick} />
          )}
          <Pools />
        </div>
        <div className="room-side">
          {isRacing && <Powers />}
          {isBetting && (
            <BetSlip
              draft={draft}
              onDraft={setDraft}
              isOpen={isBetting}
              placing={placing}
              rules={rules}
            />
          )}
          {!isBetting && placing.refusal !== null && <Refused refusal={placing.refusal} />}
          <MyBets rules={rules} />
        </div>
      </div>
    </main>
  );
}

type Change = Draft | ((before: Draft) => Draft);

/** What is on the slip. What was picked for a race does not outlive it; the market does. */
function useDraft(): readonly [Draft, (next: Change) => void] {
  const raceId = useRoom((state) => state.lobby.lobby?.race_id);
  const runners = useRoom((state) => state.lobby.lobby?.runners);
  const [kept, setKept] = useState({ raceId, draft: EMPTY_DRAFT });
  const draft = useMemo(() => {
    if (kept.raceId !== raceId) return { ...kept.draft, selection: [] };
    const scratched = runners?.filter((runner) => runner.scratched).map(({ number }) => number);
    return withoutRunners(kept.draft, scratched ?? []);
  }, [kept, raceId, runners]);
  const setDraft = useCallback(
    (next: Change) => {
      setKept((before) => {
        const draft = before.raceId === raceId ? before.draft : { ...before.draft, selection: [] };
        return { raceId, draft: typeof next === "function" ? next(draft) : next };
      });
    },
    [raceId],
  );
  return [draft, setDraft];
}

function ConnectionWait() {
  const { t } = useTranslation("room");
  const kind = useRoom((state) => state.connection.kind);
  return (
    <div className="room-wait">
      <span className="room-spinner" aria-hidden="true" />
      <p>{kind === "waiting" ? t("unanswered") : t("loading")}</p>
    </div>
  );
}
