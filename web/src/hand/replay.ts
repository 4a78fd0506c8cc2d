/**
 * A recorded hand as a sequence of steps, each the whole table at one moment. Pure, and the one place that knows how chips
 * move: from stacks to bets, from bets to the pot when a round is over, what nobody called back to whom it belongs, and
 * from the pot to who wins. At every step stacks, bets, pot and rake add up to what was brought to the table.
 */
import type { HandBody } from "../../../sdk/src/index.ts";
import { HOLE_CARDS } from "../../../src/compute/cards/holeCards.ts";

export type HandStreet = HandBody["streets"][number];
export type StreetName = HandStreet["name"];
export type HandAction = HandStreet["actions"][number];
type Shown = HandBody["showdown"][number];
type Won = HandBody["collected"][number];

export type Event =
  /** Everyone sits, nothing has been put in. */
  | { readonly kind: "start" }
  | { readonly kind: "action"; readonly action: HandAction }
  /** The bets of the round before go to the pot, and cards are dealt. */
  | { readonly kind: "street"; readonly street: HandStreet }
  /** The last bets go to the pot. */
  | { readonly kind: "gather" }
  | { readonly kind: "show"; readonly shown: Shown }
  | { readonly kind: "win"; readonly won: Won };

export interface SeatState {
  readonly seat: number;
  readonly player: string;
  readonly stack: number;
  /** On this round, in front of the player. */
  readonly bet: number;
  /** From the pot, so far. */
  readonly won: number;
  /** `out` sits at the table and takes no part. */
  readonly status: "in" | "folded" | "out";
  readonly isAllIn: boolean;
  /** Cards that are known of what the player holds now, to whom that may ever be. */
  readonly cards: readonly string[];
  /** Of those, what anyone at the table sees, or the hero. */
  readonly open: readonly string[];
  /** How many the player holds. */
  readonly held: number;
}

export interface Pot {
  readonly amount: number;
  /** Who can win it. */
  readonly players: readonly string[];
}

export interface Step {
  readonly event: Event;
  readonly street: StreetName;
  readonly seats: readonly SeatState[];
  readonly board: readonly string[];
  /** In the middle: without the bets in front of players. */
  readonly pot: number;
  /** What it consists of, the main pot first; empty while it is being paid out. */
  readonly pots: readonly Pot[];
  /** Bets that have gone to the pot with this step, by player. */
  readonly gathered: ReadonlyMap<string, number>;
  /** A bet that nobody called, gone back with this step. */
  readonly returned: { readonly player: string; readonly amount: number } | null;
  readonly rake: number;
}

/** All that is on the table: the same at every step. */
export const chipsOn = ({ pot, rake, seats }: Step): number =>
  seats.reduce((sum, { bet, stack }) => sum + bet + stack, pot + rake);

const CARDS_HELD: Readonly<Partial<Record<HandBody["game_type"], number>>> = {
  ...HOLE_CARDS,
  draw_27_triple: 5,
};
const STUD_HELD: Readonly<Partial<Record<StreetName, number>>> = {
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
};

export const hasBoard = (game: HandBody["game_type"]): boolean =>
  game === "holdem" || game.startsWith("omaha");

/** A seat while the hand is told; what it shows is made of it. */
interface Place {
  readonly seat: number;
  readonly player: string;
  /** As far as anybody knows, at the end of the hand. */
  readonly known: readonly string[];
  /** Held to the end; null of who did not show. */
  readonly last: readonly string[] | null;
  /** Cards change hands, so that the last ones tell nothing of those before. */
  readonly isExchanged: boolean;
  stack: number;
  bet: number;
  /** In the pot, all rounds together. */
  put: number;
  won: number;
  status: SeatState["status"];
  open: readonly string[];
  held: number;
}

