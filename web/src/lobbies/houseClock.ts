/**
 * The server's clock for who has no connection that tells it. An answer's `Date` header is cut off to the second and old
 * by its journey, so of all readings the latest-looking one is the best, and a few of them are as good as many.
 */
const MAX_READINGS = 6;

let readings = 0;
let offsetMs: number | null = null;

/** The server's time in epoch milliseconds; this device's until a reading has been made. */
export const houseNowMs = (): number => Date.now() + (offsetMs ?? 0);

/** Reads the server's clock once more, unless that has been done often enough. */
export async function readHouseClock(): Promise<void> {
  if (readings >= MAX_READINGS) return;
  const date = await serverDate();
  const readMs = Date.parse(date ?? "") - Date.now();
  if (Number.isNaN(readMs)) return;
  readings += 1;
  offsetMs = Math.max(offsetMs ?? readMs, readMs);
}

async function serverDate(): Promise<string | null> {
  try {
    return (await fetch("/health/live", { cache: "no-store" })).headers.get("date");
  } catch {
    return null;
  }
}
