/** Figures as operators read them, in a language: short, with as many digits as tell something. */
export interface Figures {
  /** 12345.6 as `12,346`. */
  readonly count: (value: number) => string;
  /** A rate: with a decimal below ten, where it tells something. */
  readonly rate: (perS: number) => string;
  /** Milliseconds with three digits that count: `0.42`, `4.2`, `42`, `420`. */
  readonly ms: (ms: number) => string;
  readonly bytes: (bytes: number) => string;
  /** The two largest units: `3 h 12 min`, `42 s`. */
  readonly span: (ms: number) => string;
  /** The time of the day to the millisecond, with the day before it unless it is that of `nowMs`. */
  readonly moment: (atMs: number, nowMs: number) => string;
  /** The same to the second. */
  readonly clock: (atMs: number, nowMs: number) => string;
}

const made = new Map<string, Figures>();

/** Always the same functions for a language. */
export function figuresOf(language: string): Figures {
  const known = made.get(language);
  if (known !== undefined) return known;
  const figures = make(language);
  made.set(language, figures);
  return figures;
}

const MIB = 1024 * 1024;
const MIB_PER_GIB = 1024;
/** Symbols of the international system, alike in all languages of the console. */
const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

function make(language: string): Figures {
  const withDigits = (digits: number): ((value: number) => string) => {
    const format = new Intl.NumberFormat(language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    return (value) => format.format(value);
  };
  const [whole, tenths, hundredths] = [withDigits(0), withDigits(1), withDigits(2)];
  const toSecond = { hour: "numeric", minute: "2-digit", second: "2-digit" } as const;
  const second = new Intl.DateTimeFormat(language, toSecond);
  const millisecond = new Intl.DateTimeFormat(language, { ...toSecond, fractionalSecondDigits: 3 });
  const day = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const within = (time: Intl.DateTimeFormat) => (atMs: number, nowMs: number) =>
    day.format(atMs) === day.format(nowMs)
      ? time.format(atMs)
      : `${day.format(atMs)}, ${time.format(atMs)}`;
  return {
    count: whole,
    rate: (perS) => (perS > 0 && perS < 9.95 ? tenths(perS) : whole(perS)),
    ms: (ms) => {
      if (ms === 0) return "0";
      if (ms < 0.995) return hundredths(ms);
      return ms < 9.95 ? tenths(ms) : whole(ms);
    },
    bytes: (bytes) => {
      const mebibytes = bytes / MIB;
      return mebibytes < 1000
        ? `${whole(mebibytes)} MiB`
        : `${hundredths(mebibytes / MIB_PER_GIB)} GiB`;
    },
    span: formatSpan,
    moment: within(millisecond),
    clock: within(second),
  };
}

function formatSpan(ms: number): string {
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

/** `alarmSweeper` as `alarm sweeper`: a name that the server gives, which no language has. */
export function spaced(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();
}

/** Between two figures, at `part` of the way from one to the other; between two whole ones never a fraction. */
export function rolled(from: number, to: number, part: number): number {
  const between = from + (to - from) * part;
  return Number.isInteger(from) && Number.isInteger(to) ? Math.round(between) : between;
}
