import { Buffer } from "node:buffer";
import { Schema } from "effect";
import { describe, expect, it } from "vitest";
import { Hand } from "../../../rpc/hand.ts";
import { HandReader } from "../../../src/hands/winamax/HandReader.ts";
import { MAX_LINE_BYTES } from "../../../src/hands/winamax/LineReader.ts";
import { CASH_HAND, cashHand } from "./cashHand.ts";
import { readAll, readOne, refusalOf } from "./readAll.ts";

const TEXT = cashHand();
const LATER = TEXT.replace("-13-", "-14-");

describe("a hand", () => {
  it("is read whole", () => {
    const hand = readOne(TEXT);
    expect(Schema.is(Hand)(hand)).toBe(true);
    expect(hand).toMatchObject({
      handId: "winamax:7222556-13-1425939644",
      playedAt: Date.UTC(2015, 2, 9, 22, 20, 44),
      format: "cash",
      game: "holdem",
      limit: "no_limit",
      currency: "EUR",
      stakes: { ante: 0, smallBlind: 1, bigBlind: 2 },
      table: { name: "Colorado 1", maxSeats: 5 },
      button: 1,
      hero: "Ann",
      heroCards: ["Ad", "Kd"],
      board: ["Ah", "7s", "2c", "9d", "9h"],
      totalPot: 31,
      rake: 2,
      houseMoney: 0,
      collected: [{ player: "Ann", amount: 31, pot: "pot" }],
      results: [
        { player: "Ann", put: 16, won: 31, net: 15 },
        { player: "Kai  Greene", put: 1, won: 0, net: -1 },
        { player: "10000001", put: 16, won: 0, net: -16 },
      ],
    });
    expect(hand.streets.map(({ name, cards }) => [name, cards])).toEqual([
      ["blinds", []],
      ["preflop", []],
      ["flop", ["Ah", "7s", "2c"]],
      ["turn", ["9d"]],
      ["river", ["9h"]],
    ]);
    expect(hand.streets[1]!.actions).toEqual([
      { player: "Ann", kind: "raise", put: 6, to: 6 },
      { player: "Kai  Greene", kind: "fold", put: 0 },
      { player: "10000001", kind: "call", put: 4 },
    ]);
    expect(hand.shown).toEqual([
      { player: "10000001", cards: ["7d", "8d"], high: "Two pairs : 9 and 7", low: null },
      { player: "Ann", cards: ["Ad", "Kd"], high: "Two pairs : Aces and 9", low: null },
    ]);
  });

  it("ends at its blank line, before more of the file has come", () => {
    expect(readAll(TEXT, { open: true }).hands).toHaveLength(1);
    const unfinished = TEXT.trimEnd();
    expect(readAll(unfinished, { open: true })).toMatchObject({ hands: [], refused: [] });
    expect(readAll(`${unfinished}\n`, { open: true }).hands).toHaveLength(0);
    expect(readAll(unfinished).hands).toHaveLength(1);
  });

  it("ends where the next one begins, without a blank line too", () => {
    expect(readAll(`${TEXT.trimEnd()}\n${LATER}`).hands).toHaveLength(2);
  });

  it("may have blank lines inside", () => {
    expect(readOne(cashHand((line) => (line.startsWith("***") ? ["", line] : line)))).toEqual(
      readOne(TEXT),
    );
  });

  it("may end its lines as Windows does", () => {
    expect(readOne(TEXT.replaceAll("\n", "\r\n"))).toEqual(readOne(TEXT));
  });
});

describe("a place", () => {
  it("is the first byte of the hand, in bytes and not in characters", () => {
    const { places } = readAll(`${TEXT}${LATER}`);
    expect(places).toEqual([
      { offset: 0, line: 0 },
      { offset: Buffer.byteLength(TEXT), line: CASH_HAND.length - 1 },
    ]);
  });

  it("is where a later reading goes on, with the half of a hand that had come", () => {
    const whole = Buffer.from(`${TEXT}${LATER}`);
    for (let cut = 0; cut <= whole.length; cut += 7) {
      const first = readAll(whole.subarray(0, cut), { open: true });
      const rest = readAll(whole, { from: first.place });
      expect([...first.hands, ...rest.hands].map(({ handId }) => handId)).toEqual([
        "winamax:7222556-13-1425939644",
        "winamax:7222556-14-1425939644",
      ]);
      expect([...first.refused, ...rest.refused]).toEqual([]);
    }
  });

  it("passes over what is refused", () => {
    const text = `${TEXT.replace("Ann checks", "Ann chucks")}${LATER}`;
    const { refused, place, hands } = readAll(text, { open: true });
    expect(refused).toHaveLength(1);
    expect(hands).toHaveLength(1);
    expect(place.offset).toBe(Buffer.byteLength(text));
  });
});

