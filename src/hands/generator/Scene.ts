/**
 * What is played and where: one table of one kind, for as many hands as it is asked for. Its words are those that the client
 * has used over the years for the same thing, so that a reader of histories meets each of them.
 */
import type { Hand, HandFormat, HandGame, HandLimit } from "../../../rpc/hand.ts";
import type { Wording } from "../winamax/writeHand.ts";
import type { Dice } from "./Dice.ts";

export interface Scene {
  readonly format: HandFormat;
  readonly game: HandGame;
  readonly limit: HandLimit;
  readonly currency: Hand["currency"];
  readonly stakes: Hand["stakes"];
  readonly fastFold: Hand["fastFold"];
  readonly tournament: Hand["tournament"];
  readonly table: Hand["table"];
  /** Whether heads have a price. */
  readonly knockOut: boolean;
  /** The first part of its hands' numbers. */
  readonly tableId: string;
  readonly wording: Wording;
}

const TITLES: Readonly<Record<HandGame, ReadonlyArray<string>>> = {
  holdem: ["Holdem"],
  omaha: ["Omaha"],
  omaha5: ["Omaha5", "5 Card Omaha"],
  omaha_hilo: ["Omaha8", "Omaha Hi/Lo"],
  omaha5_hilo: ["5 Card Omaha Hi/Lo"],
  stud: ["7stud", "7-Card Stud"],
  stud_hilo: ["7stud8", "7-Card Stud Hi/Lo"],
  razz: ["Razz"],
  draw_27_triple: ["Lowball27", "2-7 Triple Draw"],
};

/** Prize, bounty, fee in cents and the words for them. */
const BUY_INS: ReadonlyArray<readonly [string, prize: number, bounty: number, fee: number]> = [
  ["1.84€ + 0.16€", 184, 0, 16],
  ["0,90€ + 0,10€", 90, 0, 10],
  ["22.50€ + 22.50€ + 5€", 2250, 2250, 500],
  ["0,45€ + 0,45€ + 0,10€", 45, 45, 10],
  ["4,50 + 0,50", 450, 0, 50],
  ["9 + 1", 900, 0, 100],
  ["0.92-0.08", 92, 0, 8],
  ["0€ + 0€", 0, 0, 0],
  ["Free", 0, 0, 0],
  ["Gratuit", 0, 0, 0],
  ["Ticket", 0, 0, 0],
  ["Ticket only", 0, 0, 0],
];

const TOURNAMENTS = [
  "Double or Nothing",
  "No Limit Hold'em",
  "Hold'em [180 Max]",
  "Kill The Fish",
  "Expresso",
  "KING 5 - Stade 1C",
  "Freeroll 150€",
  "Super Freeroll Stade 1 - Déglingos !",
  "MiniRoll ",
  'The "Big" one" buyIn: 5 (sic',
];

const TABLES = [
  "Colorado 1",
  "Frankfurt 08",
  "Aix-la-Chapelle 11",
  "SHORT TRACK 0,10€ 11",
  "L'Aquila",
];
const POOLS = ["Buzau", "Frankfurt", "Casa de Papel 'X'"];
const BRANDS = ["Go Fast", "HOLD-UP", "ESCAPE"];

/** Hundredths. */
const CASH_BLINDS = [
  [1, 2],
  [2, 5],
  [5, 10],
  [25, 50],
  [100, 200],
  [200, 400],
] as const;
/** Chips. */
const LEVELS = [
  [0, 10, 20],
  [0, 25, 50],
  [10, 60, 120],
  [15, 75, 150],
  [25, 100, 200],
  [50, 200, 400],
  [100, 400, 800],
] as const;

const SEATS = [2, 3, 5, 6, 8, 9, 10];

/** Of games that deal each player five cards or more: there must be enough of them. */
const FEWER_SEATS = [2, 5, 6];

export interface SceneChoice {
  readonly games: ReadonlyArray<HandGame>;
  readonly formats: ReadonlyArray<HandFormat>;
}

export function chooseScene(dice: Dice, { games, formats }: SceneChoice): Scene {
  const game = dice.pick(games);
  const format = dice.pick(formats);
  const hasBoard = game === "holdem" || game.startsWith("omaha");
  const limit: HandLimit = !hasBoard
    ? "fixed_limit"
    : game === "holdem"
      ? dice.pick(["no_limit", "no_limit", "no_limit", "fixed_limit", "pot_limit"])
      : dice.pick(["pot_limit", "pot_limit", "no_limit"]);
  const maxSeats = dice.pick(hasBoard && !game.startsWith("omaha5") ? SEATS : FEWER_SEATS);
  const tournament = format === "tournament";
  const tableId = tournament
    ? `${dice.between(100_000_000, 999_999_999)}${dice.between(100_000_000, 999_999_999)}`
    : String(dice.between(1_000_000, 29_999_999));
  const [buyIn, prize, bounty, fee] = dice.pick(BUY_INS);
  const name = tournament ? dice.pick(TOURNAMENTS) : dice.pick(TABLES);
  const number = String(dice.between(1_000_000, 299_999_999));
  return {
    format,
    game,
    limit,
    currency: tournament ? "chips" : dice.chance(15) ? "play" : "EUR",
    stakes: chooseStakes(dice, { tournament, hasBoard }),
    fastFold: format === "fast_fold" ? { brand: dice.pick(BRANDS), pool: dice.pick(POOLS) } : null,
    tournament: tournament
      ? {
          id: number,
          name,
          buyIn: { prize, bounty, fee, ticket: prize + bounty + fee === 0 },
          level: dice.pick([null, -1, 0, 1, 7, 25]),
        }
      : null,
    table: {
      name: tournament
        ? `${name}(${number})#${dice.pick(["0", "006", "118"])}`
        : format === "fast_fold"
          ? dice.pick(POOLS)
          : name,
      maxSeats,
    },
    knockOut: tournament && bounty > 0,
    tableId,
    wording: {
      gameTitle: dice.pick(TITLES[game]),
      buyIn,
      spacedBoard: dice.chance(10),
      oddColons: dice.chance(5),
      paddedButton: dice.chance(5),
      trailingBlanks: dice.chance(70),
      thousands: tournament && dice.chance(15),
      oldDenial: dice.chance(30),
      exportedStud: dice.chance(50),
    },
  };
}

function chooseStakes(
  dice: Dice,
  { tournament, hasBoard }: { readonly tournament: boolean; readonly hasBoard: boolean },
): Hand["stakes"] {
  if (tournament) {
    const [ante, smallBlind, bigBlind] = dice.pick(LEVELS);
    return { ante: hasBoard ? ante : Math.max(ante, 5), smallBlind, bigBlind };
  }
  const [smallBlind, bigBlind] = dice.pick(CASH_BLINDS);
  const ante = !hasBoard || dice.chance(10) ? Math.max(1, Math.floor(smallBlind / 5)) : 0;
  return { ante, smallBlind, bigBlind };
}
