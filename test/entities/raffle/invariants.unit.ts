/** The invariants themselves: they hold of every sound raffle, and each is broken by what it forbids. */
import { HashMap } from "effect";
import { describe, expect, it } from "vitest";
import * as Claims from "../../../entities/raffle/Claims.ts";
import { QUICKNET } from "../../../entities/raffle/draw/round.ts";
import { broken } from "../../../entities/raffle/invariants.ts";
import { NumberSet } from "../../../entities/raffle/NumberSet.ts";
import { type Sale, Sales } from "../../../entities/raffle/Sales.ts";
import type { About, RaffleState } from "../../../entities/raffle/state.ts";
import { PlayerId, ReservationId } from "../../../rpc/id.ts";
import { AT, PRICE } from "./desk.ts";
import {
  adaHolds,
  CheckedOut,
  Closed,
  Created,
  drawn,
  given,
  on,
  open,
  RaffleCancelled,
  Reserved,
  Sold,
  Suspended,
  UNTIL,
} from "./history.ts";

const ROOM = 20;
const roomy = on({ totalNumbers: ROOM });
const claimed = [...roomy, adaHolds, { ...Reserved("r.2", "bob", 1), until: UNTIL + 7 }];
const sold = [...roomy, Sold("r.8", "cyd", 3), Sold("r.9", "dan", 4, 6)];
const tickets = ["3:r.8", "4:r.9", "6:r.9"];
const closed = [...sold, Closed(...tickets)];
const soldOne = [...open, Sold("r.1", "ada", 3)];
const completed = [...soldOne, Closed("3:r.1"), drawn(3, "r.1", "ada", PRICE)];
const cancelled = [...sold, RaffleCancelled("why")];
const returned = (count: number) => ({ _tag: "SalesReturned", count, at: AT });
const handedOver = (count: number) => ({ _tag: "RefundsHandedOver", count });
const silent = (...ids: ReadonlyArray<string>) => ({
  _tag: "RefundsUnanswered",
  refunds: ids.map((reservationId) => ({ reservationId, why: "no answer" })),
  at: AT,
});
const waiting = [...cancelled, returned(2), handedOver(2), silent("r.8")];
const awaiting = [
  ...on({}, { beacon: QUICKNET }),
  Sold("r.1", "ada", 3),
  Closed("3:r.1"),
  { _tag: "DrawBegun", round: 1, roundAt: AT, at: AT },
];

const stateOf = (history: ReadonlyArray<object>) => given(...history).state;
const aboutOf = (history: ReadonlyArray<object>): About => {
  const { about } = stateOf(history);
  if (about === null) throw new Error("no raffle");
  return about;
};
const claimsOf = (history: ReadonlyArray<object>) => [
  ...HashMap.values(stateOf(history).claims.byId),
];
const set = (...numbers: ReadonlyArray<number>) => NumberSet.empty(ROOM).add(numbers);

/** The claims of a history, of which ada's is another, and the alarm as it was. */
const claims = (change: object) =>
  Claims.of(
    ROOM,
    claimsOf(claimed).map((claim) => (claim.playerId === "ada" ? { ...claim, ...change } : claim)),
    UNTIL,
  );
const [first, second] = [...stateOf(sold).sales] as [Sale, Sale];
const sales = (...some: ReadonlyArray<Sale>) => Sales.of(ROOM, some);
/** Sales that say something else of themselves than they are. */
const claiming = (change: Partial<Record<keyof Sales, unknown>>): Sales =>
  Object.assign(Sales.of(ROOM, [first, second]), change);

