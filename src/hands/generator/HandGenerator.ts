/**
 * Random legal hands in the site's own format, with what a reader must make of each: the project's fixtures, its benches'
 * load and its demo's history. The same seed gives the same hands for ever.
 *
 * Hands come in runs at one table (`Scene`), as in a file. Everything that the format can say happens sooner or later:
 * antes that take a whole stack, blinds posted out of position, denied or missing, side pots, uncalled bets (which the
 * format leaves in the pot), split and hi/lo pots with odd chips, hands that were mucked, observers, players who sit out.
 */
import type { Hand, HandAction, HandFormat, HandGame, HandStreet } from "../../../rpc/hand.ts";
import { type Card, formatCard, rankOf } from "../../compute/cards/Card.ts";
import { HOLE_CARDS } from "../../compute/cards/holeCards.ts";
import { Betting, type BettingPlayer } from "./Betting.ts";
import { Deck } from "./Deck.ts";
import { Dice } from "./Dice.ts";
import { ORDINARY_NAMES, TRICKY_NAMES } from "./names.ts";
import { chooseScene, type Scene } from "./Scene.ts";
import { endHand } from "./showdown.ts";
import { writeHand } from "../winamax/writeHand.ts";

export interface GeneratedHand {
  /** As the client writes it, its two blank lines included. */
  readonly text: string;
  readonly hand: Hand;
}

export interface GeneratorOptions {
  /** Every game if left out. */
  readonly games?: ReadonlyArray<HandGame>;
  readonly formats?: ReadonlyArray<HandFormat>;
  /** Ordinary and tricky names if left out; at least ten. */
  readonly names?: ReadonlyArray<string>;
  /** When the first hand is played, in epoch milliseconds. */
  readonly startsAt?: number;
}

export const ALL_GAMES: ReadonlyArray<HandGame> = [
  "holdem",
  "omaha",
  "omaha_hilo",
  "omaha5",
  "omaha5_hilo",
  "stud",
  "stud_hilo",
  "razz",
  "draw_27_triple",
];
const ALL_FORMATS: ReadonlyArray<HandFormat> = ["cash", "fast_fold", "tournament"];
const ALL_NAMES = [...ORDINARY_NAMES, ...TRICKY_NAMES];

/** Hands that follow each other at one table. */
const HANDS_AT_A_TABLE = 25;
const SECONDS_BETWEEN_HANDS = 47;
/** 2016-03-31 18:00 UTC. */
const DEFAULT_START = 1_459_447_200_000;

/** `count` hands, one after the other. */
export function* generateHands(
  seed: number,
  count: number,
  options: GeneratorOptions = {},
): Generator<GeneratedHand> {
  for (let index = 0; index < count; index++) yield generateHand(seed, index, options);
}

/** The hand at one place of the endless sequence that a seed stands for. */
export function generateHand(
  seed: number,
  index: number,
  options: GeneratorOptions = {},
): GeneratedHand {
  const table = Math.floor(index / HANDS_AT_A_TABLE);
  const scene = chooseScene(new Dice(seed, ~table), {
    games: options.games ?? ALL_GAMES,
    formats: options.formats ?? ALL_FORMATS,
  });
  const playedAt = (options.startsAt ?? DEFAULT_START) + index * SECONDS_BETWEEN_HANDS * 1000;
  const id = `${scene.tableId}-${index + 1}-${Math.floor(playedAt / 1000)}`;
  const hand = new Play(new Dice(seed, index), scene, options.names ?? ALL_NAMES).play(
    `winamax:${id}`,
    playedAt,
  );
  return { text: writeHand(hand, scene.wording), hand };
}

type MutableStreet = { -readonly [K in keyof HandStreet]: HandStreet[K] };

class Play {
  readonly #dice: Dice;
  readonly #scene: Scene;
  readonly #names: ReadonlyArray<string>;
  readonly #deck: Deck;
  readonly #streets: Array<MutableStreet> = [];
  readonly #board: Array<Card> = [];
  readonly #cards = new Map<number, Array<Card>>();
  #hero: BettingPlayer | null = null;
  #houseMoney = 0;

