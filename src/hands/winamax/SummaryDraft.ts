/**
 * A tournament's summary while its lines come: `Key : value` and a few sentences. Keys that are not known are passed over,
 * since the client has added some over the years; a known one with a value that makes no sense refuses the summary.
 */
import { type BuyIn, parseBuyIn } from "./buyIn.ts";
import { splitName } from "./fileName.ts";
import { isDigits, parseTime } from "./header.ts";
import { LineCursor, NONE } from "./LineCursor.ts";
import { parseLevels } from "./levels.ts";
import type { TournamentLevel, TournamentSummary } from "./Summary.ts";
import { isPrintable, MAX_WORDS_LENGTH, shorten } from "./text.ts";

export const SUMMARY_TITLE = "Winamax Poker - Tournament summary : ";
const LATE = / - late registration$/i;
const SEPARATOR = " : ";
const LEVELS = "Levels : ";
const STARTED = "Tournament started ";
const PLAYED = "You played ";
const FINISHED = "You finished in ";
const WON = "You won ";

/** Real ones have some twenty. */
const MAX_SUMMARY_LINES = 200;

const SECONDS_OF: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, min: 60, s: 1 };

export class SummaryDraft {
  readonly #name: string;
  readonly #tournamentId: string;
  readonly #lateRegistration: boolean;
  #lines = 0;
  #player: string | null = null;
  #buyIn: BuyIn | null = null;
  readonly #costs = { rebuys: null as number | null, addons: null as number | null };
  readonly #counts = new Map<string, number>();
  #prizePool: number | null = null;
  #mode: string | null = null;
  #type: string | null = null;
  #speed: string | null = null;
  #flightId: string | null = null;
  #levels: ReadonlyArray<TournamentLevel> = [];
  #startedAt: number | null = null;
  #playedSeconds: number | null = null;
  #place: number | null = null;
  #won = 0;
  #wonBounty = 0;
  readonly #wonTickets: Array<string> = [];

  private constructor(name: string, tournamentId: string, lateRegistration: boolean) {
    this.#name = name;
    this.#tournamentId = tournamentId;
    this.#lateRegistration = lateRegistration;
  }

  /** From the first line; or what is wrong with it. */
  static open(line: string): SummaryDraft | string {
    const title = line.slice(SUMMARY_TITLE.length).trimEnd();
    if (!isPrintable(title) || title.length > MAX_WORDS_LENGTH) return "unreadable title";
    const late = LATE.test(title);
    const { name, tournamentId } = splitName(title.replace(LATE, ""));
    if (tournamentId === null) return "the tournament has no number";
    return new SummaryDraft(name, tournamentId, late);
  }

  accept(line: string): string | undefined {
    this.#lines += 1;
    if (this.#lines > MAX_SUMMARY_LINES) return `more than ${MAX_SUMMARY_LINES} lines`;
    if (!isPrintable(line)) return "a line that is not text";
    const isLong = line.length > MAX_WORDS_LENGTH && !line.startsWith(LEVELS);
    const right = !isLong && (this.#sentence(line.trimEnd()) ?? this.#pair(line.trimEnd()));
    return right ? undefined : `unreadable: ${shorten(line)}`;
  }

  /** The sentences at the end; `undefined` for a line that is none. */
  #sentence(line: string): boolean | undefined {
    if (line.startsWith(STARTED)) {
      this.#startedAt = parseTime(line.slice(STARTED.length)) ?? null;
      return this.#startedAt !== null;
    }
    if (line.startsWith(PLAYED)) {
      this.#playedSeconds = parseSpan(line.slice(PLAYED.length)) ?? null;
      return this.#playedSeconds !== null;
    }
    if (line.startsWith(FINISHED)) {
      const cursor = new LineCursor();
      cursor.reset(line, FINISHED.length);
      this.#place = cursor.integer();
      return this.#place > 0;
    }
    if (!line.startsWith(WON)) return undefined;
    for (const prize of line.slice(WON.length).split(" + ")) this.#prize(prize);
    return true;
  }

  /** `12.50€`, `Bounty 3€`, `Ticket 5€`, or a ticket by its name. */
  #prize(text: string): void {
    const amount = parseMoney(text);
    const bounty = text.startsWith("Bounty ") ? parseMoney(text.slice("Bounty ".length)) : null;
    if (amount !== null) this.#won += amount;
    else if (bounty !== null) this.#wonBounty += bounty;
    else if (text !== "") this.#wonTickets.push(text);
  }

