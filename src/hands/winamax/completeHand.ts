/**
 * From what was written to a hand that can be believed: its cards exist once, its money balances, and what one lost another
 * won or the house took.
 */
import type {
  Collected,
  Hand,
  HandAction,
  HandGame,
  HandResult,
  Shown,
} from "../../../rpc/hand.ts";
import { type Accounts, balance, type Put } from "./accounting.ts";
import { splitName } from "./fileName.ts";
import { type HandDraft, sameCards } from "./HandDraft.ts";
import type { WrittenAction } from "./playerLine.ts";

/** Amounts are read in hundredths; chips are whole. */
const HUNDREDTHS = 100;

/** The hand, or why it cannot be one. */
export function completeHand(draft: HandDraft): Hand | string {
  const { pot, streets } = draft;
  if (pot === null) return "the hand breaks off";
  const collected = draft.collects.reduce((sum, line) => sum + line.amount, 0);
  // Old tournaments write a pot in thousands, and so only nearly: what was collected from it is exact.
  const totalPot = pot.rounded ? collected : pot.amount;
  if (collected !== totalPot) {
    return `${money(collected)} was collected from a pot of ${money(totalPot)}`;
  }
  const expected = totalPot + pot.rake - draft.houseMoney;
  const accounts = balance(streets, draft.seats.length, expected);
  if (accounts === undefined) return "a raise ends below what was already bet";
  if (accounts.total !== expected) {
    return `${money(accounts.total)} was put in, but pot and rake are ${money(expected)}`;
  }
  const shown = mergeShows(draft);
  if (typeof shown === "string") return shown;
  const wrong = wrongCards(draft, shown) ?? wrongWorth(draft, accounts);
  if (wrong !== undefined) return wrong;
  return assemble(draft, accounts, shown, totalPot);
}

function assemble(
  draft: HandDraft,
  accounts: Accounts,
  shown: ReadonlyArray<Shown>,
  totalPot: number,
): Hand {
  const { header } = draft;
  const unit = header.tournament === null ? 1 : HUNDREDTHS;
  const nameOf = (seat: number): string => draft.seats[seat]!.player;
  const { stakes } = header;
  const collected = draft.collects.map((line): Collected => ({
    player: nameOf(line.seat),
    amount: line.amount / unit,
    pot: line.pot,
  }));
  return {
    handId: `winamax:${header.id}`,
    site: "winamax",
    playedAt: header.playedAt,
    format:
      header.tournament !== null ? "tournament" : header.fastFold !== null ? "fast_fold" : "cash",
    game: provenGame(draft),
    limit: header.limit,
    currency: header.tournament !== null ? "chips" : draft.playMoney ? "play" : "EUR",
    stakes: {
      ante: stakes.ante / unit,
      smallBlind: stakes.smallBlind / unit,
      bigBlind: stakes.bigBlind / unit,
    },
    fastFold: header.fastFold,
    tournament:
      header.tournament === null
        ? null
        : { id: tournamentId(draft.tableName), ...header.tournament },
    table: { name: draft.tableName, maxSeats: draft.maxSeats },
    button: draft.button,
    seats: draft.seats.map((seat) => ({ ...seat, stack: seat.stack / unit })),
    hero: draft.hero,
    heroCards: draft.heroCards,
    streets: draft.streets.map(({ name, cards, dealt, actions }, street) => ({
      name,
      cards,
      dealt,
      actions: actions.map((action, at) =>
        toAction(action, accounts.puts[street]![at]!, nameOf(action.seat), unit),
      ),
    })),
    shown,
    collected,
    board: draft.board,
    totalPot: totalPot / unit,
    houseMoney: draft.houseMoney / unit,
    rake: draft.pot!.rake / unit,
    results: resultsOf(draft, accounts, unit),
  };
}

function toAction(
  { kind, allIn, discarded }: WrittenAction,
  { put, raisedTo }: Put,
  player: string,
  unit: number,
): HandAction {
  const action: { -readonly [K in keyof HandAction]: HandAction[K] } = {
    player,
    kind: raisedTo === null ? kind : "raise",
    put: put / unit,
  };
  if (raisedTo !== null) action.to = raisedTo / unit;
  if (allIn) action.allIn = true;
  if (discarded !== null) action.discarded = discarded;
  return action;
}