  constructor(dice: Dice, scene: Scene, names: ReadonlyArray<string>) {
    this.#dice = dice;
    this.#scene = scene;
    this.#names = names;
    this.#deck = new Deck(dice);
  }

  play(handId: string, playedAt: number): Hand {
    const dice = this.#dice;
    const scene = this.#scene;
    const seats = this.#seats();
    const dealtIn = this.#dealtIn(seats);
    const button = dice.pick(dealtIn).seat;
    const order = fromTheLeftOf(button, dealtIn);
    const betting = new Betting(dice, { limit: scene.limit, bet: this.#bets.small }, order);
    if (dice.chance(88)) this.#hero = dice.pick(order);
    const first = this.#blinds(betting, seats, dealtIn);
    for (const { seat } of order) this.#cards.set(seat, this.#deck.take(CARDS_DEALT[scene.game]));
    const heroCards = this.#hero === null ? [] : this.#cards.get(this.#hero.seat)!.slice();
    if (hasBoard(scene.game)) this.#playBoard(betting, first);
    else if (scene.game === "draw_27_triple") this.#playDraw(betting, first);
    else this.#playStud(betting);
    const ending = endHand(dice, {
      game: scene.game,
      players: order,
      cards: this.#cards,
      board: this.#board,
      currency: scene.currency,
      houseMoney: this.#houseMoney,
      raked: scene.format !== "tournament" && this.#streets.length > 2,
      bigBlind: scene.stakes.bigBlind,
    });
    return {
      handId,
      site: "winamax",
      playedAt,
      format: scene.format,
      game: scene.game,
      limit: scene.limit,
      currency: scene.currency,
      stakes: scene.stakes,
      fastFold: scene.fastFold,
      tournament: scene.tournament,
      table: scene.table,
      button: dice.chance(3) ? null : button,
      seats,
      hero: this.#hero?.name ?? null,
      heroCards: heroCards.map(formatCard),
      streets: this.#streets,
      shown: ending.shown,
      collected: ending.collected,
      board: this.#board.map(formatCard),
      totalPot: ending.totalPot,
      houseMoney: this.#houseMoney,
      rake: ending.rake,
      results: seats
        .map(({ player }) => order.find(({ name }) => name === player))
        .filter((player) => player !== undefined)
        .map(({ name, inAll }) => {
          const won = ending.collected.reduce(
            (sum, part) => sum + (part.player === name ? part.amount : 0),
            0,
          );
          return { player: name, put: inAll, won, net: won - inAll };
        }),
    };
  }

  /** Limit games have a small bet and a big one; the others bet what they like from the big blind up. */
  get #bets(): { readonly small: number; readonly big: number } {
    const { stakes, limit } = this.#scene;
    return limit === "fixed_limit"
      ? { small: stakes.smallBlind, big: stakes.bigBlind }
      : { small: stakes.bigBlind, big: stakes.bigBlind };
  }

  #seats(): Hand["seats"] {
    const dice = this.#dice;
    const { table, knockOut } = this.#scene;
    const count = dice.between(2, table.maxSeats);
    const numbers = dice
      .sample(
        Array.from({ length: table.maxSeats }, (_, at) => at + 1),
        count,
      )
      .toSorted((a, b) => a - b);
    const players = dice.sample(this.#names, count);
    return numbers.map((seat, at) => ({
      seat,
      player: players[at]!,
      stack: this.#stack(),
      bounty: knockOut ? dice.pick([45, 900, 2925]) : null,
    }));
  }

  /** Deep mostly, sometimes shorter than a blind. */
  #stack(): number {
    const { bigBlind } = this.#scene.stakes;
    return this.#dice.chance(20)
      ? this.#dice.between(1, bigBlind * 4)
      : this.#dice.between(bigBlind * 5, bigBlind * 150);
  }

