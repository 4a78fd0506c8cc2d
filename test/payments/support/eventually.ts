/** Asks again and again until there is an answer. */
import { systemClock } from "../../../src/actor/Clock.ts";
import { PATIENCE_MS } from "../../support/patience.ts";

const PAUSE_MS = 10;

/** What `probe` answers first that is not undefined; fails with `what` when nothing comes. */
export const eventually = async <A>(
  what: string,
  probe: () => Promise<A | undefined> | A | undefined,
): Promise<A> => {
  const deadline = systemClock.now() + PATIENCE_MS;
  while (systemClock.now() < deadline) {
    const answer = await probe();
    if (answer !== undefined) return answer;
    await new Promise<void>((goOn) => void systemClock.after(PAUSE_MS, goOn));
  }
  throw new Error(`not in time: ${what}`);
};
