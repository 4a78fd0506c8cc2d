/**
 * A raffle as the page shows it. Who plays has it by the connection, each change as it happens. At the door there is none:
 * there it is read again every few seconds.
 */
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from "react";
import type { Croupier, DrawBody, NumberGrid, RaffleBody } from "../../../sdk/src/index.ts";
import { gridOf } from "../../../sdk/src/raffle/NumberGrid.ts";
import { useCroupier, useSession } from "../app/useSeat.ts";
import { readHouseClock } from "../lobbies/houseClock.ts";
import { tellReached } from "../offline/useIsOffline.ts";
import { keepRaffle, keptRaffle } from "./keptRaffle.ts";
import { oncePerFrame } from "./oncePerFrame.ts";

export interface RaffleSight {
  readonly raffle: RaffleBody | null;
  readonly grid: NumberGrid | null;
  readonly draw: DrawBody | null;
  /** There is no such raffle. */
  readonly isMissing: boolean;
  /** It could not be read the last time; what is here may be old. */
  readonly isFailed: boolean;
}

const READ_EVERY_MS = 2_500;
const NOT_FOUND = 404;
const NOTHING: RaffleSight = {
  raffle: null,
  grid: null,
  draw: null,
  isMissing: false,
  isFailed: false,
};

export function useRaffle(raffleId: string): RaffleSight & { readonly again: () => void } {
  const croupier = useCroupier();
  const isSeated = useSession() !== null;
  const followed = useFollowed(croupier, raffleId, isSeated);
  const [read, setRead] = useState<RaffleSight>(NOTHING);
  const [attempt, setAttempt] = useState(0);
  // A newcomer's connection has to be made: until then, and if it fails, it is read as at the door.
  const isFollowing = followed !== null && (followed.raffle !== null || followed.isMissing);

  useEffect(() => {
    if (isFollowing) return undefined;
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        const sight = await readOnce(croupier, raffleId);
        if (!isShown) return;
        setRead((before) => sight(before));
        if (!isSeated) void readHouseClock();
      }
      timer = setTimeout(() => void ask(), READ_EVERY_MS);
    };
    const wake = () => void ask();
    void ask();
    document.addEventListener("visibilitychange", wake);
    addEventListener("online", wake);
    return () => {
      isShown = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
      removeEventListener("online", wake);
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- it is asked again
  }, [croupier, raffleId, isSeated, isFollowing, attempt]);

  const sight: RaffleSight = isFollowing ? { ...followed, isFailed: false } : read;
  useKeeping(sight);
  return { ...sight, again: () => setAttempt(attempt + 1) };
}

/** Whoever comes back without network finds it as it was left. */
function useKeeping({ grid, isFailed, raffle }: RaffleSight): void {
  const isKnown = raffle !== null && grid !== null && !isFailed;
  const keep = useEffectEvent(() => {
    if (raffle !== null && grid !== null && !isFailed) keepRaffle(localStorage, raffle, grid);
  });
  useEffect(() => {
    if (!isKnown) return undefined;
    const leave = () => keep();
    keep();
    addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", leave);
    };
  }, [isKnown]);
}

/** Null at the door. */
function useFollowed(croupier: Croupier, raffleId: string, isSeated: boolean) {
  const source = useMemo(
    () => (isSeated ? oncePerFrame(croupier.raffle(raffleId)) : AT_THE_DOOR),
    [croupier, raffleId, isSeated],
  );
  return useSyncExternalStore(source.subscribe, source.get);
}

const AT_THE_DOOR = { get: () => null, subscribe: () => () => undefined };

/** Reads it, and tells what is known then, of what was known before. */
async function readOnce(
  croupier: Croupier,
  raffleId: string,
): Promise<(before: RaffleSight) => RaffleSight> {
  const path = { raffle_id: raffleId };
  const [raffle, numbers] = await Promise.all([
    croupier.get("/api/v1/raffles/{raffle_id}", { path }),
    croupier.get("/api/v1/raffles/{raffle_id}/numbers", { path, query: { format: "bitmap" } }),
  ]);
  tellReached(raffle.ok || raffle.problem.code !== "offline");
  if (!raffle.ok || !numbers.ok) {
    const isMissing = !raffle.ok && raffle.problem.status === NOT_FOUND;
    if (isMissing) return () => ({ ...NOTHING, isMissing });
    const kept = keptRaffle(localStorage, raffleId);
    return (before) => ({
      ...(before.raffle === null ? { ...NOTHING, ...kept } : before),
      isFailed: true,
    });
  }
  const { bitmap, total_numbers: total } = numbers.body;
  const grid = gridOf(total, bitmap?.reserved ?? "", bitmap?.sold ?? "");
  const isClosed = raffle.body.status === "closed" || raffle.body.status === "completed";
  const draw = isClosed
    ? await croupier.get("/api/v1/raffles/{raffle_id}/draw", { path })
    : undefined;
  return (before) => ({
    ...NOTHING,
    raffle: {
      ...raffle.body,
      sold_count: grid.soldCount,
      reserved_count: grid.reservedCount,
      available_count: grid.availableCount,
    },
    grid,
    draw: draw?.ok === true ? draw.body : before.draw,
  });
}
