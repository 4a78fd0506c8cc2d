/** What lines mean, one hand each: the oddities of fifteen years of clients. */
import { describe, expect, it } from "vitest";
import { cashHand } from "./cashHand.ts";
import { readOne } from "./readAll.ts";

const UTC = "2015/03/09 22:20:44 UTC";

/** A hand from its blinds on; `pot` is put in and collected by the first player. */
function hand(lines: ReadonlyArray<string>, options: { title?: string; seats?: string[] } = {}) {
  const {
    title = "CashGame - HandId: #1-2-3 - Holdem no limit (1€/2€)",
    seats = ["Ann (200€)", "Bob (200€)", "Cyd (200€)"],
  } = options;
  return readOne(
    [
      `Winamax Poker - ${title} - ${UTC}`,
      "Table: 'T' 6-max (real money) Seat #1 is the button",
      ...seats.map((seat, at) => `Seat ${at + 1}: ${seat}`),
      "*** ANTE/BLINDS ***",
      ...lines,
      "",
    ].join("\n"),
  );
}

const put = (of: ReturnType<typeof hand>) =>
  Object.fromEntries(of.results.map((result) => [result.player, result.put]));

describe("blinds", () => {
  it("out of position count toward the bet on the street", () => {
    const played = hand([
      "Bob posts small blind 1€",
      "Cyd posts big blind 2€",
      "Ann posts small blind 1€ out of position",
      "*** PRE-FLOP *** ",
      "Ann raises 4€ to 6€",
      "Bob folds",
      "Cyd folds",
      "Ann collected 9€ from pot",
      "*** SUMMARY ***",
      "Total pot 9€ | No rake",
    ]);
    expect(put(played)).toEqual({ Ann: 600, Bob: 100, Cyd: 200 });
    expect(played.streets[1]!.actions[0]).toEqual({
      player: "Ann",
      kind: "raise",
      put: 500,
      to: 600,
    });
    expect(played.streets[0]!.actions[2]!.kind).toBe("late_small_blind");
  });

  it("may both be posted late, the big one inside the small one", () => {
    const played = hand([
      "Cyd posts big blind 2€",
      "Ann posts small blind 3€ out of position",
      "Ann posts big blind 0€ out of position",
      "*** PRE-FLOP *** ",
      "Cyd folds",
      "Ann collected 5€ from pot",
      "*** SUMMARY ***",
      "Total pot 5€ | No rake",
    ]);
    expect(put(played)).toEqual({ Ann: 300, Cyd: 200 });
  });

  it("are denied by who does not take part", () => {
    for (const line of ["Bob denies big blind", "Bob denies small blind", "Bob deny BB 0€"]) {
      const played = hand([
        line,
        "Ann posts small blind 1€",
        "Cyd posts big blind 2€",
        "*** PRE-FLOP ***",
        "Ann folds",
        "Cyd collected 3€ from pot",
        "*** SUMMARY ***",
        "Total pot 3€ | No rake",
      ]);
      expect(played.results.map(({ player }) => player)).toEqual(["Ann", "Cyd"]);
      expect(played.streets[0]!.actions[0]).toEqual({ player: "Bob", kind: "deny_blind", put: 0 });
    }
  });

  it("may be more than a stack, or nothing after an ante that took it all", () => {
    const played = hand(
      [
        "Bob posts ante 70 and is all-in",
        "Cyd posts ante 100",
        "Bob posts small blind 0 and is all-in",
        "Cyd posts big blind 150 and is all-in",
        "*** PRE-FLOP *** ",
        "*** SHOW DOWN ***",
        "Cyd collected 320 from pot",
        "*** SUMMARY ***",
        "Total pot 320 | No rake",
      ],
      {
        title:
          'Tournament "x" buyIn: Free level: 5 - HandId: #1-2-3 - Holdem no limit (100/200/400)',
        seats: ["Ann (500)", "Bob (70)", "Cyd (250, 29.25€ bounty)"],
      },
    );
    expect(put(played)).toEqual({ Bob: 70, Cyd: 250 });
    expect(played.streets[0]!.actions.every(({ kind, allIn }) => kind === "ante" || allIn)).toBe(
      true,
    );
    expect(played.seats[2]).toEqual({ seat: 3, player: "Cyd", stack: 250, bounty: 2925 });
    expect(played.stakes).toEqual({ ante: 100, smallBlind: 200, bigBlind: 400 });
  });
});