  #pair(line: string): boolean {
    const mark = line.indexOf(SEPARATOR);
    if (mark === -1) return true;
    const value = line.slice(mark + SEPARATOR.length);
    const key = line.slice(0, mark);
    switch (key) {
      case "Player":
        this.#player = value;
        return true;
      case "Buy-In":
        this.#buyIn = parseBuyIn(value) ?? null;
        return this.#buyIn !== null;
      case "Rebuy cost":
        return this.#cost("rebuys", value);
      case "Addon cost":
        return this.#cost("addons", value);
      case "Your rebuys":
      case "Your addons":
      case "Total rebuys":
      case "Total addons":
      case "Registered players":
        this.#counts.set(key, Number(value));
        return isDigits(value);
      case "Prizepool":
        this.#prizePool = parseMoney(value);
        return this.#prizePool !== null;
      case "Mode": {
        // Clients of 2014 to 2016 forgot to break the line: `Mode : sngType : sitngo`.
        const [mode, type] = value.split("Type : ");
        this.#mode = mode!;
        this.#type = type ?? this.#type;
        return true;
      }
      case "Type":
        this.#type = value;
        return true;
      case "Speed":
        this.#speed = value;
        return true;
      case "Flight ID":
        this.#flightId = value;
        return true;
      case "Levels":
        this.#levels = parseLevels(value);
        return true;
      default:
        return true;
    }
  }

  #cost(of: "rebuys" | "addons", value: string): boolean {
    const cost = parseBuyIn(value);
    this.#costs[of] = cost === undefined ? null : cost.prize + cost.bounty + cost.fee;
    return cost !== undefined;
  }

  /** The summary, or what it lacks. */
  complete(): TournamentSummary | string {
    if (this.#player === null) return "the summary has no player";
    if (this.#buyIn === null) return "the summary has no buy-in";
    if (this.#startedAt === null) return "the summary has no time";
    const count = (key: string): number => this.#counts.get(key) ?? 0;
    return {
      site: "winamax",
      tournamentId: this.#tournamentId,
      name: this.#name,
      lateRegistration: this.#lateRegistration,
      player: this.#player,
      buyIn: this.#buyIn,
      rebuys: {
        cost: this.#costs.rebuys,
        mine: count("Your rebuys"),
        total: count("Total rebuys"),
      },
      addons: {
        cost: this.#costs.addons,
        mine: count("Your addons"),
        total: count("Total addons"),
      },
      registeredPlayers: this.#counts.get("Registered players") ?? null,
      prizePool: this.#prizePool,
      mode: this.#mode,
      type: this.#type,
      speed: this.#speed,
      flightId: this.#flightId,
      levels: this.#levels,
      startedAt: this.#startedAt,
      playedSeconds: this.#playedSeconds,
      place: this.#place,
      won: this.#won,
      wonBounty: this.#wonBounty,
      wonTickets: this.#wonTickets,
    };
  }
}

function parseMoney(text: string): number | null {
  const cursor = new LineCursor();
  cursor.reset(text);
  const amount = cursor.amount();
  return amount === NONE || cursor.rounded || !cursor.ended ? null : amount;
}

/** `1h 29min 0s` in seconds. */
function parseSpan(text: string): number | undefined {
  const cursor = new LineCursor();
  cursor.reset(text);
  let seconds = 0;
  while (!cursor.ended) {
    cursor.take(" ");
    const count = cursor.integer();
    const unit = ["min", "d", "h", "s"].find((name) => cursor.take(name));
    if (count === NONE || unit === undefined) return undefined;
    seconds += count * SECONDS_OF[unit]!;
  }
  return seconds;
}