describe("the invariants of a raffle", () => {
  it.each([
    ["not created", []],
    ["a draft", [Created]],
    ["on sale", open],
    ["claimed", claimed],
    ["claimed to the limit", [...roomy, Reserved("r.1", "ada", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]],
    ["checked out", [...claimed, CheckedOut("r.1")]],
    ["sold from", sold],
    ["sold from and suspended", [...claimed, Sold("r.8", "cyd", 3), Suspended]],
    ["closed", closed],
    ["waiting for the beacon", awaiting],
    ["drawn", completed],
    ["cancelled", cancelled],
    ["cancelled as a draft", [Created, RaffleCancelled("why")]],
    ["cancelled after the close", [...closed, RaffleCancelled("why")]],
    ["giving back", [...cancelled, returned(1)]],
    ["waiting for an answer", waiting],
  ])("hold of one that is %s", (_, history) => {
    expect(broken(stateOf(history))).toEqual([]);
  });

  it.each<[string, ReadonlyArray<object>, Partial<Record<keyof RaffleState, unknown>>]>([
    ["nothing is sold before there is a raffle", claimed, { about: null }],
    ["nothing is sold before there is a raffle", sold, { about: null }],
    ["numbers are claimed only while they are on sale", [Created], { claims: claims({}) }],
    ["a draft has sold nothing", [Created], { sales: sales(first) }],
    ["what is handed over was returned before", [...cancelled, returned(1)], { handedOver: 2 }],
    ["what is handed over was returned before", cancelled, { returned: 3 }],
    ["only a cancelled raffle returns its sales", sold, { returned: 1 }],
    [
      "a reservation is waited for once",
      waiting,
      { unanswered: [...stateOf(waiting).unanswered, ...stateOf(waiting).unanswered] },
    ],
    ["only who was told is waited for", waiting, { handedOver: 0 }],
    ["number 3 has one owner", claimed, { sales: sales(first), claims: claims({ numbers: [3] }) }],
    [
      "there is a number 20",
      claimed,
      {
        claims: {
          ...claims({}),
          byId: HashMap.map(claims({}).byId, (claim) => ({ ...claim, numbers: [20] })),
        },
      },
    ],
    ["the numbers of r.1 ascend", claimed, { claims: claims({ numbers: [5, 2] }) }],
    ["r.1 has 1 to 10 numbers", claimed, { claims: claims({ numbers: [] }) }],
    [
      "r.1 has 1 to 10 numbers",
      claimed,
      { claims: claims({ numbers: Array.from({ length: 11 }, (_, i) => i + 2) }) },
    ],
    ["r.1's are reserved", claimed, { claims: { ...claims({}), numbers: set(1, 2) } }],
    ["the alarm is set for r.1", claimed, { claims: { ...claims({}), nextExpiry: UNTIL + 1 } }],
    ["the alarm is set for r.1", claimed, { claims: { ...claims({}), nextExpiry: null } }],
    [
      "ada has one claim",
      claimed,
      {
        claims: {
          ...claims({}),
          ofPlayer: HashMap.set(
            claims({}).ofPlayer,
            PlayerId.make("ada"),
            ReservationId.make("r.7"),
          ),
        },
      },
    ],
    [
      "ada has one claim",
      claimed,
      {
        claims: {
          ...claims({}),
          ofPlayer: HashMap.remove(claims({}).ofPlayer, PlayerId.make("ada")),
        },
      },
    ],
    [
      "r.1 is a claim or a sale",
      claimed,
      { sales: sales({ ...first, reservationId: ReservationId.make("r.1") }) },
    ],
    [
      "a number is reserved because it is claimed",
      claimed,
      { claims: { ...claims({}), numbers: set(1, 2, 5, 9) } },
    ],
    [
      "a claim has one player",
      claimed,
      {
        claims: {
          ...claims({}),
          ofPlayer: HashMap.set(
            claims({}).ofPlayer,
            PlayerId.make("eve"),
            ReservationId.make("r.7"),
          ),
        },
      },
    ],
    [
      "the alarm is set while there are claims",
      roomy,
      { claims: { ...Claims.none(ROOM), nextExpiry: UNTIL } },
    ],
    ["r.8's numbers are sold to it", sold, { sales: claiming({ numbers: set(4, 6, 7) }) }],
    ["r.8's numbers are sold to it", sold, { sales: claiming({ holding: () => second }) }],
    ["r.9's numbers are sold to it", sold, { sales: claiming({ numbers: set(3, 4, 7) }) }],
    ["r.8 is found", sold, { sales: claiming({ find: () => undefined }) }],
    [
      "a number is sold because there is a sale of it",
      sold,
      { sales: claiming({ numbers: set(3, 4, 6, 7) }) },
    ],
  ])("say that %s (%#)", (sentence, history, change) => {
    expect(broken({ ...stateOf(history), ...change } as RaffleState)).toContain(sentence);
  });

  const winner = { prize: 0, number: 3, reservationId: "r.1", playerId: "ada" };
  const drawnBut = (change: object) => ({ drawn: { ...aboutOf(completed).drawn, ...change } });
  it.each<[string, ReadonlyArray<object>, Partial<Record<keyof About, unknown>>]>([
    ["the list of tickets is final once it is closed", closed, { closedAt: null }],
    ["the list of tickets is final once it is closed", closed, { tickets: null }],
    ["nothing is sold after the close", closed, { tickets: { count: 2, digest: "" } }],
    ["the commitment is the seed's", open, { seed: { serverSeed: "00", commitment: "00" } }],
    ["the seed is committed to when it is published", open, { seed: null }],
    ["the seed is committed to when it is published", open, { publishedAt: null }],
    ["it is completed when it is drawn", completed, { drawn: null }],
    ["it is completed when it is drawn", completed, { status: "closed" }],
    ["a draw waits after the close", awaiting, { status: "active" }],
    ["the revenue is fee and payout", completed, drawnBut({ feeMinor: 26 })],
    ["the revenue is fee and payout", completed, drawnBut({ payoutMinor: 226 })],
    ["each prize is won while there are tickets", completed, drawnBut({ winners: [] })],
    ["a ticket wins once", completed, drawnBut({ winners: [winner, { ...winner, prize: 1 }] })],
    [
      "a winner has bought the number",
      completed,
      drawnBut({ winners: [{ ...winner, number: 4 }] }),
    ],
    [
      "a winner has bought the number",
      completed,
      drawnBut({ winners: [{ ...winner, reservationId: "r.2" }] }),
    ],
    [
      "a winner has bought the number",
      completed,
      drawnBut({ winners: [{ ...winner, playerId: "bob" }] }),
    ],
    [
      "a winner has bought the number",
      completed,
      drawnBut({ winners: [winner, { ...winner, number: 4 }] }),
    ],
  ])("say that %s (of what it is about, %#)", (sentence, history, change) => {
    const about = { ...aboutOf(history), ...change };
    expect(broken({ ...stateOf(history), about } as RaffleState)).toContain(sentence);
  });

  it("let no more prizes be won than there are", () => {
    const { run } = given(...roomy, Sold("r.1", "ada", 3, 4, 5));
    run.command("Draw", {}, AT);
    expect(broken(run.state)).toEqual([]);
    expect(run.state.about?.drawn?.winners).toHaveLength(2);
  });
});