describe("raises", () => {
  const shortRaise = (line: string) =>
    hand([
      "Bob posts small blind 1€",
      "Cyd posts big blind 2€",
      "*** PRE-FLOP *** ",
      line,
      "Bob folds",
      "Cyd folds",
      "Ann collected 9€ from pot",
      "*** SUMMARY ***",
      "Total pot 9€ | No rake",
    ]);

  it("are their total, whatever they say to have added", () => {
    for (const by of ["4€", "99€", "-6.10€", "0€"]) {
      expect(put(shortRaise(`Ann raises ${by} to 6€`))).toMatchObject({ Ann: 600 });
    }
  });

  it("may be written as bets, of what they add", () => {
    const played = shortRaise("Ann bets 4€");
    expect(played.streets[1]!.actions[0]).toEqual({
      player: "Ann",
      kind: "raise",
      put: 600,
      to: 600,
    });
  });

  it("may be written as bets, of what they put in", () => {
    expect(shortRaise("Ann bets 6€").streets[1]!.actions[0]).toMatchObject({
      kind: "bet",
      put: 600,
    });
  });
});

describe("pots", () => {
  it("in thousands are what was collected", () => {
    const text = cashHand((line) => line.replaceAll("€", ""))
      .replace("CashGame", 'Tournament "x" buyIn: 9 + 1 level: 1')
      .replaceAll(/0\.(\d\d)/g, (_, cents: string) => String(Number(cents) * 100))
      .replace("Total pot 3100 | Rake 200", "Total pot 3.3k | No rake")
      .replace("collected 3100", "collected 3300")
      .replace("2.11", "2110");
    const played = readOne(text);
    expect([played.totalPot, played.rake, played.currency]).toEqual([3300, 0, "chips"]);
  });

  it("can hold money of the house", () => {
    for (const [brand, line] of [
      ["HOLD-UP", "Hold-up to Pot: total 0.20€"],
      ["ESCAPE", "Escape to Pot: total 0.20€"],
    ] as const) {
      const played = hand(
        [
          "Bob posts small blind 1€",
          "Cyd posts big blind 2€",
          line,
          "*** PRE-FLOP *** ",
          "Ann folds",
          "Bob folds",
          "Cyd collected 3.20€ from pot",
          "*** SUMMARY ***",
          "Total pot 3.20€ | No rake",
        ],
        { title: `${brand} "P" - HandId: #1-2-3 - Holdem no limit (1€/2€)` },
      );
      expect(played).toMatchObject({ houseMoney: 20, format: "fast_fold", fastFold: { brand } });
      expect(played.results.reduce((sum, { net }) => sum + net, 0)).toBe(20);
    }
  });

  it("are divided between high and low", () => {
    const played = hand(
      [
        "Bob posts small blind 1€",
        "Cyd posts big blind 2€",
        "Dealt to Bob [5s Qd 2s 3s]",
        "*** PRE-FLOP *** ",
        "Ann folds",
        "Bob calls 1€",
        "Cyd checks",
        "*** FLOP *** [Ah 7s 8c]",
        "Bob checks",
        "Cyd checks",
        "*** SHOW DOWN ***",
        "Bob shows [5s Qd 2s 3s] (HI : High card : Ace)",
        "Bob shows [5s Qd 2s 3s] (LO : High card : 8)",
        "Cyd collected 2€ from main pot (HI)",
        "Bob collected 1€ from main pot(LO)",
        "Bob collected 1€ from side pot 1 (LO)",
        "*** SUMMARY ***",
        "Total pot 4€ | No rake",
        "Board: [Ah 7s 8c]",
        "Seat 3: Cyd (big blind) showed [4d 9h 7h 2h] and won 2€ with HI : One pair : 7",
      ],
      { title: "CashGame - HandId: #1-2-3 - Omaha8 pot limit (1€/2€)" },
    );
    expect(played.shown).toEqual([
      {
        player: "Bob",
        cards: ["5s", "Qd", "2s", "3s"],
        high: "High card : Ace",
        low: "High card : 8",
      },
      { player: "Cyd", cards: ["4d", "9h", "7h", "2h"], high: "One pair : 7", low: null },
    ]);
    expect(played.collected.map(({ pot }) => pot)).toEqual(["main hi", "main lo", "side 1 lo"]);
  });

  it("of a table that says hi/lo can be for the high hand alone", () => {
    const title = "CashGame - HandId: #1-2-3 - 5 Card Omaha Hi/Lo pot limit (1€/2€)";
    const lines = (words: string) => [
      "Bob posts small blind 1€",
      "Cyd posts big blind 1€",
      "*** PRE-FLOP *** ",
      "*** SHOW DOWN ***",
      `Bob shows [5s Qd 2s 3s Kc] (${words})`,
      "Bob collected 2€ from pot",
      "*** SUMMARY ***",
      "Total pot 2€ | No rake",
    ];
    expect(hand(lines("Full of Kings and Tens"), { title }).game).toBe("omaha5");
    expect(hand(lines("HI : Full of Kings and Tens"), { title }).game).toBe("omaha5_hilo");
  });
});

