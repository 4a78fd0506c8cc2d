/**
 * One hand while its lines come: table, seats, blinds, streets, showdown, summary, in this order. Each line is understood
 * entirely or the hand is refused, for what is read past a line that makes no sense is a guess; what the hand then adds up
 * to is `completeHand`'s to judge.
 */
import type { HandSeat, HandStreet, StreetName } from "../../../rpc/hand.ts";
import type { WrittenStreet } from "./accounting.ts";
import { type GameShape, SHAPE_OF, STREET_BY_TITLE } from "./games.ts";
import type { HandHeader } from "./header.ts";
import { LineCursor, NONE } from "./LineCursor.ts";
import { readPlayerLine, takeHalf, type WrittenCollect, type WrittenShow } from "./playerLine.ts";
import { isPrintable, MAX_NAME_LENGTH, MAX_WORDS_LENGTH, shorten } from "./text.ts";

/** Ten sit at the largest tables. */
const MAX_SEATS = 10;
/** The longest real hands have some 150 lines. */
const MAX_HAND_LINES = 2_000;

const TOO_LONG = `a name of more than ${MAX_NAME_LENGTH} characters`;
const BLANK = 32;
const SECTION = "*** ";
const SECTION_END = " ***";
/** Money that the house adds: of HOLD-UP and of ESCAPE tables. */
const HOUSE_MONEY = ["Hold-up to Pot: total ", "Escape to Pot: total "] as const;

type Section = "table" | "seats" | "play" | "showdown" | "summary";

/** A player at the table, in hundredths. */
export type WrittenSeat = HandSeat;

export interface TotalPot {
  readonly amount: number;
  readonly rake: number;
  /** Written in thousands. */
  readonly rounded: boolean;
}

export class HandDraft {
  readonly header: HandHeader;
  readonly shape: GameShape;
  tableName = "";
  maxSeats = 0;
  playMoney = false;
  button: number | null = null;
  readonly seats: Array<WrittenSeat> = [];
  readonly streets: Array<WrittenStreet> = [];
  readonly shows: Array<WrittenShow> = [];
  readonly collects: Array<WrittenCollect> = [];
  houseMoney = 0;
  hero: string | null = null;
  heroCards: ReadonlyArray<string> = [];
  readonly board: Array<string> = [];
  /** The summary's. */
  writtenBoard: ReadonlyArray<string> | null = null;
  pot: TotalPot | null = null;

  #section: Section = "table";
  #lines = 0;
  /** Whose cards were dealt before their street's heading. */
  #early: Array<HandStreet["dealt"][number]> = [];
  #nextStreet = 0;
  /** Seats by the length of their names, the longest first: of two names that fit a line, the longer is tried first. */
  #byLength: ReadonlyArray<number> = [];
  readonly #cursor = new LineCursor();

  constructor(header: HandHeader) {
    this.header = header;
    this.shape = SHAPE_OF[header.game];
  }

  /** All that a hand must have has been read. */
  get whole(): boolean {
    return this.pot !== null;
  }

  /** Takes the next line; answers what is wrong with it, if anything is. */
  accept(line: string): string | undefined {
    this.#lines += 1;
    if (this.#lines > MAX_HAND_LINES) return `more than ${MAX_HAND_LINES} lines`;
    if (!isPrintable(line)) return "a line that is not text";
    this.#cursor.reset(line);
    switch (this.#section) {
      case "table":
        return this.#table(line);
      case "seats":
        return line.startsWith(SECTION) ? this.#heading(line) : this.#seat(line);
      case "summary":
        return this.#summary(line);
      default:
        return this.#play(line);
    }
  }

  /** `Table: 'Colorado 1' 9-max (real money) Seat #3 is the button`; one client left the colon out. */
  #table(line: string): string | undefined {
    const cursor = this.#cursor;
    if (!cursor.take("Table: '") && !cursor.take("Table '")) return "no table where one was due";
    const close = line.lastIndexOf("' ");
    if (close < cursor.at) return "the table has no name";
    this.tableName = line.slice(cursor.at, close);
    if (this.tableName.length > MAX_NAME_LENGTH) return TOO_LONG;
    cursor.at = close + 2;
    this.maxSeats = cursor.integer();
    if (this.maxSeats < 2 || this.maxSeats > MAX_SEATS || !cursor.take("-max (")) {
      return "the table has no size";
    }
    this.playMoney = cursor.take("play money)");
    if (!this.playMoney && !cursor.take("real money)")) return "neither real money nor play money";
    if (cursor.take(" Seat ")) {
      cursor.take("#");
      const button = cursor.integer();
      if (button === NONE || button > MAX_SEATS || !cursor.take(" is the button")) {
        return "unreadable button";
      }
      this.button = button === 0 ? null : button;
    }
    if (!cursor.ended) return "unreadable table";
    this.#section = "seats";
    return undefined;
  }

