import { useCallback, useEffect, useRef, useState } from "react";
import { useCroupier } from "../app/useSeat.ts";
import type { Problem } from "../http/request.ts";
import { handFeedUrl, openHandFeed } from "./HandFeed.ts";
import { fits, hasGap, isSifted, together } from "./handsView.ts";
import type { HandFilter, HandSummary } from "./handsView.ts";

const PER_PAGE = 50;
/** Hands that come faster are shown together; a player's are read anew so often at most. */
const GATHER_MS = 150;
const READ_AGAIN_MS = 1_000;
/** With a filter the page looks further back by itself until it has so many, or has looked at so many more. */
const ENOUGH = 20;
const LOOKED_AT_ONCE = 500;

export interface HandList {
  /** All that have been read, the newest first; null until something is known. */
  readonly hands: readonly HandSummary[] | null;
  readonly total: number;
  readonly nextBefore: string | null;
  readonly problem: Problem | null;
  /** Sequence numbers of those that came while the page was open. */
  readonly come: ReadonlySet<number>;
  readonly isLive: boolean;
  /** Pages further back are being read. */
  readonly isLooking: boolean;
}

const NOTHING: HandList = {
  hands: null,
  total: 0,
  nextBefore: null,
  problem: null,
  come: new Set(),
  isLive: false,
  isLooking: false,
};

/** The recorded hands, or a player's, growing at both ends: by what is played, and by what is asked for. */
export function useHands(filter: HandFilter): HandList & {
  readonly readAgain: () => void;
  readonly readOlder: () => void;
} {
  const croupier = useCroupier();
  const { player } = filter;
  const [state, setState] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const known = useRef(NOTHING);
  useEffect(() => {
    known.current = state;
  });

  const page = useCallback(
    (before?: string) =>
      croupier.get("/api/v1/hands/recent", {
        query: { limit: PER_PAGE, before, player: player === "" ? undefined : player },
      }),
    [croupier, player],
  );

  useEffect(() => {
    let isShown = true;
    let gathered: HandSummary[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;
    const change = (next: (state: HandList) => HandList) => {
      if (isShown) setState(next);
    };
    /** The newest page, put before what is known, or in its place where the two do not meet. */
    const readNewest = async () => {
      const asFirst = isFirst;
      const answer = await page();
      change((state) => {
        if (!answer.ok) return { ...state, problem: answer.problem };
        const { hands, next_before: nextBefore, total } = answer.body;
        const before = asFirst ? [] : (state.hands ?? []);
        const newest = new Set(before.map(({ seq }) => seq));
        const meets = hands.length < PER_PAGE || hands.some(({ seq }) => newest.has(seq));
        const fresh = asFirst ? [] : hands.filter(({ seq }) => !newest.has(seq));
        return {
          ...state,
          hands: meets ? together(hands, before) : hands,
          nextBefore: meets && before.length > 0 ? state.nextBefore : nextBefore,
          total,
          problem: null,
          come: new Set([...(asFirst ? [] : state.come), ...fresh.map(({ seq }) => seq)]),
        };
      });
      if (answer.ok) isFirst = false;
    };
    const take = () => {
      const come = gathered;
      gathered = [];
      const before = known.current.hands;
      if (player !== "" || before === null || hasGap(before, come)) return void readNewest();
      change((state) => {
        const seen = new Set(state.hands?.map(({ seq }) => seq));
        const fresh = come.filter(({ seq }) => !seen.has(seq));
        return {
          ...state,
          hands: together(come, state.hands ?? []),
          total: state.total + fresh.length,
          come: new Set([...state.come, ...fresh.map(({ seq }) => seq)]),
        };
      });
    };
    const plan = () => {
      clearTimeout(timer);
      timer = setTimeout(take, player === "" ? GATHER_MS : READ_AGAIN_MS);
    };

    void readNewest();
    const close = openHandFeed(handFeedUrl(location.href), {
      hand: (hand) => {
        if (gathered.length === 0) plan();
        gathered.push(hand);
      },
      live: (isLive) => {
        change((state) => ({ ...state, isLive }));
        if (isLive && !isFirst) void readNewest();
      },
    });
    return () => {
      isShown = false;
      clearTimeout(timer);
      close();
      setState(NOTHING);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it is asked again
  }, [page, player, attempt]);

  const readOlder = useCallback(async () => {
    let { nextBefore } = known.current;
    if (nextBefore === null || known.current.isLooking) return;
    setState((state) => ({ ...state, isLooking: true }));
    let found = known.current.hands?.filter((hand) => fits(hand, filter)).length ?? 0;
    const enough = found + (isSifted(filter) ? ENOUGH : 1);
    for (let looked = 0; nextBefore !== null && found < enough && looked < LOOKED_AT_ONCE;) {
      const answer = await page(nextBefore);
      if (!answer.ok) break;
      const { hands, next_before: next } = answer.body;
      looked += PER_PAGE;
      found += hands.filter((hand) => fits(hand, filter)).length;
      nextBefore = next;
      setState((state) => ({
        ...state,
        hands: together(state.hands ?? [], hands),
        nextBefore: next,
      }));
    }
    setState((state) => ({ ...state, isLooking: false }));
  }, [page, filter]);

  // What fits may be further back than what has been read.
  const isScarce =
    state.hands !== null &&
    isSifted(filter) &&
    state.nextBefore !== null &&
    state.hands.length <= PER_PAGE &&
    state.hands.filter((hand) => fits(hand, filter)).length < ENOUGH;
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what is set comes with the answers
    if (isScarce) void readOlder();
  }, [isScarce, readOlder]);

  return {
    ...state,
    readAgain: () => setAttempt(attempt + 1),
    readOlder: () => void readOlder(),
  };
}
