import { parseArgs } from "node:util";

export interface Options {
  /** Benchmarks by name; all of them when empty. */
  readonly names: ReadonlyArray<string>;
  /** Results as one JSON object a line on stdout; everything else then goes to stderr. */
  readonly json: boolean;
  readonly seconds: number;
  readonly rounds: number;
  readonly quick: boolean;
  /** Exit with 1 when a bar is missed. */
  readonly strict: boolean;
  /** Journal sizes for `growth`, smallest first; undefined for its own. */
  readonly rows?: ReadonlyArray<number>;
  /** How often `fail-over` kills a process; undefined for its own number. */
  readonly kills?: number;
}

/** Three rounds of five seconds a side: with the search for the best configuration, under a minute a benchmark. */
const FULL = { seconds: 5, rounds: 3 };
const QUICK = { seconds: 1, rounds: 2 };

export const USAGE = `npm run bench [-- NAME… --json --seconds N --rounds N --quick --strict --rows N,… --kills N]

  NAME…        which benchmarks, by name; all by default
  --json       results as one JSON object a line on stdout, the rest on stderr
  --seconds N  length of a measured round (default ${FULL.seconds}, with --quick ${QUICK.seconds})
  --rounds N   rounds of each side (default ${FULL.rounds}, with --quick ${QUICK.rounds})
  --quick      less of everything, at most ten seconds a benchmark; the figures are rough
  --strict     exit with 1 when a bar is missed
  --rows N,…   journal sizes for growth, such as 1e5,1e6,1e7; one alone is compared with the smallest
  --kills N    how often fail-over kills a process (default 20); it stops half as many and pauses a quarter
  DATABASE_URL a PostgreSQL to run on instead of the embedded one`;

const positive = (text: string | undefined, fallback: number, flag: string): number => {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${flag} takes a number above 0, not "${text}".`);
  return value;
};

const sizesOf = (text: string): ReadonlyArray<number> =>
  text
    .split(",")
    .map((size) => positive(size, 0, "--rows"))
    .toSorted((a, b) => a - b);

/** Throws, with a sentence, on what it does not know. */
export const readOptions = (
  args: ReadonlyArray<string>,
  known: ReadonlyArray<string>,
): Options | "help" => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      seconds: { type: "string" },
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      strict: { type: "boolean", default: false },
      rows: { type: "string" },
      kills: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return "help";
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`There is no benchmark "${unknown}". There are: ${known.join(", ")}.`);
  const defaults = values.quick ? QUICK : FULL;
  return {
    names: positionals,
    json: values.json,
    seconds: positive(values.seconds, defaults.seconds, "--seconds"),
    rounds: Math.ceil(positive(values.rounds, defaults.rounds, "--rounds")),
    quick: values.quick,
    strict: values.strict,
    ...(values.rows === undefined ? {} : { rows: sizesOf(values.rows) }),
    ...(values.kills === undefined
      ? {}
      : { kills: Math.ceil(positive(values.kills, 0, "--kills")) }),
  };
};