export function replayOf(hand: HandBody): readonly Step[] {
  const places = placesOf(hand);
  const byPlayer = new Map(places.map((place) => [place.player, place]));
  const owed = new Map<string, number>();
  for (const { amount, player } of hand.collected)
    owed.set(player, (owed.get(player) ?? 0) + amount);
  /** What has gone back already and is in `collected` too. */
  const returnedTo = new Map<string, number>();
  const steps: Step[] = [];
  let street: StreetName = hand.streets[0]?.name ?? "blinds";
  let board: readonly string[] = [];
  let pot = hand.house_money;
  let rake = 0;
  let isPaidOut = false;

  const tell = (event: Event, changed: Partial<Pick<Step, "gathered" | "returned">> = {}) =>
    steps.push({
      event,
      street,
      board,
      pot,
      rake,
      seats: places.map(seatOf),
      pots: isPaidOut ? [] : potsOf(places, hand.house_money),
      gathered: NOTHING_GATHERED,
      returned: null,
      ...changed,
    });

  /** Ends a round. The bet that nobody called goes back, as far as its owner is given it in the end. */
  const gather = (): Pick<Step, "gathered" | "returned"> => {
    const [most, next] = places.toSorted((a, b) => b.bet - a.bet);
    const excess = (most?.bet ?? 0) - (next?.bet ?? 0);
    let returned: Step["returned"] = null;
    if (most !== undefined && excess > 0 && most.status === "in") {
      const before = returnedTo.get(most.player) ?? 0;
      const amount = Math.min(excess, (owed.get(most.player) ?? 0) - before);
      if (amount > 0) {
        most.bet -= amount;
        most.stack += amount;
        returnedTo.set(most.player, before + amount);
        returned = { player: most.player, amount };
      }
    }
    const gathered = new Map<string, number>();
    for (const place of places) {
      if (place.bet === 0) continue;
      gathered.set(place.player, place.bet);
      pot += place.bet;
      place.put += place.bet;
      place.bet = 0;
    }
    return { gathered, returned };
  };

  tell({ kind: "start" });
  for (const [index, next] of hand.streets.entries()) {
    // Blinds are bets of the round that follows them.
    const changed = index === 0 || street === "blinds" ? {} : gather();
    street = next.name;
    board = hand.streets.slice(0, index + 1).flatMap(({ cards }) => cards);
    deal(hand, places, next);
    if (next.name !== "blinds") tell({ kind: "street", street: next }, changed);
    for (const action of next.actions) {
      const place = byPlayer.get(action.player);
      if (place === undefined) continue;
      place.stack -= action.amount;
      if (action.action === "ante") {
        pot += action.amount;
        place.put += action.amount;
      } else place.bet += action.amount;
      if (action.action === "fold") place.status = "folded";
      tell({ kind: "action", action });
    }
  }
  const last = gather();
  if (last.gathered.size > 0 || last.returned !== null) tell({ kind: "gather" }, last);
  for (const shown of hand.showdown) {
    const place = byPlayer.get(shown.player);
    if (place === undefined || shown.cards.length === 0) continue;
    place.open = shown.cards;
    place.held = shown.cards.length;
    tell({ kind: "show", shown });
  }
  for (const won of withoutReturned(hand.collected, returnedTo)) {
    const place = byPlayer.get(won.player);
    if (place === undefined) continue;
    if (!isPaidOut) {
      isPaidOut = true;
      rake = hand.rake;
      pot -= rake;
    }
    pot -= won.amount;
    place.stack += won.amount;
    place.won += won.amount;
    tell({ kind: "win", won });
  }
  return steps;
}

const NOTHING_GATHERED: ReadonlyMap<string, number> = new Map();

function placesOf({ game_type: game, results, seats, showdown }: HandBody): Place[] {
  const playing = new Set(results.map(({ player }) => player));
  const lastOf = (player: string) =>
    showdown.find((shown) => shown.player === player)?.cards ?? null;
  return seats.map(({ cards, player, seat, stack }) => ({
    seat,
    player,
    stack,
    known: lastOf(player) ?? cards,
    last: lastOf(player),
    isExchanged: game === "draw_27_triple",
    bet: 0,
    put: 0,
    won: 0,
    status: playing.has(player) ? "in" : "out",
    open: [],
    held: 0,
  }));
}