describe("encodings", () => {
  const expected = readOne(cashHand((line) => line.replaceAll("Ann", "Zoé")));
  const text = cashHand((line) => line.replaceAll("Ann", "Zoé"));

  it("reads UTF-8 with a byte order mark", () => {
    expect(readOne(`\uFEFF${text}`)).toEqual(expected);
  });

  it("reads Windows-1252", () => {
    const bytes = Buffer.from(text.replaceAll("€", "\u0080"), "latin1");
    expect(readAll(bytes, { pieces: [1] }).hands).toEqual([expected]);
    expect(bytes.includes(0x80)).toBe(true);
  });

  it("reads both in one file", () => {
    const bytes = Buffer.concat([
      Buffer.from(text.replaceAll("€", "\u0080"), "latin1"),
      Buffer.from(text),
    ]);
    expect(readAll(bytes).hands).toEqual([expected, expected]);
  });

  it.each([
    ["encoded twice", "â‚¬"],
    ["taken for Latin-1", "\u0080"],
    ["replaced by a question mark", "?"],
    ["replaced by a mark of its own", "\uFFFD"],
    ["lost", ""],
  ])("knows a euro sign that was %s", (_, sign) => {
    expect(readOne(text.replaceAll("€", sign))).toEqual(expected);
  });

  it("keeps a character that is cut between two pieces", () => {
    expect(readAll(text, { pieces: [1] }).hands).toEqual([expected]);
  });
});

describe("refusals", () => {
  const line = (beginning: string): number =>
    CASH_HAND.findIndex((text) => text.startsWith(beginning)) + 1;

  it.each<[string, string, string, number, RegExp]>([
    ["a verb", "Ann checks", "Ann chucks", line("Ann checks"), /unknown line: Ann chucks/],
    ["a player", "10000001 checks", "Bob checks", line("10000001 checks"), /unknown line/],
    ["an amount", "Ann bets 0.10€", "Ann bets 0.1x€", line("Ann bets"), /unknown line/],
    ["a third decimal", "Ann bets 0.10€", "Ann bets 0.100€", line("Ann bets"), /unknown line/],
    ["a card", "[Ah 7s 2c]\n", "[Ah 7s 1c]\n", line("*** FLOP"), /cards of the flop/],
    ["the board", "][9d]", "][9d 3c]", line("*** TURN"), /cards of the turn/],
    ["an earlier board", "2c][9d]", "3c][9d]", line("*** TURN"), /do not follow/],
    ["the game", "Holdem no", "Badugi no", 1, /unknown game: Badugi/],
    ["the limit", "Holdem no limit", "Holdem some limit", 1, /unknown limit/],
    ["the stakes", "(0.01€/0.02€)", "(0.01€)", 1, /unreadable stakes/],
    ["the date", "2015/03/09", "2015/02/30", 1, /no such time/],
    ["the kind", "CashGame", "Lottery", 1, /unknown kind of game/],
    ["the id", "#7222556-13-", "#7222556-x-", 1, /hand id/],
    ["the table", "Table: '", "Tisch: '", 2, /no table/],
    ["the size", "5-max", "55-max", 2, /no size/],
    ["a seat twice", "Seat 3: Kai", "Seat 1: Kai", 4, /seat 1 is taken twice/],
    ["a name twice", "Seat 5: 10000001", "Seat 5: Ann", 5, /Ann sits twice/],
    ["a stack", "(2.11€)", "(much)", 3, /unreadable stack/],
    ["the pot", "Total pot 0.31€", "Total pot lots", line("Total pot"), /unreadable pot/],
    ["a street", "*** RIVER ***", "*** SEVENTH ***", line("*** RIVER"), /holdem has no seventh/],
    ["the order", "*** RIVER ***", "*** FLOP ***", line("*** RIVER"), /out of order/],
  ])("names the line: %s", (_, from, to, at, reason) => {
    const refusal = refusalOf(TEXT.replace(from, to));
    expect(refusal.reason).toMatch(reason);
    expect(refusal.line).toBe(at);
    expect(refusal.handId).toBe(/the id/.test(_) ? null : "winamax:7222556-13-1425939644");
  });

  it.each<[string, string, string, RegExp]>([
    ["more put in than there is", "calls 0.10€", "calls 0.20€", /0\.43 was put in.*0\.33/],
    ["less collected", "Ann collected 0.31€", "Ann collected 0.30€", /0\.30 was collected/],
    ["a card held twice", "[7d 8d] (", "[Ah 8d] (", /a card is in two places/],
    [
      "two different hands",
      "Ann shows [Ad Kd]",
      "Ann shows [Ad Kh]",
      /other cards than were dealt/,
    ],
    ["three cards", "[7d 8d] (", "[7d 8d 3h] (", /shows 3 cards/],
    ["another board", "Board: [Ah", "Board: [As", /another board/],
    ["four cards dealt", "Ann [Ad Kd]", "Ann [Ad Kd 3s 4s]", /4 cards were dealt instead of 2/],
    ["a raise below the bet", "to 0.06€", "to 0.01€", /was put in/],
  ])("judges the whole: %s", (_, from, to, reason) => {
    const refusal = refusalOf(TEXT.replace(from, to));
    expect(refusal.reason).toMatch(reason);
    expect(refusal.line).toBe(1);
  });

  it("refuses a raise that takes money back", () => {
    const text = TEXT.replace("10000001 calls 0.04€", "10000001 raises 0.04€ to 0.01€");
    expect(refusalOf(text).reason).toMatch(/a raise ends below/);
  });

  it("refuses a hand that breaks off, at the next one or at the end", () => {
    const half = CASH_HAND.slice(0, 15).join("\n");
    expect(refusalOf(half).reason).toBe("the hand breaks off");
    const { hands, refused } = readAll(`${half}\n${LATER}`);
    expect(refused.map(({ reason }) => reason)).toEqual(["the hand breaks off"]);
    expect(hands).toHaveLength(1);
  });

  it("reports a hand whose header is lost once, and reads the next", () => {
    const headless = CASH_HAND.slice(1).join("\n");
    const { hands, refused } = readAll(`${headless}${LATER}`);
    expect(refused).toEqual([{ line: 1, handId: null, reason: "a hand without a header" }]);
    expect(hands).toHaveLength(1);
  });

  it("reports a damaged hand once, whatever blank lines are in its rest", () => {
    const text = TEXT.replace("Ann bets", "Ann bits").replaceAll("***", "\n***");
    expect(readAll(text).refused).toHaveLength(1);
  });

  it("refuses amounts that chips cannot be", () => {
    const text = TEXT.replace("CashGame", 'Tournament "KING 5" buyIn: Ticket level: 7');
    expect(refusalOf(text).reason).toBe("an amount is a fraction of a chip");
  });

  it("stays sane with a hand of a million lines", () => {
    const long = cashHand((line) =>
      line === "Ann checks" ? Array.from({ length: 3_000 }, () => line) : line,
    );
    expect(refusalOf(long).reason).toBe("more than 2000 lines");
  });
});