describe("tables", () => {
  it.each([
    ["Table: 'Port Elizabeth' 5-max (real money) Seat #1 is the button", "Port Elizabeth", 1],
    ["Table 'Nagoya' 5-max (real money) Seat #3 is the button", "Nagoya", 3],
    ["Table: 'Pampelune' 6-max (real money) ", "Pampelune", null],
    ["Table: 'Pampelune' 6-max (real money)", "Pampelune", null],
    ["Table: 'Ceské' 6-max (play money) Seat #0 is the button", "Ceské", null],
    ["Table: 'Neuilly' 5-max (real money) Seat 0000005 is the button", "Neuilly", 5],
    [
      "Table: 'Hold'em [180 Max](109970606)#06' 9-max (real money) Seat #8 is the button",
      "Hold'em [180 Max](109970606)#06",
      8,
    ],
    ["Table: 'a' 3-max (x)' 10-max (play money) Seat #10 is the button", "a' 3-max (x)", 10],
  ])("%s", (line, name, button) => {
    const played = readOne(cashHand((other) => (other.startsWith("Table") ? line : other)));
    expect([played.table.name, played.button]).toEqual([name, button]);
    expect(played.currency).toBe(line.includes("play") ? "play" : "EUR");
  });

  it("tell a tournament's number", () => {
    const text = cashHand((line) => line.replaceAll("€", ""))
      .replace("CashGame", 'Tournament "MiniRoll " buyIn: 0,45€ + 0,05€ level: ')
      .replace("'Colorado 1'", "'MiniRoll (110197959)#026'")
      .replaceAll(/0\.(\d\d)/g, (_, cents: string) => String(Number(cents)))
      .replace("2.11", "211");
    expect(readOne(text).tournament).toEqual({
      id: "110197959",
      name: "MiniRoll ",
      buyIn: { prize: 45, bounty: 0, fee: 5, ticket: false },
      level: null,
    });
  });
});

describe("headings", () => {
  it.each([
    ["][", "] ["],
    ["*** [", "***: ["],
    ["*** PRE-FLOP *** ", "*** PRE-FLOP ***"],
    ["*** ANTE/BLINDS ***", "*** ANTE/BLINDS *** "],
  ])("may say %s as %s", (from, to) => {
    const text = cashHand((line) => line.replaceAll(from, to));
    expect(text).not.toBe(cashHand());
    expect(readOne(text)).toEqual(readOne(cashHand()));
  });
});