  /** `Seat 3: Kai  Greene (20.50€)`, `Seat 3: Kai  Greene (18694, 29.25€ bounty)`. Blanks are part of a name. */
  #seat(line: string): string | undefined {
    const cursor = this.#cursor;
    const seat = cursor.take("Seat ") ? cursor.integer() : NONE;
    const open = line.lastIndexOf(" (");
    if (seat < 1 || seat > MAX_SEATS || !cursor.take(": ") || open <= cursor.at) {
      return `unreadable seat: ${shorten(line)}`;
    }
    const player = line.slice(cursor.at, open);
    cursor.at = open + 2;
    const stack = cursor.amount();
    let bounty: number | null = null;
    if (cursor.take(", ")) {
      bounty = cursor.amount();
      if (!cursor.take(" bounty")) return `unreadable bounty: ${shorten(line)}`;
    }
    if (stack === NONE || bounty === NONE || cursor.rounded || !cursor.take(")") || !cursor.ended) {
      return `unreadable stack: ${shorten(line)}`;
    }
    if (player.length > MAX_NAME_LENGTH) return TOO_LONG;
    for (const other of this.seats) {
      if (other.seat === seat) return `seat ${seat} is taken twice`;
      if (other.player === player) return `${player} sits twice`;
    }
    this.seats.push({ seat, player, stack, bounty });
    return undefined;
  }

  #play(line: string): string | undefined {
    if (line.startsWith(SECTION)) {
      const wrong = this.#heading(line);
      // A player may be called so.
      if (wrong === undefined || !this.#player(line)) return wrong;
      return undefined;
    }
    if (this.#player(line) || this.#dealt(line) || this.#house()) return undefined;
    return `unknown line: ${shorten(line)}`;
  }

  #player(line: string): boolean {
    const cursor = this.#cursor;
    for (const seat of this.#byLength) {
      const { player } = this.seats[seat]!;
      if (line.charCodeAt(player.length) !== BLANK || !line.startsWith(player)) continue;
      cursor.at = player.length;
      const read = readPlayerLine(cursor, seat);
      if (read === undefined) continue;
      if (read.type === "action") this.streets.at(-1)!.actions.push(read);
      else if (read.type === "show") this.shows.push(read);
      else this.collects.push(read);
      return true;
    }
    return false;
  }

  /** `Dealt to Hero [As Kd]`; in stud and draw to others too, and after the cards they hold, the new ones in brackets. */
  #dealt(line: string): boolean {
    const cursor = this.#cursor;
    cursor.at = 0;
    if (!cursor.take("Dealt to ")) return false;
    const from = cursor.at;
    for (const seat of this.#byLength) {
      const { player } = this.seats[seat]!;
      cursor.at = from + player.length;
      if (!line.startsWith(player, from) || !cursor.take(" ")) continue;
      const first = cursor.cards();
      if (first === undefined) continue;
      const second = cursor.take(" ") ? cursor.cards() : undefined;
      if (!cursor.ended) continue;
      this.#deal(player, first, second);
      return true;
    }
    return false;
  }

  #deal(
    player: string,
    first: ReadonlyArray<string>,
    second: ReadonlyArray<string> | undefined,
  ): void {
    const isFirst = this.#nextStreet <= 1;
    const all = second === undefined || !isFirst ? first : [...first, ...second];
    // Others show no more than the card that lies open.
    if (isFirst && this.hero === null && all.length >= this.shape.dealt) {
      this.hero = player;
      this.heroCards = all;
    }
    if (this.shape.hasBoard) return;
    const dealt = { player, cards: isFirst ? all : (second ?? first) };
    if (dealt.cards.length === 0) return;
    const street = this.streets.at(-1)!;
    if (street.name === "blinds") this.#early.push(dealt);
    else (street.dealt as Array<typeof dealt>).push(dealt);
  }

  #house(): boolean {
    const cursor = this.#cursor;
    cursor.at = 0;
    if (!HOUSE_MONEY.some((words) => cursor.take(words))) return false;
    const amount = cursor.amount();
    if (amount === NONE || cursor.rounded || !cursor.ended) return false;
    this.houseMoney += amount;
    return true;
  }

  /** `*** TURN *** [8d 6c Qc][2s]`. */
  #heading(line: string): string | undefined {
    const cursor = this.#cursor;
    const close = line.indexOf(SECTION_END, SECTION.length);
    if (close === -1) return `unknown line: ${shorten(line)}`;
    const title = line.slice(SECTION.length, close);
    cursor.at = close + SECTION_END.length;
    cursor.take(":");
    const name = STREET_BY_TITLE.get(title);
    if (name !== undefined) return this.#street(name);
    if (!cursor.ended) return `unknown line: ${shorten(line)}`;
    return this.#otherSection(title);
  }

  #otherSection(title: string): string | undefined {
    const began = this.#section !== "seats";
    if (title === "ANTE/BLINDS" && !began) {
      if (this.seats.length < 2) return "fewer than two players";
      if (this.seats.length > this.maxSeats) return "more players than seats";
      this.#byLength = this.seats
        .map((_, at) => at)
        .toSorted((a, b) => this.seats[b]!.player.length - this.seats[a]!.player.length);
      this.streets.push({ name: "blinds", cards: [], dealt: [], actions: [] });
      this.#section = "play";
      return undefined;
    }
    if (title === "SHOW DOWN" && this.#section === "play") {
      this.#section = "showdown";
      return undefined;
    }
    if (title === "SUMMARY" && began) {
      this.#section = "summary";
      return undefined;
    }
    return `out of order: ${shorten(title)}`;
  }

  #street(name: StreetName): string | undefined {
    const at = this.shape.streets.indexOf(name);
    if (at === -1) return `${this.header.game} has no ${name}`;
    if (this.#section !== "play" || at < this.#nextStreet) return `out of order: ${name}`;
    const cards = this.#newCards(name);
    if (cards === undefined) return `the cards of the ${name} do not follow from those before`;
    this.#nextStreet = at + 1;
    this.board.push(...cards);
    this.streets.push({ name, cards, dealt: this.#early, actions: [] });
    this.#early = [];
    return undefined;
  }

  /** The cards that a heading adds to the board; those it repeats must be the board. */
  #newCards(name: StreetName): ReadonlyArray<string> | undefined {
    const cursor = this.#cursor;
    const groups: Array<ReadonlyArray<string>> = [];
    for (;;) {
      cursor.take(" ");
      const group = cursor.cards();
      if (group === undefined) break;
      groups.push(group);
    }
    if (!cursor.ended) return undefined;
    const due = name === "flop" ? 3 : name === "turn" || name === "river" ? 1 : 0;
    if (due === 0) return groups.length === 0 ? [] : undefined;
    const before = { flop: 0, turn: 3, river: 4 }[name as "flop" | "turn" | "river"];
    const cards = groups.pop();
    if (cards?.length !== due || this.board.length !== before || groups.length > 1) {
      return undefined;
    }
    const repeated = groups[0];
    if (repeated !== undefined && !sameCards(repeated, this.board)) return undefined;
    return cards;
  }

  #summary(line: string): string | undefined {
    const cursor = this.#cursor;
    if (cursor.take("Total pot ")) return this.#total(line);
    if (cursor.take("Board: ")) {
      this.writtenBoard = cursor.cards() ?? null;
      return this.writtenBoard === null || !cursor.ended ? "unreadable board" : undefined;
    }
    if (cursor.take("Seat ")) return this.#seatSummary(line);
    return `unknown line: ${shorten(line)}`;
  }

  /** `Total pot 9.82€ | Rake 0.68€`, `Total pot 3.37k | No rake`. */
  #total(line: string): string | undefined {
    const cursor = this.#cursor;
    const amount = cursor.amount();
    const { rounded } = cursor;
    if (amount === NONE || !cursor.take(" | ") || this.pot !== null) {
      return `unreadable pot: ${shorten(line)}`;
    }
    const rake = cursor.take("No rake") ? 0 : cursor.take("Rake ") ? cursor.amount() : NONE;
    if (rake === NONE || !cursor.ended) return `unreadable rake: ${shorten(line)}`;
    this.pot = { amount, rake, rounded };
    return undefined;
  }

  /**
   * `Seat 3: Kai  Greene (big blind) showed [As Kd] and won 0.91€ with One pair : Aces`. It repeats what was said before;
   * only the cards of who has no line of his own at the showdown are news.
   */
  #seatSummary(line: string): string | undefined {
    const cursor = this.#cursor;
    const number = cursor.integer();
    const seat = this.seats.findIndex((other) => other.seat === number);
    if (seat === -1 || !cursor.take(": ") || !cursor.take(this.seats[seat]!.player)) {
      return `nobody sits there: ${shorten(line)}`;
    }
    for (const tag of [" (small blind)", " (big blind)", " (button)"]) cursor.take(tag);
    if (!cursor.take(" showed ") || this.shows.some((show) => show.seat === seat)) return undefined;
    const cards = cursor.cards();
    if (cards === undefined) return `unreadable cards: ${shorten(line)}`;
    const mark = line.indexOf(" with ", cursor.at);
    cursor.at = mark === -1 ? line.length : mark + " with ".length;
    const half = takeHalf(cursor, " : ");
    const words = mark === -1 ? null : line.slice(cursor.at).trimEnd();
    if (words !== null && words.length > MAX_WORDS_LENGTH)
      return `unreadable hand: ${shorten(line)}`;
    this.shows.push({ type: "show", seat, cards, half, words });
    return undefined;
  }
}

export function sameCards(a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean {
  return a.length === b.length && a.every((card, at) => card === b[at]);
}