describe("what is no history", () => {
  const lines = (bytes: Uint8Array) => readAll(Buffer.concat([bytes, Buffer.from(`\n${TEXT}`)]));

  it("passes over binary files and NUL bytes", () => {
    const noise = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 256));
    expect(lines(noise)).toMatchObject({ hands: { length: 1 }, refused: [] });
    expect(lines(Buffer.alloc(1_000))).toMatchObject({ hands: { length: 1 }, refused: [] });
  });

  it("refuses names that are no text", () => {
    expect(refusalOf(TEXT.replaceAll("Ann", "A\0n")).reason).toBe("a line that is not text");
    expect(refusalOf(TEXT.replaceAll("Colorado", "\u0007")).reason).toMatch(/not text/);
    expect(refusalOf(TEXT.replaceAll("Ann", "A".repeat(101))).reason).toMatch(/100 characters/);
  });

  it("passes over a line that is too long, between hands", () => {
    expect(lines(Buffer.alloc(MAX_LINE_BYTES * 3, "x"))).toMatchObject({
      hands: { length: 1 },
      refused: [],
    });
  });

  it("refuses the hand that such a line is in", () => {
    const text = TEXT.replace("Ann checks", `Ann checks${" ".repeat(MAX_LINE_BYTES)}`);
    const { hands, refused } = readAll(`${text}${LATER}`, { pieces: [1000] });
    expect(refused.map(({ reason }) => reason)).toEqual(["a line of more than 65536 bytes"]);
    expect(hands).toHaveLength(1);
  });

  it("reads past a line of 100 MB without holding it", () => {
    const piece = Buffer.alloc(1 << 20, "y");
    let hands = 0;
    const reader = new HandReader({
      onHand: () => (hands += 1),
      onRefused: ({ reason }) => expect.unreachable(reason),
      onSummary: () => expect.unreachable("no summary"),
    });
    const held = (): number => {
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    reader.write(piece.subarray(0, 1000));
    const before = held();
    let most = 0;
    for (let megabytes = 0; megabytes < 100; megabytes++) {
      reader.write(piece);
      most = Math.max(most, held() - before);
    }
    reader.write(Buffer.from(`\n${TEXT}`));
    expect(hands).toBe(1);
    expect(most).toBeLessThan(8 * 2 ** 20);
  });
});
