/** Asks again and again, one question at a time, while someone looks. */
export interface PollOptions {
  readonly everyMs: number;
  readonly ask: () => Promise<void>;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly isVisible: () => boolean;
}

export interface Poll {
  /** Asks at once, or right after the question that is under way; to be called when the page comes into view, too. */
  readonly now: () => void;
  readonly stop: () => void;
}

export function startPoll({ everyMs, ask, after, isVisible }: PollOptions): Poll {
  let isStopped = false;
  let isAsking = false;
  let isWanted = false;
  let cancel = (): void => undefined;

  const run = (): void => {
    cancel();
    if (isStopped || !isVisible()) return;
    if (isAsking) {
      isWanted = true;
      return;
    }
    isAsking = true;
    isWanted = false;
    const end = (): void => {
      isAsking = false;
      if (isStopped) return;
      if (isWanted) run();
      else cancel = after(everyMs, run);
    };
    void ask().then(end, end);
  };
  run();
  return {
    now: run,
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
