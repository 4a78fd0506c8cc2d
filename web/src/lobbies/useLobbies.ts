import { useContext, useEffect, useState } from "react";
import type { LobbyBody, RaceRowBody } from "../../../sdk/src/index.ts";
import { TableContext } from "../app/useTable.ts";
import type { Problem } from "../http/request.ts";
import { keepKnown, lastKnown } from "../offline/LastKnown.ts";
import { tellReached } from "../offline/useIsOffline.ts";
import { readHouseClock } from "./houseClock.ts";
import { lastRaces, openBets } from "./lobbyView.ts";
import type { OpenBets } from "./lobbyView.ts";
import { readLastRaces, readOwnBets } from "./readHistory.ts";
import { isLobbies, readLobbies } from "./readLobbies.ts";

/** Pools grow and odds move; phases are seen to end by the clock in between. */
const READ_EVERY_MS = 3_000;
const KNOWN = "lobbies";

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
  const token = useContext(TableContext)?.session.token;
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
        const lobbies = await readLobbies();
        tellReached(lobbies.ok || lobbies.problem.code !== "offline");
        if (lobbies.ok) {
          const nowMs = Date.now();
          keepKnown(localStorage, KNOWN, { lobbies: lobbies.body }, { nowMs });
          change((state) => ({ ...state, lobbies: lobbies.body, problem: null, asOfMs: null }));
        } else change((state) => withoutAnswer(state, lobbies.problem));
        if (lobbies.ok) {
          if (token === undefined) void readHouseClock();
          const [races, bets] = await Promise.all([
            readLastRaces(),
            token === undefined ? undefined : readOwnBets(token),
          ]);
          change((state) => ({
            ...state,
            races: races === undefined ? state.races : lastRaces(races),
            bets: bets === undefined ? state.bets : openBets(bets),
          }));
        }
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
  }, [token, attempt]);

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