  /** Some sit out; two at least play. */
  #dealtIn(seats: Hand["seats"]): ReadonlyArray<BettingPlayer> {
    const playing = [...seats];
    while (playing.length > 2 && this.#dice.chance(12)) {
      playing.splice(this.#dice.below(playing.length), 1);
    }
    return playing.map(({ player, seat, stack }) => ({
      name: player,
      seat,
      stack,
      inStreet: 0,
      inAll: 0,
      folded: false,
    }));
  }

  /** Antes and blinds; answers who is first to act after them. */
  #blinds(betting: Betting, seats: Hand["seats"], dealtIn: ReadonlyArray<BettingPlayer>): number {
    const dice = this.#dice;
    const { stakes, format, game } = this.#scene;
    const { players } = betting;
    const actions: Array<HandAction> = [];
    this.#streets.push({ name: "blinds", cards: [], dealt: [], actions });
    if (stakes.ante > 0) {
      for (const player of players) actions.push(betting.post(player, "ante", stakes.ante));
    }
    if (isStud(game)) return 0;
    const headsUp = players.length === 2;
    const [small, big] = headsUp ? [1, 0] : [0, 1];
    const { smallBlind, bigBlind } = this.#blindAmounts;
    if (format === "cash" && dice.chance(10)) {
      const out = seats.find(({ player }) => dealtIn.every(({ name }) => name !== player));
      if (out !== undefined) actions.push({ player: out.player, kind: "deny_blind", put: 0 });
    }
    const smallIsDead = format === "cash" && !headsUp && dice.chance(4);
    if (!smallIsDead) actions.push(betting.post(players[small]!, "small_blind", smallBlind));
    actions.push(betting.post(players[big]!, "big_blind", bigBlind));
    for (const [at, player] of players.entries()) {
      if (format !== "cash" || at === small || at === big || !dice.chance(5)) continue;
      if (dice.chance(30)) {
        actions.push(betting.post(player, "late_small_blind", smallBlind));
        actions.push(betting.post(player, "late_big_blind", bigBlind - smallBlind));
      } else {
        actions.push(betting.post(player, "late_big_blind", bigBlind));
      }
    }
    if (format === "fast_fold" && this.#scene.fastFold?.brand !== "Go Fast" && dice.chance(10)) {
      this.#houseMoney = bigBlind * dice.between(1, 5);
    }
    betting.demand(bigBlind);
    return headsUp ? 1 : 2 % players.length;
  }

  get #blindAmounts(): { readonly smallBlind: number; readonly bigBlind: number } {
    const { stakes, limit } = this.#scene;
    return limit === "fixed_limit"
      ? { smallBlind: Math.max(1, Math.floor(stakes.smallBlind / 2)), bigBlind: stakes.smallBlind }
      : stakes;
  }

  #playBoard(betting: Betting, first: number): void {
    this.#street("preflop", [], betting.round(first));
    for (const [name, count] of [
      ["flop", 3],
      ["turn", 1],
      ["river", 1],
    ] as const) {
      if (betting.contenders.length < 2) return;
      const cards = this.#deck.take(count);
      this.#board.push(...cards);
      betting.beginStreet(name === "flop" ? this.#bets.small : this.#bets.big);
      this.#street(name, cards, betting.round(0));
    }
  }

  /** Seven cards, four of them open: the lowest of the first open ones must bring in. */
  #playStud(betting: Betting): void {
    const { players } = betting;
    const open = players.map(({ seat }) => this.#cards.get(seat)![2]!);
    const lowest = open.reduce(
      (best, card, at) => (rankOf(card) < rankOf(open[best]!) ? at : best),
      0,
    );
    for (const [round, name] of STUD_STREETS.entries()) {
      if (betting.contenders.length < 2) return;
      betting.beginStreet(round < 2 ? this.#bets.small : this.#bets.big);
      const dealt = round === 0 ? this.#dealtFirst(players) : this.#dealtNext(betting, round === 4);
      const forced =
        round === 0 && players[lowest]!.stack > 0
          ? [betting.post(players[lowest]!, "bring_in", Math.ceil(this.#bets.small / 2))]
          : [];
      const from = round === 0 ? (lowest + 1) % players.length : this.#dice.below(players.length);
      this.#street(name, [], [...forced, ...betting.round(from)], dealt);
    }
  }

  #dealtFirst(players: ReadonlyArray<BettingPlayer>): HandStreet["dealt"] {
    return players.map((player) => {
      const cards = this.#cards.get(player.seat)!.map(formatCard);
      return { player: player.name, cards: player === this.#hero ? cards : cards.slice(2) };
    });
  }

  #dealtNext(betting: Betting, hidden: boolean): HandStreet["dealt"] {
    const dealt: Array<HandStreet["dealt"][number]> = [];
    for (const player of betting.contenders) {
      const [card] = this.#deck.take(1);
      this.#cards.get(player.seat)!.push(card!);
      if (!hidden || player === this.#hero) {
        dealt.push({ player: player.name, cards: [formatCard(card!)] });
      }
    }
    return dealt;
  }

  #playDraw(betting: Betting, first: number): void {
    const hero = this.#hero;
    const dealt =
      hero === null
        ? []
        : [{ player: hero.name, cards: this.#cards.get(hero.seat)!.map(formatCard) }];
    this.#street("first_bet", [], betting.round(first), dealt);
    for (const [draw, bet] of DRAWS) {
      if (betting.contenders.length < 2) return;
      this.#draw(draw, betting);
      betting.beginStreet(bet === "second_bet" ? this.#bets.small : this.#bets.big);
      this.#street(bet, [], betting.round(0));
    }
  }

  #draw(name: HandStreet["name"], betting: Betting): void {
    const actions: Array<HandAction> = [];
    const dealt: Array<HandStreet["dealt"][number]> = [];
    for (const player of betting.contenders) {
      const count = this.#dice.between(0, 4);
      if (count === 0) {
        const kind = this.#dice.chance(50) ? "stand_pat" : "discard";
        const none = { player: player.name, put: 0 };
        actions.push(kind === "discard" ? { ...none, kind, discarded: 0 } : { ...none, kind });
        continue;
      }
      actions.push({ player: player.name, kind: "discard", put: 0, discarded: count });
      const cards = this.#cards.get(player.seat)!;
      const fresh = this.#deck.exchange(cards.splice(0, count));
      cards.push(...fresh);
      if (player === this.#hero) dealt.push({ player: player.name, cards: fresh.map(formatCard) });
    }
    this.#street(name, [], actions, dealt);
  }

  #street(
    name: HandStreet["name"],
    cards: ReadonlyArray<Card>,
    actions: ReadonlyArray<HandAction>,
    dealt: HandStreet["dealt"] = [],
  ): void {
    this.#streets.push({ name, cards: cards.map(formatCard), dealt, actions });
  }
}

const CARDS_DEALT: Readonly<Record<HandGame, number>> = {
  ...HOLE_CARDS,
  stud: 3,
  stud_hilo: 3,
  razz: 3,
  draw_27_triple: 5,
};
const STUD_STREETS = ["third", "fourth", "fifth", "sixth", "seventh"] as const;
const DRAWS = [
  ["first_draw", "second_bet"],
  ["second_draw", "third_bet"],
  ["third_draw", "fourth_bet"],
] as const;

const hasBoard = (game: HandGame): boolean => game === "holdem" || game.startsWith("omaha");
const isStud = (game: HandGame): boolean => !hasBoard(game) && game !== "draw_27_triple";

function fromTheLeftOf(
  button: number,
  players: ReadonlyArray<BettingPlayer>,
): ReadonlyArray<BettingPlayer> {
  const first = players.findIndex(({ seat }) => seat > button);
  return first === -1 ? players : [...players.slice(first), ...players.slice(0, first)];
}
