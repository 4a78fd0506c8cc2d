/**
 * What a start does on its database is done again while that is away: when a process has come so far, its database was
 * there a moment ago, and a connection that took too long once (the machine was busy, a proxy was moved) is no reason to end.
 */
import type { Clock } from "../actor/Clock.ts";
import { isDatabaseAway } from "../ops/DatabaseAway.ts";

const AGAIN_MS = 250;
/** Whoever started the process learns by then that its database is not coming back. */
const GIVE_UP_AFTER_MS = 30_000;

/** `work` has to bear being done twice. Rejects with its failure: at once with one that is not the database's, else in the end. */
export const startOnDatabase = async <A>(clock: Clock, work: () => Promise<A>): Promise<A> => {
  const giveUpAt = clock.now() + GIVE_UP_AFTER_MS;
  for (;;)
    try {
      return await work();
    } catch (cause) {
      if (!isDatabaseAway(cause) || clock.now() >= giveUpAt) throw cause;
      await new Promise<void>((goOn) => void clock.after(AGAIN_MS, goOn));
    }
};
