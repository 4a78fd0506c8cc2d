/**
 * A hand as the client writes it: the way back from `HandReader`. What a hand does not tell, such as which of its names the
 * site used for a game, is the wording's.
 */
import type { Hand, HandAction, HandStreet, Shown } from "../../../rpc/hand.ts";
import { formatHundredths } from "./stakes.ts";

/** How the site wrote down what a hand does not say. */
export interface Wording {
  readonly gameTitle: string;
  /** Of tournaments. */
  readonly buyIn: string;
  /** `[8d 6c Qc] [2s]` instead of `[8d 6c Qc][2s]`. */
  readonly spacedBoard: boolean;
  /** `*** FLOP ***:`, and `Table` without one. */
  readonly oddColons: boolean;
  /** `Seat 0000003 is the button`. */
  readonly paddedButton: boolean;
  /** `*** PRE-FLOP *** `, as the client does. */
  readonly trailingBlanks: boolean;
  /** `Total pot 3.37k`, as old tournaments have it. */
  readonly thousands: boolean;
  /** `deny BB 0€`. */
  readonly oldDenial: boolean;
  /** `*** THIRD ***` and `bring-in` instead of `*** 3rd STREET ***` and `brings in`. */
  readonly exportedStud: boolean;
}

const LIMIT_TITLE = {
  no_limit: "no limit",
  pot_limit: "pot limit",
  fixed_limit: "fixed limit",
} as const;

const STREET_TITLE: Readonly<Record<HandStreet["name"], string>> = {
  blinds: "ANTE/BLINDS",
  preflop: "PRE-FLOP",
  flop: "FLOP",
  turn: "TURN",
  river: "RIVER",
  third: "3rd STREET",
  fourth: "4th STREET",
  fifth: "5th STREET",
  sixth: "6th STREET",
  seventh: "7th STREET",
  first_bet: "FIRST-BET",
  first_draw: "FIRST-DRAW",
  second_bet: "SECOND-BET",
  second_draw: "SECOND-DRAW",
  third_bet: "THIRD-BET",
  third_draw: "THIRD-DRAW",
  fourth_bet: "FOURTH-BET",
};

const THOUSAND = 1_000;

/** Its lines, and the two blank ones that end it. */
export function writeHand(hand: Hand, wording: Wording): string {
  return new HandWriter(hand, wording).write();
}

class HandWriter {
  readonly #hand: Hand;
  readonly #wording: Wording;
  readonly #lines: Array<string> = [];
  readonly #hiLo: boolean;

  constructor(hand: Hand, wording: Wording) {
    this.#hand = hand;
    this.#wording = wording;
    this.#hiLo = hand.game.endsWith("_hilo");
  }

  write(): string {
    this.#header();
    this.#table();
    for (const { seat, player, stack, bounty } of this.#hand.seats) {
      const price = bounty === null ? "" : `, ${formatHundredths(bounty)}€ bounty`;
      this.#lines.push(`Seat ${seat}: ${player} (${this.#amount(stack)}${price})`);
    }
    this.#streets();
    this.#showdown();
    this.#summary();
    return `${this.#lines.join("\n")}\n\n\n`;
  }

