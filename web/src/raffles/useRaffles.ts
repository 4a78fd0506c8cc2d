import { useEffect, useRef, useState } from "react";
import type { Croupier, RaffleBody, WinnerBody } from "../../../sdk/src/index.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import type { Problem } from "../http/request.ts";
import { readHouseClock } from "../lobbies/houseClock.ts";
import { keepKnown, lastKnown } from "../offline/LastKnown.ts";
import { tellReached } from "../offline/useIsOffline.ts";
import { areRaffles, ownShares, together } from "./rafflesView.ts";
import type { OwnShare } from "./rafflesView.ts";

/** The bars are seen to move. */
const READ_EVERY_MS = 2_500;
const PER_PAGE = 50;
/** The server's greatest page. */
const MAX_RESERVATIONS = 100;
/** Raffles of one's own that are on none of the pages read are read one by one. */
const MAX_SINGLE = 20;
const KNOWN = "raffles";

export interface RaffleList {
  /** Null until something is known of them. */
  readonly raffles: readonly RaffleBody[] | null;
  readonly problem: Problem | null;
  /** Since when nothing newer is known, by this device's clock; null while they are as of now. */
  readonly asOfMs: number | null;
  /** By raffle; null until they have been read, and at the door. */
  readonly own: ReadonlyMap<string, OwnShare> | null;
  /** Of drawn raffles, as far as they have been read. */
  readonly winners: ReadonlyMap<string, readonly WinnerBody[]>;
  /** Asks for the page after the last that was read; null when that was the last. */
  readonly nextBefore: string | null;
}

const NOTHING: RaffleList = {
  raffles: null,
  problem: null,
  asOfMs: null,
  own: null,
  winners: new Map(),
  nextBefore: null,
};

/** The raffles, read anew every few seconds while the page is looked at, and what is known of them without network. */
export function useRaffles(): RaffleList & {
  readonly readAgain: () => void;
  readonly readOlder: () => void;
} {
  const croupier = useCroupier();
  const playerId = useSession()?.playerId;
  const [state, setState] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const asked = useRef(new Set<string>());

  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const change = (next: (state: RaffleList) => RaffleList) => {
      if (isShown) setState(next);
    };
    const readOwn = async (list: readonly RaffleBody[]) => {
      const answer = await croupier.get("/api/v1/reservations", {
        query: { limit: MAX_RESERVATIONS },
      });
      if (!answer.ok) return;
      const own = ownShares(answer.body.reservations);
      change((state) => ({ ...state, own }));
      const missing = [...own.keys()].filter(
        (id) => !list.some((raffle) => raffle.id === id) && !asked.current.has(`raffle ${id}`),
      );
      const found = await readEach(croupier, missing.slice(0, MAX_SINGLE), asked.current);
      if (found.length > 0)
        change((state) => ({ ...state, raffles: together(state.raffles ?? [], found) }));
    };
    const read = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        const answer = await croupier.get("/api/v1/raffles", { query: { limit: PER_PAGE } });
        tellReached(answer.ok || answer.problem.code !== "offline");
        if (answer.ok) {
          const { body } = answer;
          keepKnown(localStorage, KNOWN, body, { nowMs: Date.now() });
          change((state) => {
            const isFirst = state.raffles === null || state.asOfMs !== null;
            return {
              ...state,
              raffles: together(body.raffles, isFirst ? [] : (state.raffles ?? [])),
              nextBefore: isFirst ? body.next_before : state.nextBefore,
              problem: null,
              asOfMs: null,
            };
          });
          if (playerId === undefined) void readHouseClock();
          else await readOwn(body.raffles);
        } else change((state) => withoutAnswer(state, answer.problem));
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

  const { raffles } = state;
  useEffect(() => {
    const drawn = (raffles ?? [])
      .filter(({ id, status }) => status === "completed" && !asked.current.has(`draw ${id}`))
      .slice(0, MAX_SINGLE);
    for (const { id } of drawn) {
      asked.current.add(`draw ${id}`);
      void croupier
        .get("/api/v1/raffles/{raffle_id}/draw", { path: { raffle_id: id } })
        .then((answer) => {
          if (answer.ok) {
            const { winners } = answer.body;
            setState((state) => ({
              ...state,
              winners: new Map([...state.winners, [id, winners]]),
            }));
          } else asked.current.delete(`draw ${id}`);
        });
    }
  }, [croupier, raffles]);

  const readOlder = async () => {
    if (state.nextBefore === null) return;
    const answer = await croupier.get("/api/v1/raffles", {
      query: { limit: PER_PAGE, before: state.nextBefore },
    });
    if (!answer.ok) return;
    const { body } = answer;
    setState((state) => ({
      ...state,
      raffles: together(state.raffles ?? [], body.raffles),
      nextBefore: body.next_before,
    }));
  };
  return {
    ...state,
    own: playerId === undefined ? null : state.own,
    readAgain: () => setAttempt(attempt + 1),
    readOlder: () => void readOlder(),
  };
}

async function readEach(
  croupier: Croupier,
  ids: readonly string[],
  asked: Set<string>,
): Promise<readonly RaffleBody[]> {
  const answers = await Promise.all(
    ids.map(async (id) => {
      asked.add(`raffle ${id}`);
      return croupier.get("/api/v1/raffles/{raffle_id}", { path: { raffle_id: id } });
    }),
  );
  return answers.flatMap((answer) => (answer.ok ? [answer.body] : []));
}

function withoutAnswer(state: RaffleList, problem: Problem): RaffleList {
  if (state.raffles !== null) return { ...state, problem, asOfMs: state.asOfMs ?? Date.now() };
  const known = lastKnown(localStorage, KNOWN, areRaffles);
  return known === null
    ? { ...state, problem }
    : { ...state, problem, raffles: known.body.raffles, asOfMs: known.atMs };
}
