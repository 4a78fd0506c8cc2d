/**
 * What the client says in a file's name:
 *
 *     20150917_Double or Nothing(131147212)_real_holdem_no-limit.txt
 *     20150309_Colorado 1_real_holdem_no-limit.txt
 *     20150301_Expresso(111550797)_real_holdem_no-limit_summary.txt
 *
 * The name of a table or tournament may hold underscores and parentheses, so the parts are taken from both ends.
 */
import { isDigits } from "./header.ts";

export interface HistoryFileName {
  /** `2015-09-17`. A summary's can be a day later than its hands'. */
  readonly date: string;
  readonly name: string;
  /** Null for a cash table. */
  readonly tournamentId: string | null;
  readonly money: "real" | "play";
  /** The site's word: `holdem`, `omaha5`, `8games`, … */
  readonly game: string;
  /** The site's word: `no-limit`; empty for mixed games whose name has none. */
  readonly limit: string;
  /** What became of a tournament, instead of its hands. */
  readonly summary: boolean;
}

const LIMITS: ReadonlySet<string> = new Set(["no-limit", "pot-limit", "fixed-limit"]);
const DATE_DIGITS = 8;

/** `undefined` for a file that the client did not name, such as `winamax_positioning_file.dat`. A path's folders are skipped. */
export function parseFileName(path: string): HistoryFileName | undefined {
  const fileName = path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  if (!fileName.endsWith(".txt")) return undefined;
  const parts = fileName.slice(0, -".txt".length).split("_");
  const summary = parts.at(-1) === "summary";
  if (summary) parts.pop();
  const limit = LIMITS.has(parts.at(-1) ?? "") || parts.at(-1) === "" ? parts.pop()! : "";
  const game = parts.pop();
  const money = parts.pop();
  const [day, ...words] = parts;
  if (game === undefined || (money !== "real" && money !== "play")) return undefined;
  const date = day === undefined ? undefined : parseDay(day);
  if (date === undefined || words.length === 0) return undefined;
  return { date, ...splitName(words.join("_")), money, game, limit, summary };
}

function parseDay(text: string): string | undefined {
  if (text.length !== DATE_DIGITS || !isDigits(text)) return undefined;
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(date) ? undefined : date;
}

/** `MiniRoll (152799664)` is a tournament, `Frankfurt 08` a table. */
export function splitName(text: string): {
  readonly name: string;
  readonly tournamentId: string | null;
} {
  const open = text.lastIndexOf("(");
  const id = text.slice(open + 1, -1);
  return open > 0 && text.endsWith(")") && isDigits(id)
    ? { name: text.slice(0, open), tournamentId: id }
    : { name: text, tournamentId: null };
}
