import { useCallback, useEffect, useRef, useState } from "react";
import { createPoker } from "../../../sdk/src/poker.ts";
import { useCroupier } from "../app/useSeat.ts";
import type { Problem } from "../http/request.ts";
import { askedOf, hasGap, isAnyone, meets, together } from "./handsView.ts";
import type { HandFilter, HandSummary } from "./handsView.ts";

const PER_PAGE = 50;
/** Hands that come faster are shown together; what is sifted is read anew so often at most. */
const GATHER_MS = 150;
const READ_AGAIN_MS = 1_000;
/** The server looks through so many hands for an answer. Where few fit, it is asked again by itself: so often, for so many. */
const ASKED_AT_ONCE = 10;
const ENOUGH = 20;

export interface HandList {
  /** All that have been read, the newest first; null until something is known. */
  readonly hands: readonly HandSummary[] | null;
  /** Null where nobody has counted them. */
  readonly total: number | null;
  readonly nextBefore: string | null;
  readonly problem: Problem | null;
  /** What is older could not be read. */
  readonly isOlderFailed: boolean;
  /** Sequence numbers of those that came while the page was open. */
  readonly come: ReadonlySet<number>;
  readonly isLive: boolean;
  /** Pages further back are being read. */
  readonly isLooking: boolean;
}

const NOTHING: HandList = {
  hands: null,
  total: null,
  nextBefore: null,
  problem: null,
  isOlderFailed: false,
  come: new Set(),
  isLive: false,
  isLooking: false,
};

/** The recorded hands that fit, growing at both ends: by what is played, and by what is asked for. */
export function useHands(filter: HandFilter): HandList & {
  readonly readAgain: () => void;
  readonly readOlder: () => void;
} {
  const croupier = useCroupier();
  const [state, setState] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const known = useRef(NOTHING);
  useEffect(() => {
    known.current = state;
  });

  const page = useCallback(
    (before?: string) =>
      croupier.get("/api/v1/hands/recent", {
        query: { ...askedOf(filter), limit: PER_PAGE, before },
      }),
    [croupier, filter],
  );
  /** Tells what was read for this filter from what comes too late. */
  const asked = useRef(page);
  /** The filter for which was looked further back without being asked. */
  const isLookedFor = useRef<unknown>(null);

  useEffect(() => {
    let isShown = true;
    let gathered: HandSummary[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;
    asked.current = page;
    isLookedFor.current = null;
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
        const isMet = meets(answer.body, before);
        const fresh = asFirst ? [] : hands.filter(({ seq }) => !newest.has(seq));
        return {
          ...state,
          hands: isMet ? together(hands, before) : hands,
          nextBefore: isMet && before.length > 0 ? state.nextBefore : nextBefore,
          total,
          problem: null,
          come: new Set([...(asFirst ? [] : state.come), ...fresh.map(({ seq }) => seq)]),
        };
      });
      if (answer.ok) isFirst = false;
    };
    const isAll = isAnyone(filter);
    const take = () => {
      const come = gathered;
      gathered = [];
      const before = known.current.hands;
      // Which of them fit, the server knows: who was in a hand, and who saw its end, is not told with it.
      if (!isAll || before === null || hasGap(before, come)) return void readNewest();
      change((state) => {
        const seen = new Set(state.hands?.map(({ seq }) => seq));
        const fresh = come.filter(({ seq }) => !seen.has(seq));
        return {
          ...state,
          hands: together(come, state.hands ?? []),
          total: state.total === null ? null : state.total + fresh.length,
          come: new Set([...state.come, ...fresh.map(({ seq }) => seq)]),
        };
      });
    };
    const plan = () => {
      clearTimeout(timer);
      timer = setTimeout(take, isAll ? GATHER_MS : READ_AGAIN_MS);
    };

    void readNewest();
    const close = createPoker(croupier).watchHands(
      {
        hands: (come) => {
          if (gathered.length === 0) plan();
          gathered.push(...come);
        },
        live: (isLive) => {
          change((state) => ({ ...state, isLive }));
          if (isLive && !isFirst) void readNewest();
        },
      },
      // What a large batch brought beyond a page is read as any older page is.
      { maxBehind: PER_PAGE },
    );
    return () => {
      isShown = false;
      clearTimeout(timer);
      close();
      setState(NOTHING);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it is asked again
  }, [croupier, page, filter, attempt]);

  const readOlder = useCallback(async () => {
    let { nextBefore } = known.current;
    if (nextBefore === null || known.current.isLooking) return;
    setState((state) => ({ ...state, isLooking: true, isOlderFailed: false }));
    let found = 0;
    let isFailed = false;
    for (let turn = 0; nextBefore !== null && found < ENOUGH && turn < ASKED_AT_ONCE; turn += 1) {
      const answer = await page(nextBefore);
      if (asked.current !== page) return;
      isFailed = !answer.ok;
      if (!answer.ok) break;
      const { hands, next_before: next } = answer.body;
      const askedFrom = nextBefore;
      found += hands.length;
      nextBefore = next;
      // Another list may have taken the place of the one that this goes on from.
      setState((state) =>
        state.nextBefore === askedFrom
          ? { ...state, hands: together(state.hands ?? [], hands), nextBefore: next }
          : state,
      );
    }
    setState((state) => ({ ...state, isLooking: false, isOlderFailed: isFailed }));
  }, [page]);

  // What fits may be further back than the server looks for one answer.
  const isScarce =
    state.hands !== null &&
    state.nextBefore !== null &&
    state.come.size === 0 &&
    !state.isOlderFailed &&
    state.hands.length < ENOUGH;
  useEffect(() => {
    // Once for each filter: what lies further back is asked for by hand.
    if (!isScarce || isLookedFor.current === page) return;
    isLookedFor.current = page;
    void readOlder();
  }, [isScarce, page, readOlder]);

  return {
    ...state,
    readAgain: () => setAttempt(attempt + 1),
    readOlder: () => void readOlder(),
  };
}
