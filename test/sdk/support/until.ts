/**
 * Resolves when `isSo`, which is looked at now and whenever one of what `watch` subscribes to calls back; rejects after
 * `withinMs`, saying what was waited for.
 */
export const until = (
  what: string,
  watch: (check: () => void) => readonly (() => void)[],
  isSo: () => boolean,
  withinMs: number,
): Promise<void> =>
  new Promise((resolve, reject) => {
    if (isSo()) return resolve();
    const timer = setTimeout(() => {
      end();
      reject(new Error(`not within ${withinMs} ms: ${what}`));
    }, withinMs);
    const stops = watch(() => {
      if (!isSo()) return;
      end();
      resolve();
    });
    const end = (): void => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  });
