import { describe, expect, it } from "vitest";
import { parseBuyIn } from "../../../src/hands/winamax/buyIn.ts";
import { parseHeader, parseTime } from "../../../src/hands/winamax/header.ts";

const header = (kind: string, rules = "Holdem no limit (10/20)") =>
  parseHeader(
    `Winamax Poker - ${kind} - HandId: #563272986501578753-17-1442521060 - ${rules} - 2015/09/17 20:17:40 UTC`,
  );

describe("kinds of hand", () => {
  it.each([
    ["CashGame", null, null],
    ['Go Fast "Buzau"', { brand: "Go Fast", pool: "Buzau" }, null],
    ['HOLD-UP "Casa"', { brand: "HOLD-UP", pool: "Casa" }, null],
    ['ESCAPE "x - "y" z"', { brand: "ESCAPE", pool: 'x - "y" z' }, null],
  ])("%s", (kind, fastFold, tournament) => {
    expect(header(kind)).toMatchObject({ fastFold, tournament });
  });

  it.each([
    ['Tournament "No Limit Hold\'em" buyIn: 0,90€ + 0,10€ level: 0', "No Limit Hold'em", 0],
    ['Tournament "Déglingos !" buyIn: Free level: -1', "Déglingos !", -1],
    ['Tournament "Freeroll" buyIn: 0€ + 0€ level: ', "Freeroll", null],
    ['Tournament "MiniRoll " buyIn: 9 + 1', "MiniRoll ", null],
    ['Tournament "a" buyIn: 5 - HandId: #1" buyIn: 9 + 1 level: 3', 'a" buyIn: 5 - HandId: #1', 3],
  ])("%s", (kind, name, level) => {
    expect(header(kind)).toMatchObject({ fastFold: null, tournament: { name, level } });
  });

  it.each(["", 'Go Fast ""', "Go Fast", 'Tournament "x" level: 3', 'Tournament "x" buyIn: much'])(
    "refuses %s",
    (kind) => expect(header(kind)).toBeTypeOf("string"),
  );

  it("keeps numbers beyond 2^53 as they are written", () => {
    expect(header("CashGame")).toMatchObject({ id: "563272986501578753-17-1442521060" });
  });
});

describe("games", () => {
  it.each([
    ["Holdem no limit (0.02€/0.05€)", "holdem", "no_limit", 0, 2, 5],
    ["Holdem fixed limit (0.05€/0.10€)", "holdem", "fixed_limit", 0, 5, 10],
    ["Omaha pot limit (1€/2€)", "omaha", "pot_limit", 0, 100, 200],
    ["Omaha5 pot limit (5€/10€)", "omaha5", "pot_limit", 0, 500, 1000],
    ["5 Card Omaha pot limit (0.01€/0.02€)", "omaha5", "pot_limit", 0, 1, 2],
    ["5 Card Omaha Hi/Lo pot limit (2€/4€)", "omaha5_hilo", "pot_limit", 0, 200, 400],
    ["Omaha8 pot limit (0.05/0.10)", "omaha_hilo", "pot_limit", 0, 5, 10],
    ["Omaha Hi/Lo pot limit (1€/2€)", "omaha_hilo", "pot_limit", 0, 100, 200],
    ["7-Card Stud fixed limit (5€/25€/50€)", "stud", "fixed_limit", 500, 2500, 5000],
    ["7stud fixed limit (0.01/0.05/0.10)", "stud", "fixed_limit", 1, 5, 10],
    ["7-Card Stud Hi/Lo fixed limit (5€/25€/50€)", "stud_hilo", "fixed_limit", 500, 2500, 5000],
    ["7stud8 fixed limit (5€/25€/50€)", "stud_hilo", "fixed_limit", 500, 2500, 5000],
    ["Razz fixed limit (5€/25€/50€)", "razz", "fixed_limit", 500, 2500, 5000],
    ["2-7 Triple Draw fixed limit (25€/50€)", "draw_27_triple", "fixed_limit", 0, 2500, 5000],
    ["Lowball27 fixed limit (0.50/1)", "draw_27_triple", "fixed_limit", 0, 50, 100],
  ])("%s", (rules, game, limit, ante, smallBlind, bigBlind) => {
    const stakes = { ante, smallBlind, bigBlind };
    expect(header("CashGame", rules)).toMatchObject({ game, limit, stakes });
  });
});

describe("buy-ins", () => {
  const none = { prize: 0, bounty: 0, fee: 0, ticket: true };
  it.each([
    ["1.84€ + 0.16€", { prize: 184, bounty: 0, fee: 16, ticket: false }],
    ["0,45€ + 0,45€ + 0,10€", { prize: 45, bounty: 45, fee: 10, ticket: false }],
    ["4,50 + 0,50", { prize: 450, bounty: 0, fee: 50, ticket: false }],
    ["9 + 1", { prize: 900, bounty: 0, fee: 100, ticket: false }],
    ["0.92-0.08", { prize: 92, bounty: 0, fee: 8, ticket: false }],
    ["0€ + 1€", { prize: 0, bounty: 0, fee: 100, ticket: false }],
    ["0€ + 0€", none],
    ["Free", none],
    ["Gratuit", none],
    ["Ticket only", none],
    ["Ticket", none],
  ])("%s", (text, buyIn) => {
    expect(parseBuyIn(text)).toEqual(buyIn);
  });

  it.each(["", "9 +", "1€ + 2€ + 3€ + 4€", "x", "1.234€ + 1€", "1€ and 2€"])("refuses %j", (text) =>
    expect(parseBuyIn(text)).toBeUndefined(),
  );
});

describe("times", () => {
  it("are exact", () => {
    expect(parseTime("2024/02/29 23:59:59 UTC")).toBe(Date.UTC(2024, 1, 29, 23, 59, 59));
  });

  it.each([
    "2023/02/29 00:00:00 UTC",
    "2024/13/01 00:00:00 UTC",
    "2024/00/01 00:00:00 UTC",
    "2024/01/01 24:00:00 UTC",
    "2024/01/01 00:60:00 UTC",
    "2024/01/01 00:00:00",
    "yesterday",
  ])("refuses %s", (text) => expect(parseTime(text)).toBeUndefined());
});
