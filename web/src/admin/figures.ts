/** Figures as people read them. */
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** 12345.6 as `12,346`. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** A rate: with a decimal below ten, where it tells something. */
export function formatRate(perS: number): string {
  return perS > 0 && perS < 9.95 ? perS.toFixed(1) : whole.format(perS);
}

/** Milliseconds with three digits that count: `0.42`, `4.2`, `42`, `420`. */
export function formatMs(ms: number): string {
  if (ms === 0) return "0";
  if (ms < 0.995) return ms.toFixed(2);
  return ms < 9.95 ? ms.toFixed(1) : whole.format(ms);
}

const MIB = 1024 * 1024;
export function formatBytes(bytes: number): string {
  const mebibytes = bytes / MIB;
  return mebibytes < 1000
    ? `${whole.format(mebibytes)} MiB`
    : `${(mebibytes / 1024).toFixed(2)} GiB`;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** The two largest units: `3 h 12 min`, `42 s`. */
export function formatSpan(ms: number): string {
  let seconds = Math.max(0, Math.round(ms / 1000));
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count > 0 || (parts.length === 0 && unit === "s")) parts.push(`${count} ${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}

/** The time of the day to the millisecond, with the day before it unless it is that of `nowMs`. */
export function formatMoment(atMs: number, nowMs: number, withMs = true): string {
  const time = clock.format(atMs) + (withMs ? `.${String(atMs % 1000).padStart(3, "0")}` : "");
  return day.format(atMs) === day.format(nowMs) ? time : `${day.format(atMs)}, ${time}`;
}

/** A moment that may be any time: its day and its time. */
export function formatDateTime(atMs: number): string {
  return `${day.format(atMs)}, ${clock.format(atMs)}`;
}

/** `alarmSweeper` as `alarm sweeper`. */
export function spaced(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();
}