describe("stud", () => {
  const streets = (names: ReadonlyArray<string>, bring: string) => [
    "Ann posts ante 5€",
    "Bob posts ante 5€",
    `*** ${names[0]} ***`,
    "Dealt to Ann [X X] [2h]",
    "Dealt to Bob [Ks Kd 8h]",
    `Ann ${bring} 10€`,
    "Bob raises 15€ to 25€",
    "Ann calls 15€",
    `*** ${names[1]} *** `,
    "Dealt to Ann [X X 2h] [Ts]",
    "Dealt to Bob [Ks Kd 8h] [8s]",
    "Bob bets 25€",
    "Ann folds",
    "Bob collected 83€ from pot",
    "*** SUMMARY ***",
    "Total pot 83€ | Rake 2€",
  ];
  const title = "CashGame - HandId: #1-2-3 - 7-Card Stud fixed limit (5€/25€/50€)";

  it("is read in both its wordings", () => {
    for (const [names, bring] of [
      [["3rd STREET", "4th STREET"], "brings in"],
      [["THIRD", "FOURTH"], "bring-in"],
    ] as const) {
      const played = hand(streets(names, bring), { title });
      expect(put(played)).toEqual({ Ann: 3000, Bob: 5500 });
      expect([played.hero, played.heroCards]).toEqual(["Bob", ["Ks", "Kd", "8h"]]);
      expect(played.streets.map(({ name, dealt }) => [name, dealt])).toEqual([
        ["blinds", []],
        [
          "third",
          [
            { player: "Ann", cards: ["2h"] },
            { player: "Bob", cards: ["Ks", "Kd", "8h"] },
          ],
        ],
        [
          "fourth",
          [
            { player: "Ann", cards: ["Ts"] },
            { player: "Bob", cards: ["8s"] },
          ],
        ],
      ]);
    }
  });

  it("may leave the bring-in out of a raise's total", () => {
    const lines = streets(["THIRD", "FOURTH"], "bring-in").map((line) =>
      line
        .replace("Ann calls 15€", "Ann raises 25€ to 40€")
        .replace("Bob bets 25€", "Bob bets 0€")
        .replace("83€", "83€"),
    );
    // Ann's 10 and then 40 more; Bob's 25: 5 + 5 + 50 + 25 is 85.
    expect(put(hand(lines, { title }))).toEqual({ Ann: 5500, Bob: 3000 });
  });
});

it("reads draw games", () => {
  const played = hand(
    [
      "Bob posts small blind 12€",
      "Cyd posts big blind 25€",
      "Dealt to Bob [2h Td 8c 7c 8s]",
      "*** FIRST-BET ***",
      "Bob calls 13€",
      "Cyd checks",
      "*** FIRST-DRAW ***",
      "Bob discard 2 cards",
      "Cyd discard 0 card",
      "Dealt to Bob [2h 8c 7c] [3s 4d]",
      "*** SECOND-BET ***",
      "Bob bets 25€",
      "Cyd calls 25€",
      "*** SECOND-DRAW ***",
      "Bob stands pat [2h 8c 7c 3s 4d]",
      "Cyd discards 1 card [As]",
      "*** THIRD-BET ***",
      "Bob bets 50€",
      "Cyd folds",
      "Bob collected 148€ from pot",
      "*** SUMMARY ***",
      "Total pot 148€ | Rake 2€",
    ],
    { title: "CashGame - HandId: #1-2-3 - 2-7 Triple Draw fixed limit (25€/50€)" },
  );
  expect(put(played)).toEqual({ Bob: 10_000, Cyd: 5000 });
  expect(played.heroCards).toEqual(["2h", "Td", "8c", "7c", "8s"]);
  expect(played.streets[2]).toEqual({
    name: "first_draw",
    cards: [],
    dealt: [{ player: "Bob", cards: ["3s", "4d"] }],
    actions: [
      { player: "Bob", kind: "discard", put: 0, discarded: 2 },
      { player: "Cyd", kind: "discard", put: 0, discarded: 0 },
    ],
  });
  expect(played.streets[4]!.actions).toEqual([
    { player: "Bob", kind: "stand_pat", put: 0 },
    { player: "Cyd", kind: "discard", put: 0, discarded: 1 },
  ]);
});
