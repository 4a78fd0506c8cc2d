/**
 * How many times longer work takes now than it would alone: 1 on a machine with nothing else to do, 10 where ten others want
 * the same core. A time that the product promises is promised of a machine with room; a test that measures it allows the
 * others their share, and fails all the same when the product waits for what does not come.
 *
 * It works for some milliseconds of this process's CPU time and looks how long that took.
 */
const SAMPLE_MS = 40;

export const slowdown = (): number => {
  const began = performance.now();
  const before = process.cpuUsage();
  for (;;) {
    const { system, user } = process.cpuUsage(before);
    const usedMs = (system + user) / 1000;
    if (usedMs >= SAMPLE_MS) return Math.max(1, (performance.now() - began) / usedMs);
  }
};