function deal(hand: HandBody, places: readonly Place[], street: HandStreet): void {
  const isFirst = street.name === "preflop" || street.name === "first_bet";
  const stud = STUD_HELD[street.name];
  for (const place of places) {
    if (place.status !== "in") continue;
    if (isFirst) place.held = CARDS_HELD[hand.game_type] ?? 0;
    if (stud !== undefined) place.held = stud;
    if (isFirst && place.player === hand.hero) place.open = hand.hero_cards;
    const dealt = street.dealt.find(({ player }) => player === place.player)?.cards ?? [];
    if (dealt.length === 0) continue;
    const isWhole = dealt.length >= place.held;
    const discarded = place.open.length + dealt.length - place.held;
    if (isWhole) place.open = dealt;
    else if (discarded <= 0) place.open = [...place.open, ...dealt];
    else place.open = [...kept(place), ...dealt];
  }
}

/** Of an exchange only the new cards are told. Of the old ones those were kept for certain that are held to the end. */
const kept = ({ last, open }: Place): readonly string[] =>
  open.filter((card) => last?.includes(card) === true);

function seatOf(place: Place): SeatState {
  const { bet, held, isExchanged, known, open, player, seat, stack, status, won } = place;
  const others = isExchanged ? [] : known.filter((card) => !open.includes(card));
  const hidden = Math.max(0, held - open.length);
  return {
    seat,
    player,
    stack,
    bet,
    won,
    status,
    isAllIn: status === "in" && stack === 0 && held > 0 && won === 0,
    open,
    cards: [...others.slice(0, hidden), ...open],
    held,
  };
}

/** The pots as they stand in the middle: one up to what each player who is all in has put, and one for the rest. */
function potsOf(places: readonly Place[], houseMoney: number): readonly Pot[] {
  const live = places.filter(({ status }) => status === "in");
  const most = Math.max(0, ...places.map(({ put }) => put));
  const levels = new Set(live.filter(({ stack }) => stack === 0).map(({ put }) => put));
  const pots: Pot[] = [];
  let from = 0;
  for (const to of [...levels, most].toSorted((a, b) => a - b)) {
    const amount = places.reduce(
      (sum, { put }) => sum + Math.max(0, Math.min(put, to) - from),
      from === 0 ? houseMoney : 0,
    );
    const players = live
      .filter(({ put, stack }) => put >= to || stack > 0)
      .map(({ player }) => player);
    if (to > from && amount > 0) pots.push({ amount, players });
    from = Math.max(from, to);
  }
  return pots;
}

/** What is paid out: without that part of each player's which went back as a bet that nobody called. */
function withoutReturned(
  collected: readonly Won[],
  returnedTo: ReadonlyMap<string, number>,
): readonly Won[] {
  const left = new Map(returnedTo);
  const paid: Won[] = [];
  // The uncalled part is last: in a side pot of its own, or in the pot that the player wins.
  for (const won of collected.toReversed()) {
    const back = Math.min(won.amount, left.get(won.player) ?? 0);
    left.set(won.player, (left.get(won.player) ?? 0) - back);
    if (won.amount > back) paid.unshift({ ...won, amount: won.amount - back });
  }
  return paid;
}

/** Where each street begins, for who leaps from one to the next. */
export function streetStarts(
  steps: readonly Step[],
): readonly { readonly index: number; readonly street: StreetName | "showdown" }[] {
  const starts: { readonly index: number; readonly street: StreetName | "showdown" }[] = [];
  for (const [index, { event }] of steps.entries()) {
    if (event.kind === "street") starts.push({ index, street: event.street.name });
    else if (event.kind !== "action" && event.kind !== "start") {
      if (starts.at(-1)?.street !== "showdown") starts.push({ index, street: "showdown" });
    }
  }
  return starts;
}

/** Whose turn it was. */
export function actorOf({ event }: Step): string | null {
  switch (event.kind) {
    case "action":
      return event.action.player;
    case "show":
      return event.shown.player;
    case "win":
      return event.won.player;
    case "start":
    case "street":
    case "gather":
      return null;
  }
}

/** The step that an address names: `12` is the twelfth after the start; null for what is none. */
export function stepIn(text: string | null, count: number): number | null {
  if (text === null || !/^\d{1,4}$/.test(text)) return null;
  return Math.min(Number(text), count - 1);
}
