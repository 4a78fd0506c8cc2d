/**
 * Hands written down in a line a street: `d f, e r6, a c, c x` is: d folds, e raises to 6, a calls, c checks; `b4` bets 4, and
 * `!` says all-in. Players are a, b, c, … in the seats from 1 on; the button is a unless it says otherwise, so b and c post
 * the blinds of 1 and 2 (with two players a posts the small one). Calls take what is to be called, as far as the stack goes.
 */
import type { ActionKind, Hand, HandAction, HandStreet, StreetName } from "../../../rpc/hand.ts";
import { COUNTS, type Count } from "../../../rpc/handStats.ts";
import type { AllInEquity } from "../../../src/hands/stats/AllInEquity.ts";
import { countHand } from "../../../src/hands/stats/countHand.ts";

export interface Script extends Partial<Pick<Hand, "game" | "limit" | "currency" | "hero">> {
  readonly players: number;
  /** Seat number; null: unknown. */
  readonly button?: number | null;
  readonly ante?: number;
  readonly smallBlind?: number;
  readonly bigBlind?: number;
  readonly stacks?: Readonly<Record<string, number>>;
  /** Instead of the blinds: `b sb1, c bb2, e lbb2, f deny, d ante1, b in1`. */
  readonly posts?: string;
  /** Seated, not dealt in. */
  readonly out?: string;
  readonly rounds: Readonly<Partial<Record<StreetName, string>>>;
  readonly board?: string;
  readonly heroCards?: string;
  readonly shows?: Readonly<Record<string, string>>;
  /** Who collects how much; whoever is left alone collects all by default. */
  readonly wins?: Readonly<Record<string, number>>;
  readonly rake?: number;
  readonly houseMoney?: number;
}

const KINDS: Readonly<Record<string, ActionKind>> = {
  f: "fold",
  x: "check",
  c: "call",
  b: "bet",
  r: "raise",
  sb: "small_blind",
  bb: "big_blind",
  lsb: "late_small_blind",
  lbb: "late_big_blind",
  deny: "deny_blind",
  ante: "ante",
  in: "bring_in",
};
const FULL_STACK = 200;
const NAMES = "abcdefghij";

const cardsIn = (text = ""): Array<string> => text.match(/../g) ?? [];

