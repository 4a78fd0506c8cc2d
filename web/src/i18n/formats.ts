/**
 * How a language writes what the server says in numbers. Money is an integer count of minor units, here as everywhere;
 * only what a person reads or types has a decimal mark, and no float is ever rounded on the way.
 */
const MINOR_PER_MAJOR = 100;
const MS_PER_SECOND = 1_000;

export interface Formats {
  /** 123450 minor units as `1,234.50`. */
  readonly money: (minor: number) => string;
  /** With its sign even when positive: `+2.50`. */
  readonly signedMoney: (minor: number) => string;
  /**
   * What a person typed, in minor units; undefined for what is no amount. Either of `.` and `,` is taken for the decimal
   * mark before one or two digits; before three it can only be the language's own mark between thousands.
   */
  readonly parseMoney: (text: string) => number | undefined;
  readonly number: (value: number, fractionDigits?: number) => string;
  /** 0.125 as `12.5 %` or as the language has it. */
  readonly percent: (share: number, fractionDigits?: number) => string;
  /** Odds come as decimal text, `"3.20"`. */
  readonly odds: (odds: string) => string;
  /** `14:05:09`, of ISO text or epoch milliseconds. */
  readonly time: (at: string | number) => string;
  readonly date: (at: string | number) => string;
  readonly dateTime: (at: string | number) => string;
  /** `14:05` with the day of the month: `3 Dec, 14:05`. */
  readonly hour: (at: string | number) => string;
  /** `3 minutes ago`. */
  readonly ago: (at: string | number, nowMs: number) => string;
  /** `12.3 ms`, `1.20 s`. */
  readonly span: (ms: number) => string;
}

const made = new Map<string, Formats>();

export function formatsOf(language: string): Formats {
  const known = made.get(language);
  if (known !== undefined) return known;
  const formats = make(language);
  made.set(language, formats);
  return formats;
}

const AGO_UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

function make(language: string): Formats {
  const major = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const mark = new Intl.NumberFormat(language, { minimumFractionDigits: 1 })
    .formatToParts(0.5)
    .find(({ type }) => type === "decimal")?.value;
  const decimalMark = mark ?? ".";
  const thousandsMark = decimalMark === "," ? "." : ",";
  const amount = new RegExp(
    `^(\\d{1,3}(?:\\${thousandsMark}\\d{3})+|\\d{1,9})(?:[.,](\\d{1,2}))?$`,
  );
  const time = new Intl.DateTimeFormat(language, { timeStyle: "medium" });
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
  const dateTime = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
  const hour = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const numbers = new Map<string, Intl.NumberFormat>();
  const numberWith = (style: "decimal" | "percent", digits: number): Intl.NumberFormat => {
    const key = `${style} ${digits}`;
    let format = numbers.get(key);
    if (format === undefined) {
      format = new Intl.NumberFormat(language, {
        style,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
      numbers.set(key, format);
    }
    return format;
  };
  const money = (minor: number): string => {
    const magnitude = Math.abs(minor);
    const fraction = String(magnitude % MINOR_PER_MAJOR).padStart(2, "0");
    const whole = major.format(Math.trunc(magnitude / MINOR_PER_MAJOR));
    return `${minor < 0 ? "−" : ""}${whole}${decimalMark}${fraction}`;
  };
  const number = (value: number, digits = 0) => numberWith("decimal", digits).format(value);
  return {
    money,
    signedMoney: (minor) => (minor > 0 ? `+${money(minor)}` : money(minor)),
    parseMoney: (text) => {
      const match = amount.exec(text.trim());
      if (match === null) return undefined;
      const whole = Number((match[1] ?? "").replaceAll(thousandsMark, ""));
      const minor = whole * MINOR_PER_MAJOR + Number((match[2] ?? "").padEnd(2, "0"));
      return Number.isSafeInteger(minor) ? minor : undefined;
    },
    number,
    percent: (share, digits = 1) => numberWith("percent", digits).format(share),
    odds: (odds) => odds.replace(".", decimalMark),
    time: (at) => time.format(new Date(at)),
    date: (at) => date.format(new Date(at)),
    hour: (at) => hour.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    ago: (at, nowMs) => {
      const ms = new Date(at).getTime() - nowMs;
      const [unit, size] = AGO_UNITS.find(([, size]) => Math.abs(ms) >= size) ?? ["second", 1_000];
      return relative.format(Math.trunc(ms / size), unit);
    },
    span: (ms) =>
      ms < MS_PER_SECOND
        ? `${number(ms, ms < 10 ? 1 : 0)} ms`
        : `${number(ms / MS_PER_SECOND, 2)} s`,
  };
}