/** For each who took part: who only sat there, or denied a blind, did not. */
function resultsOf(draft: HandDraft, accounts: Accounts, unit: number): Array<HandResult> {
  const put = draft.seats.map(() => 0);
  const won = draft.seats.map(() => 0);
  const tookPart = draft.seats.map(({ player }) => player === draft.hero);
  for (const [street, { actions }] of draft.streets.entries()) {
    for (const [at, { seat, kind }] of actions.entries()) {
      put[seat]! += accounts.puts[street]![at]!.put;
      if (kind !== "deny_blind") tookPart[seat] = true;
    }
  }
  for (const { seat, amount } of draft.collects) {
    won[seat]! += amount;
    tookPart[seat] = true;
  }
  for (const { seat } of draft.shows) tookPart[seat] = true;
  const results: Array<HandResult> = [];
  const order = draft.seats
    .map((_, at) => at)
    .toSorted((a, b) => draft.seats[a]!.seat - draft.seats[b]!.seat);
  for (const seat of order) {
    if (!tookPart[seat]) continue;
    results.push({
      player: draft.seats[seat]!.player,
      put: put[seat]! / unit,
      won: won[seat]! / unit,
      net: (won[seat]! - put[seat]!) / unit,
    });
  }
  return results;
}

/** One entry for each player, in the order in which they showed; hi/lo games have a line for each half. */
function mergeShows(draft: HandDraft): ReadonlyArray<Shown> | string {
  const bySeat = new Map<number, { -readonly [K in keyof Shown]: Shown[K] }>();
  for (const { seat, cards, half, words } of draft.shows) {
    const { player } = draft.seats[seat]!;
    let entry = bySeat.get(seat);
    if (entry === undefined) {
      entry = { player, cards, high: null, low: null };
      bySeat.set(seat, entry);
    } else if (!sameCards(entry.cards, cards)) {
      return `${player} shows two different hands`;
    }
    if (half === "lo") entry.low = words;
    else entry.high = words;
  }
  return [...bySeat.values()];
}

/** Headers of 2016 say `5 Card Omaha Hi/Lo` of tables that played for the high hand alone; their showdowns do not. */
function provenGame(draft: HandDraft): HandGame {
  const { game } = draft.header;
  if (game !== "omaha5_hilo") return game;
  const spoken = draft.shows.filter((show) => show.words !== null);
  return spoken.length > 0 && spoken.every((show) => show.half === null) ? "omaha5" : game;
}

function tournamentId(tableName: string): string | null {
  const mark = tableName.lastIndexOf("#");
  return splitName(mark === -1 ? tableName : tableName.slice(0, mark)).tournamentId;
}

/** A card lies in one place, and nobody holds more of them than the game deals. */
function wrongCards(draft: HandDraft, shown: ReadonlyArray<Shown>): string | undefined {
  const { board, heroCards, shape, writtenBoard } = draft;
  if (writtenBoard !== null && !sameCards(writtenBoard, board)) {
    return "the summary has another board";
  }
  if (heroCards.length !== 0 && heroCards.length !== shape.dealt) {
    return `${heroCards.length} cards were dealt instead of ${shape.dealt}`;
  }
  const seen = new Set(board);
  let count = board.length;
  if (shape.hasBoard && draft.hero !== null) {
    count += heroCards.length;
    for (const card of heroCards) seen.add(card);
  }
  for (const { player, cards } of shown) {
    if (cards.length > shape.held) return `${player} shows ${cards.length} cards`;
    if (shape.hasBoard && player === draft.hero) {
      if (cards.every((card) => heroCards.includes(card))) continue;
      return `${player} shows other cards than were dealt`;
    }
    // In stud the last card can be everyone's, and a draw game deals discarded cards again.
    if (!shape.hasBoard && new Set(cards).size === cards.length) continue;
    count += cards.length;
    for (const card of cards) seen.add(card);
  }
  return seen.size === count ? undefined : "a card is in two places";
}

/** Amounts that the currency cannot express: clients of 2010 let bets be fractions of a chip. */
function wrongWorth(draft: HandDraft, accounts: Accounts): string | undefined {
  if (draft.header.tournament === null) return undefined;
  const { stakes } = draft.header;
  const amounts = [
    stakes.ante,
    stakes.smallBlind,
    stakes.bigBlind,
    draft.houseMoney,
    draft.pot!.rake,
  ];
  const whole = (amount: number): boolean => amount % HUNDREDTHS === 0;
  const isWhole =
    amounts.every(whole) &&
    draft.seats.every(({ stack }) => whole(stack)) &&
    draft.collects.every(({ amount }) => whole(amount)) &&
    accounts.puts.every((row) => row.every(({ put }) => whole(put)));
  return isWhole ? undefined : "an amount is a fraction of a chip";
}

function money(hundredths: number): string {
  return (hundredths / HUNDREDTHS).toFixed(2);
}