export const playHand = (script: Script): Hand => {
  const {
    ante = 0,
    bigBlind = 2,
    button = 1,
    game = "holdem",
    players,
    rounds,
    smallBlind = 1,
  } = script;
  const names = [...NAMES.slice(0, players)];
  const dealt = names.filter((name) => !(script.out ?? "").includes(name));
  const stackOf = (name: string) => script.stacks?.[name] ?? FULL_STACK;
  const put = new Map(dealt.map((name) => [name, 0]));
  let bets = new Map<string, number>();

  const act = (text: string): HandAction => {
    const [, player = "", verb = "", amount = "", mark] =
      /^(\S) ([a-z]+)(\d*)(!?)$/.exec(text.trim()) ?? [];
    const kind = KINDS[verb];
    if (kind === undefined || !put.has(player)) throw new Error(`cannot play "${text}"`);
    const before = bets.get(player) ?? 0;
    const left = stackOf(player) - (put.get(player) ?? 0);
    const wanted =
      kind === "call"
        ? Math.max(...bets.values()) - before
        : kind === "raise"
          ? Number(amount) - before
          : Number(amount);
    const paid = Math.min(left, wanted);
    put.set(player, (put.get(player) ?? 0) + paid);
    if (kind !== "ante") bets.set(player, before + paid);
    return {
      player,
      kind,
      put: paid,
      ...(kind === "raise" ? { to: before + paid } : {}),
      ...(mark === "!" ? { allIn: true as const } : {}),
    };
  };
  const actAll = (text: string) => (text === "" ? [] : text.split(",").map(act));

  const seatAfter = (name: string) => dealt[(dealt.indexOf(name) + 1) % dealt.length]!;
  const small = dealt.length === 2 ? NAMES[button! - 1]! : seatAfter(NAMES[(button ?? 1) - 1]!);
  const antes = ante === 0 ? "" : `${dealt.map((name) => `${name} ante${ante}`).join()},`;
  const posts =
    script.posts ?? `${antes}${small} sb${smallBlind},${seatAfter(small)} bb${bigBlind}`;
  const streets: Array<HandStreet> = [
    { name: "blinds", cards: [], dealt: [], actions: actAll(posts) },
  ];
  const board = cardsIn(script.board);
  const onBoard: Readonly<Partial<Record<StreetName, Array<string>>>> = {
    flop: board.slice(0, 3),
    turn: board.slice(3, 4),
    river: board.slice(4, 5),
  };
  const played = new Set([
    ...(Object.keys(rounds) as Array<StreetName>),
    ...(Object.keys(onBoard) as Array<StreetName>).filter((name) => onBoard[name]!.length > 0),
  ]);
  for (const name of played) {
    if (streets.length > 1) bets = new Map();
    streets.push({
      name,
      cards: onBoard[name] ?? [],
      dealt: [],
      actions: actAll(rounds[name] ?? ""),
    });
  }
  const { houseMoney = 0, rake = 0 } = script;
  const pot = [...put.values()].reduce((sum, one) => sum + one, 0) + houseMoney - rake;
  const folded = new Set(
    streets.flatMap(({ actions }) =>
      actions.filter(({ kind }) => kind === "fold").map((one) => one.player),
    ),
  );
  const left = dealt.filter((name) => !folded.has(name));
  const wins = script.wins ?? (left.length === 1 ? { [left[0]!]: pot } : undefined);
  if (wins === undefined || Object.values(wins).reduce((sum, one) => sum + one, 0) !== pot)
    throw new Error(`who wins the pot of ${pot}?`);
  return {
    handId: "winamax:1-1-1",
    site: "winamax",
    playedAt: 1_700_000_000_000,
    format: script.currency === "chips" ? "tournament" : "cash",
    game,
    limit: script.limit ?? "no_limit",
    currency: script.currency ?? "EUR",
    stakes: { ante, smallBlind, bigBlind },
    fastFold: null,
    tournament: null,
    table: { name: "Nice", maxSeats: players },
    button,
    seats: names.map((player, n) => ({
      seat: n + 1,
      player,
      stack: stackOf(player),
      bounty: null,
    })),
    hero: script.hero ?? null,
    heroCards: cardsIn(script.heroCards),
    streets,
    shown: Object.entries(script.shows ?? {}).map(([player, cards]) => ({
      player,
      cards: cardsIn(cards),
      high: null,
      low: null,
    })),
    collected: Object.entries(wins).map(([player, amount]) => ({ player, amount, pot: "pot" })),
    board,
    totalPot: pot,
    houseMoney,
    rake,
    results: dealt.map((player) => {
      const paid = put.get(player)!;
      const won = wins[player] ?? 0;
      return { player, put: paid, won, net: won - paid };
    }),
  };
};

/** For hands that need none. */
export const noEquity: AllInEquity = () => {
  throw new Error("nobody is all-in");
};

export type NamedCounts = Readonly<Record<Count, number>>;

/** By player, by name. */
export const countsIn = (
  hand: Hand,
  equity: AllInEquity = noEquity,
): Readonly<Record<string, NamedCounts>> =>
  Object.fromEntries(
    countHand(hand, equity).map(({ counts, player }) => [
      player,
      Object.fromEntries(COUNTS.map((name, n) => [name, counts[n]])) as NamedCounts,
    ]),
  );

/** Of one count, `made/chances` of each player that has either: `a 1/1, b 0/1`. */
export const rates = (hand: Hand, made: Count, chances: Count, equity?: AllInEquity): string =>
  Object.entries(countsIn(hand, equity))
    .filter(([, counts]) => counts[made] > 0 || counts[chances] > 0)
    .map(([player, counts]) => `${player} ${counts[made]}/${counts[chances]}`)
    .join(", ");