  #amount(amount: number): string {
    const { currency } = this.#hand;
    if (currency === "chips") return String(amount);
    return currency === "EUR" ? `${formatHundredths(amount)}€` : formatHundredths(amount);
  }

  #header(): void {
    const { handId, playedAt, limit, stakes } = this.#hand;
    const { ante, smallBlind, bigBlind } = stakes;
    const amounts = (ante > 0 ? [ante, smallBlind, bigBlind] : [smallBlind, bigBlind])
      .map((amount) => this.#amount(amount))
      .join("/");
    const time = new Date(playedAt).toISOString();
    const date = `${time.slice(0, 10).replaceAll("-", "/")} ${time.slice(11, 19)} UTC`;
    const id = handId.slice("winamax:".length);
    const rules = `${this.#wording.gameTitle} ${LIMIT_TITLE[limit]} (${amounts})`;
    this.#lines.push(`Winamax Poker - ${this.#kind()} - HandId: #${id} - ${rules} - ${date}`);
  }

  #kind(): string {
    const { tournament, fastFold } = this.#hand;
    if (tournament !== null) {
      const level = tournament.level ?? "";
      return `Tournament "${tournament.name}" buyIn: ${this.#wording.buyIn} level: ${level}`;
    }
    return fastFold === null ? "CashGame" : `${fastFold.brand} "${fastFold.pool}"`;
  }

  #table(): void {
    const { table, currency, button } = this.#hand;
    const { oddColons, paddedButton } = this.#wording;
    const money = currency === "play" ? "play money" : "real money";
    const number = paddedButton ? String(button).padStart(7, "0") : `#${button}`;
    const where = button === null ? " " : ` Seat ${number} is the button`;
    const colon = oddColons ? "" : ":";
    this.#lines.push(`Table${colon} '${table.name}' ${table.maxSeats}-max (${money})${where}`);
  }

  #streets(): void {
    const { streets, hero, heroCards, board } = this.#hand;
    let dealt = 0;
    let highest = 0;
    for (const [at, street] of streets.entries()) {
      // The blinds are bets of the first round.
      if (at > 1) highest = 0;
      this.#lines.push(this.#heading(street, board.slice(0, dealt)));
      dealt += street.cards.length;
      for (const { player, cards } of street.dealt) {
        this.#lines.push(`Dealt to ${player} ${this.#held(street, player)}[${cards.join(" ")}]`);
      }
      const onStreet = new Map<string, number>();
      for (const action of street.actions) {
        this.#lines.push(this.#action(action, highest));
        const total = action.to ?? (onStreet.get(action.player) ?? 0) + action.put;
        onStreet.set(action.player, total);
        if (action.kind !== "ante") highest = Math.max(highest, total);
      }
      if (at === 0) this.#afterBlinds(hero, heroCards);
    }
  }

  /** In stud and draw, what a player had before: unknown to others, and this has forgotten it. */
  #held(street: HandStreet, player: string): string {
    const counts = { fourth: 3, fifth: 4, sixth: 5, seventh: 6 } as const;
    if (street.name in counts) {
      const count = counts[street.name as keyof typeof counts];
      return `[${Array.from({ length: count }, () => "X").join(" ")}] `;
    }
    return street.name === "third" && player !== this.#hand.hero ? "[X X] " : "";
  }

  #afterBlinds(hero: string | null, heroCards: ReadonlyArray<string>): void {
    const { houseMoney, fastFold, streets } = this.#hand;
    if (houseMoney > 0) {
      const brand = fastFold?.brand === "ESCAPE" ? "Escape" : "Hold-up";
      this.#lines.push(`${brand} to Pot: total ${this.#amount(houseMoney)}`);
    }
    const told = streets.some(({ dealt }) => dealt.length > 0);
    if (hero !== null && !told) this.#lines.push(`Dealt to ${hero} [${heroCards.join(" ")}]`);
  }

  #heading({ name, cards }: HandStreet, before: ReadonlyArray<string>): string {
    const { trailingBlanks, oddColons, spacedBoard, exportedStud } = this.#wording;
    const title =
      exportedStud && STREET_TITLE[name].endsWith("STREET")
        ? name.toUpperCase()
        : STREET_TITLE[name];
    const colon = oddColons && cards.length > 0 ? ":" : "";
    const heading = `*** ${title} ***${colon}`;
    if (cards.length === 0) return name !== "blinds" && trailingBlanks ? `${heading} ` : heading;
    const repeated = before.length === 0 ? "" : `[${before.join(" ")}]${spacedBoard ? " " : ""}`;
    return `${heading} ${repeated}[${cards.join(" ")}]`;
  }

  #action({ player, kind, put, to, allIn, discarded }: HandAction, highest: number): string {
    const amount = this.#amount(put);
    const tail = allIn === true ? " and is all-in" : "";
    switch (kind) {
      case "ante":
        return `${player} posts ante ${amount}${tail}`;
      case "small_blind":
        return `${player} posts small blind ${amount}${tail}`;
      case "big_blind":
        return `${player} posts big blind ${amount}${tail}`;
      case "late_small_blind":
        return `${player} posts small blind ${amount} out of position${tail}`;
      case "late_big_blind":
        return `${player} posts big blind ${amount} out of position${tail}`;
      case "deny_blind":
        return `${player} ${this.#wording.oldDenial ? "deny BB 0€" : "denies big blind"}`;
      case "bring_in":
        return `${player} ${this.#wording.exportedStud ? "bring-in" : "brings in"} ${amount}${tail}`;
      case "fold":
        return `${player} folds`;
      case "check":
        return `${player} checks`;
      case "call":
        return `${player} calls ${amount}${tail}`;
      case "bet":
        return `${player} bets ${amount}${tail}`;
      case "raise": {
        const by = (to ?? put) - highest;
        return `${player} raises ${by < 0 ? "-" : ""}${this.#amount(Math.abs(by))} to ${this.#amount(to ?? put)}${tail}`;
      }
      case "discard":
        return `${player} discard ${discarded} ${(discarded ?? 0) > 1 ? "cards" : "card"}`;
      case "stand_pat":
        return `${player} stands pat`;
    }
  }

  #showdown(): void {
    const { shown, collected, results, streets } = this.#hand;
    const folds = streets.flatMap(({ actions }) => actions.filter(({ kind }) => kind === "fold"));
    // Who shows though all others folded does so without a heading.
    if (results.length - folds.length > 1) this.#lines.push("*** SHOW DOWN ***");
    for (const { player, cards, high, low } of shown) {
      const hand = `${player} shows [${cards.join(" ")}]`;
      if (high !== null) this.#lines.push(`${hand} (${this.#hiLo ? "HI : " : ""}${high})`);
      else if (low === null) this.#lines.push(hand);
      if (low !== null) this.#lines.push(`${hand} (LO : ${low})`);
    }
    for (const { player, amount, pot } of collected) {
      this.#lines.push(`${player} collected ${this.#amount(amount)} from ${potTitle(pot)}`);
    }
  }

  #summary(): void {
    const { totalPot, rake, board, seats } = this.#hand;
    this.#lines.push("*** SUMMARY ***");
    const rakeText = rake === 0 ? "No rake" : `Rake ${this.#amount(rake)}`;
    const pot = this.#wording.thousands ? inThousands(totalPot) : this.#amount(totalPot);
    this.#lines.push(`Total pot ${pot} | ${rakeText}`);
    if (board.length > 0) this.#lines.push(`Board: [${board.join(" ")}]`);
    for (const { seat, player } of seats) {
      const end = this.#end(player);
      if (end !== null)
        this.#lines.push(`Seat ${seat}: ${player}${this.#tags(seat, player)} ${end}`);
    }
  }

  #end(player: string): string | null {
    const { shown, results } = this.#hand;
    const won = results.find((result) => result.player === player)?.won ?? 0;
    const show: Shown | undefined = shown.find((one) => one.player === player);
    if (show === undefined) return won > 0 ? `won ${this.#amount(won)}` : null;
    const words = `${this.#hiLo ? "HI : " : ""}${show.high ?? ""}`;
    const end = won > 0 ? `won ${this.#amount(won)}` : "lost";
    return `showed [${show.cards.join(" ")}] and ${end} with ${words}`;
  }

  #tags(seat: number, player: string): string {
    const posted = (kind: HandAction["kind"]): boolean =>
      this.#hand.streets[0]!.actions.some(
        (action) => action.kind === kind && action.player === player,
      );
    const small = posted("small_blind") ? " (small blind)" : "";
    const big = posted("big_blind") ? " (big blind)" : "";
    return `${small}${big}${seat === this.#hand.button ? " (button)" : ""}`;
  }
}

/** `side 1 hi` is `side pot 1 (HI)`. */
function potTitle(pot: string): string {
  const [, name = "", half] = /^(.*?)(?: (hi|lo))?$/.exec(pot) ?? [];
  const title =
    name === "pot"
      ? "pot"
      : name === "main"
        ? "main pot"
        : `side pot ${name.slice("side ".length)}`;
  return half === undefined ? title : `${title} (${half.toUpperCase()})`;
}

/** `3.37k`; small ones as they are. */
function inThousands(amount: number): string {
  return amount < THOUSAND ? String(amount) : `${Number((amount / THOUSAND).toFixed(2))}k`;
}
