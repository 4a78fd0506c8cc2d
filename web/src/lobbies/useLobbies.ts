import { useContext, useEffect, useState } from "react";
import type { LobbyBody, RaceRowBody } from "../../../sdk/src/index.ts";
import { useCroupier } from "../app/useSeat.ts";
import { TableContext } from "../app/useTable.ts";
import { readOpenBets } from "../bets/readBets.ts";
import type { Problem } from "../http/request.ts";
import { keepKnown, lastKnown } from "../offline/LastKnown.ts";
import { tellReached } from "../offline/useIsOffline.ts";
import { readHouseClock } from "./houseClock.ts";
import { isLobbies } from "./isLobbies.ts";
import { lastRaces, openBets } from "./lobbyView.ts";
import type { OpenBets } from "./lobbyView.ts";

/** Pools grow and odds move; phases are seen to end by the clock in between. */
const READ_EVERY_MS = 3_000;
const KNOWN = "lobbies";
/** As many races as lie between two looks at a dozen lobbies. */
const MAX_RACES = 30;
/** More than anyone has open at once by hand. */
const MAX_BETS = 100;

export interface Lobbies {
  /** Null until something is known of them. */
  readonly lobbies: readonly LobbyBody[] | null;
  /** Why they could not be read the last time. */
  readonly problem: Problem | null;
  /** Since when nothing newer is known, by this device's clock; null while they are as of now. */
  readonly asOfMs: number | null;
  readonly races: Readonly<Record<string, RaceRowBody>>;
  readonly bets: Readonly<Record<string, OpenBets>>;
}

const NOTHING: Lobbies = { lobbies: null, problem: null, asOfMs: null, races: {}, bets: {} };

/** The lobbies, read anew every few seconds while the page is looked at, and what is known of them without network. */
export function useLobbies(): Lobbies & { readonly readAgain: () => void } {
  const croupier = useCroupier();
  const playerId = useContext(TableContext)?.session.playerId;
  const [state, setState] = useState<Lobbies>(NOTHING);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const change = (next: (state: Lobbies) => Lobbies) => {
      if (isShown) setState(next);
    };
    const read = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        const lobbies = await croupier.get("/lobbies");
        tellReached(lobbies.ok || lobbies.problem.code !== "offline");
        if (lobbies.ok) {
          const { body } = lobbies;
          keepKnown(localStorage, KNOWN, body, { nowMs: Date.now() });
          change((state) => ({ ...state, lobbies: body.lobbies, problem: null, asOfMs: null }));
          if (playerId === undefined) void readHouseClock();
          const [races, bets] = await Promise.all([
            croupier.get("/analytics/races", { query: { limit: MAX_RACES } }),
            playerId === undefined ? undefined : readOpenBets(croupier, MAX_BETS),
          ]);
          change((state) => ({
            ...state,
            races: races.ok ? lastRaces(races.body.races) : state.races,
            bets: bets === undefined ? state.bets : openBets(bets),
          }));
        } else change((state) => withoutAnswer(state, lobbies.problem));
      }
      if (isShown) timer = setTimeout(() => void read(), READ_EVERY_MS);
    };
    const wake = () => void read();
    void read();
    document.addEventListener("visibilitychange", wake);
    addEventListener("online", wake);
    return () => {
      isShown = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
      removeEventListener("online", wake);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it is asked again
  }, [croupier, playerId, attempt]);

  return { ...state, readAgain: () => setAttempt(attempt + 1) };
}

function withoutAnswer(state: Lobbies, problem: Problem): Lobbies {
  if (state.lobbies !== null) {
    return { ...state, problem, asOfMs: state.asOfMs ?? Date.now() };
  }
  const known = lastKnown(localStorage, KNOWN, isLobbies);
  return known === null
    ? { ...state, problem }
    : { ...state, problem, lobbies: known.body.lobbies, asOfMs: known.atMs };
}
