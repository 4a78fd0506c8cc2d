import { useEffect, useState } from "react";
import { useCroupier } from "../app/useSeat.ts";
import type { Problem } from "../http/request.ts";
import type { RaffleBody, RaffleBooksBody } from "../../../sdk/src/index.ts";

/** Sales come by the minute; whoever organises looks at them for a while. */
const READ_EVERY_MS = 5_000;
/** Each brings its books along. */
const PAGE_RAFFLES = 12;

export interface Organised {
  readonly raffle: RaffleBody;
  /** Null when they could not be read. */
  readonly books: RaffleBooksBody | null;
}

export interface OrganisedView {
  /** Null until something is known. */
  readonly raffles: readonly Organised[] | null;
  readonly problem: Problem | null;
  /** Whether there are more than are shown. */
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** The raffles of which the player is organiser, with their books, read anew while the page is looked at. */
export function useOrganised(): OrganisedView {
  const croupier = useCroupier();
  const [known, setKnown] = useState<{
    readonly raffles: readonly Organised[] | null;
    readonly problem: Problem | null;
    readonly hasMore: boolean;
  }>({ raffles: null, problem: null, hasMore: false });
  const [wanted, setWanted] = useState(PAGE_RAFFLES);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let isShown = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        const answer = await croupier.get("/api/v1/raffles", {
          query: { organiser: "me", limit: wanted },
        });
        const raffles = answer.ok
          ? await Promise.all(
              answer.body.raffles.map(async (raffle) => {
                const path = { raffle_id: raffle.id };
                const books = await croupier.get("/api/v1/raffles/{raffle_id}/books", { path });
                return { raffle, books: books.ok ? books.body : null };
              }),
            )
          : [];
        if (!isShown) return;
        setKnown((before) =>
          answer.ok
            ? { raffles, problem: null, hasMore: answer.body.next_before !== null }
            : { ...before, problem: answer.problem },
        );
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
  }, [croupier, wanted, attempt]);

  return {
    ...known,
    more: () => setWanted(wanted + PAGE_RAFFLES),
    again: () => setAttempt(attempt + 1),
  };
}
