import { Schema } from "effect";
import { describe, expect, it } from "vitest";
import { TournamentSummary } from "../../../src/hands/winamax/Summary.ts";
import { parseLevels } from "../../../src/hands/winamax/levels.ts";
import { readAll } from "./readAll.ts";

const LINES = [
  "Winamax Poker - Tournament summary : Kill The (big) Fish(152800689)",
  "Player : Kai  Greene",
  "Buy-In : 0.45€ + 0.45€ + 0.10€",
  "Rebuy cost : 1€ + 0.10€",
  "Addon cost : 2€ + 0€",
  "Your rebuys : 1",
  "Your addons : 2",
  "Registered players : 3766",
  "Mode : tt",
  "Type : knockout",
  "Speed : semiturbo",
  "Flight ID : 7",
  "Levels : [25-50:0:360:holdem-no-limit,1,25k-2,50k:320:360:omaha5-pot-limit]",
  "Total rebuys : 40",
  "Total addons : 41",
  "Prizepool : 36.30€",
  "Tournament started 2015/10/24 08:45:00 UTC",
  "You played 1h 29min 5s ",
  "You finished in 2nd place",
  "You won 12.50€ + Bounty 3€ + Ticket 5€",
];

const read = (lines: ReadonlyArray<string>) => readAll(`${lines.join("\n")}\n\n\n`);
const change = (from: string, to: string) =>
  read(LINES.map((line) => (line.startsWith(from) ? to : line)));

describe("a tournament's summary", () => {
  it("is read whole", () => {
    const { summaries, refused, hands } = read(LINES);
    expect([refused, hands]).toEqual([[], []]);
    expect(Schema.is(TournamentSummary)(summaries[0])).toBe(true);
    expect(summaries).toEqual([
      {
        site: "winamax",
        tournamentId: "152800689",
        name: "Kill The (big) Fish",
        lateRegistration: false,
        player: "Kai  Greene",
        buyIn: { prize: 45, bounty: 45, fee: 10, ticket: false },
        rebuys: { cost: 110, mine: 1, total: 40 },
        addons: { cost: 200, mine: 2, total: 41 },
        registeredPlayers: 3766,
        prizePool: 3630,
        mode: "tt",
        type: "knockout",
        speed: "semiturbo",
        flightId: "7",
        levels: [
          { smallBlind: 25, bigBlind: 50, ante: 0, seconds: 360, game: "holdem-no-limit" },
          { smallBlind: 1250, bigBlind: 2500, ante: 320, seconds: 360, game: "omaha5-pot-limit" },
        ],
        startedAt: Date.UTC(2015, 9, 24, 8, 45),
        playedSeconds: 5345,
        place: 2,
        won: 1250,
        wonBounty: 300,
        wonTickets: ["Ticket 5€"],
      },
    ]);
  });

  it("may lack a line break between mode and type", () => {
    const [summary] = change("Mode", "Mode : sngType : doubleornothing").summaries;
    expect(summary).toMatchObject({ mode: "sng", type: "knockout" });
    const lines = LINES.filter((line) => !line.startsWith("Type"));
    lines[7] = "Mode : sngType : doubleornothing";
    expect(lines.join("\n")).toContain("sngType");
    expect(read(lines).summaries[0]).toMatchObject({ type: "doubleornothing" });
  });

  it.each([
    ["Winamax", "Winamax Poker - Tournament summary : MiniRoll (5) - Late registration"],
    ["Flight ID", "Something new : 3"],
    ["Your addons", "Hand of the day"],
    ["You won", "You won Tremplin Winamax Poker Tour"],
    ["Buy-In", "Buy-In : Ticket uniquement"],
  ])("may have in place of %s: %s", (from, to) => {
    const { summaries, refused } = change(from, to);
    expect([summaries.length, refused]).toEqual([1, []]);
  });

  it.each([
    ["Winamax", "Winamax Poker - Tournament summary : MiniRoll", /no number/],
    ["Player", "Hello", /no player/],
    ["Buy-In", "Buy-In : a lot", /unreadable: Buy-In/],
    ["Prizepool", "Prizepool : many", /unreadable: Prizepool/],
    ["Tournament started", "Tournament started today", /unreadable/],
    ["Tournament started", "Good luck", /no time/],
    ["You played", "You played badly", /unreadable/],
    ["You finished", "You finished in last place", /unreadable/],
    ["Registered", "Registered players : all", /unreadable/],
  ])("is refused with, in place of %s: %s", (from, to, reason) => {
    const { summaries, refused } = change(from, to);
    expect(summaries).toEqual([]);
    expect(refused[0]!.reason).toMatch(reason);
    expect(refused).toHaveLength(1);
  });
});

describe("levels", () => {
  const level = (smallBlind: number, bigBlind: number, ante: number) => ({
    ...{ smallBlind, bigBlind, ante, seconds: 180, game: "holdem-no-limit" },
  });

  it("may stand without commas", () => {
    expect(parseLevels("[10-20:0:180:holdem-no-limit1,25k-2,50k:250:180:holdem-no-limit]")).toEqual(
      [level(10, 20, 0), level(1250, 2500, 250)],
    );
  });

  it("may have their key twice, and millions", () => {
    expect(
      parseLevels(
        "Levels : [600k-1,20M:135k:180:holdem-no-limit,6M-12M:1,35M:180:holdem-no-limit]",
      ),
    ).toEqual([level(600_000, 1_200_000, 135_000), level(6_000_000, 12_000_000, 1_350_000)]);
  });

  it.each(["", "[", "[]", "[10-20]", "[10-20:0:180:holdem-no-limit,,,]", "10-20:0:180:x-no-limit"])(
    "are none: %j",
    (text) => expect(parseLevels(text)).toEqual([]),
  );
});
