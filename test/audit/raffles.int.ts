/** The audit of raffles and reservations: of a sound database, and of one in which each kind of thing was tampered with. */
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { auditOf, Played } from "./Played.ts";

const TABLES = [
  "journal",
  "ledger",
  "snapshot",
  "alarm",
  "raffle",
  "raffle_winner",
  "reservation_claim",
  "reservation_end",
  "payment",
];

let database: FreshDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  const played = new Played(database.url);
  await played.raffles();
  await played.close();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const table of TABLES) await client.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

const sentences = async () =>
  (await auditOf(database.url)).findings.map(({ entity, sentence }) => `${entity}: ${sentence}`);

describe("a database in which raffles were played", () => {
  it("is clean, and all of it was looked at", async () => {
    const report = await auditOf(database.url);
    expect(report.findings).toEqual([]);
    expect(Object.fromEntries(report.entities)).toEqual({ raffle: 4, reservation: 7, wallet: 4 });
    const { rows } = await client.query(
      "SELECT outcome, count(*)::int AS count FROM reservation_end GROUP BY outcome ORDER BY outcome",
    );
    expect(rows).toEqual([
      { outcome: "cancelled", count: 1 },
      { outcome: "expired", count: 1 },
      { outcome: "returned", count: 3 },
      { outcome: "sold", count: 3 },
    ]);
  });
});

describe("the audit names", () => {
  afterEach(async () => {
    for (const table of TABLES) {
      await client.query(`TRUNCATE ${table}`);
      await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
    }
  });

  const raffle = (id: string) => `kind = 'raffle' AND entity_id = '${id}'`;
  const reservation = (id: string) => `kind = 'reservation' AND entity_id = '${id}'`;
  const having = (text: string) => `events::text LIKE '%${text}%'`;
  /** Of the journal's events, `from` becomes `to`. */
  const rewrite = (where: string, from: string, to: string) =>
    `UPDATE journal SET events = replace(events::text, '${from}', '${to}')::json WHERE ${where}`;

  it.each<readonly [string, string, ReadonlyArray<string | RegExp>]>([
    [
      "a number that was sold twice",
      rewrite(`${raffle("drawn")} AND ${having("NumbersSold")}`, '"numbers":[3]', '"numbers":[2]'),
      [/^raffle drawn: its journal cannot be folded at version \d+: Error: some of 2 are sold/],
    ],
    [
      "a number that is sold and reserved",
      rewrite(`${raffle("on")} AND ${having("NumbersReserved")}`, '"numbers":[9]', '"numbers":[2]'),
      [
        "raffle on: it is not true that number 2 has one owner",
        /^raffle on: the row of on.cyd says that cyd has 9 for 1000 in selection until \d+, and its journal that cyd has 2 for 1000 in selection until \d+$/,
      ],
    ],
    [
      "a number that two have reserved",
      rewrite(`${raffle("on")} AND ${having("NumbersReserved")}`, '"numbers":[9]', '"numbers":[4]'),
      ["raffle on: it is not true that number 4 has one owner"],
    ],
    [
      "a claim that its row has other numbers of",
      "UPDATE reservation_claim SET numbers = '[8]' WHERE reservation_id = 'on.cyd'",
      [
        /^raffle on: the row of on.cyd says that cyd has 8 for 1000 .*, and its journal that cyd has 9/,
      ],
    ],
    [
      "a claim that its row has another deadline of",
      "UPDATE reservation_claim SET expires_at = expires_at + 1 WHERE reservation_id = 'on.cyd'",
      [/^raffle on: the row of on.cyd says that cyd has 9 for 1000 in selection until/],
    ],
    [
      "a claim without a row",
      "DELETE FROM reservation_claim WHERE reservation_id = 'on.cyd'",
      ["raffle on: 1 of its claims have no row in the tables of reservations"],
    ],
    [
      "a claim whose row has ended",
      "INSERT INTO reservation_end VALUES ('on.cyd', 'on', 'expired', 1, 1)",
      [/^raffle on: the row of on.cyd says that it is over, and its journal that cyd has 9/],
    ],
    [
      "a row without a claim",
      "INSERT INTO reservation_claim VALUES ('on.eve', 'on', 'eve', '[8]', 1000, 'selection', 5, 1)",
      [
        "raffle on: the row of on.eve says that eve has 8 for 1000 in selection until 5, and its journal that it is over",
      ],
    ],
    [
      "a row of another raffle's reservation",
      "UPDATE reservation_claim SET raffle_id = 'off' WHERE reservation_id = 'on.cyd'",
      [
        "raffle off: on.cyd has a row, and there is no such raffle",
        "raffle on: 1 of its claims have no row in the tables of reservations",
      ],
    ],
    [
      "an end of nothing",
      "INSERT INTO reservation_end VALUES ('on.eve', 'on', 'expired', 1, 1)",
      ["raffle on: the end of on.eve has a row, and it has no other"],
    ],
    [
      "a sale whose row says that it is over",
      "UPDATE reservation_end SET outcome = 'expired' WHERE reservation_id = 'on.ada'",
      [
        "raffle on: the row of on.ada says that it is over, and its journal that ada has bought 1,2 for 2000",
        "reservation on.ada: payment p_on_ada_1 has bought its numbers, and its raffle has not sold them",
      ],
    ],
    [
      "a sale without its row",
      "DELETE FROM reservation_end WHERE reservation_id = 'on.ada'; DELETE FROM reservation_claim WHERE reservation_id = 'on.ada'",
      [
        "raffle on: 1 of its sales have no row in the tables of reservations",
        "reservation on.ada: on has never had such a reservation",
      ],
    ],
    [
      "a raffle whose row is not as it is",
      "UPDATE raffle SET sold = 3 WHERE raffle_id = 'on'",
      [
        "raffle on: its row says active, 3 sold, won by nobody, and its journal active, 2 sold, won by nobody",
      ],
    ],
    [
      "a raffle without its row",
      "DELETE FROM raffle WHERE raffle_id = 'on'",
      ["raffle on: its row says nothing, and its journal active, 2 sold, won by nobody"],
    ],
    [
      "a raffle that is a row alone",
      "INSERT INTO raffle SELECT 'ghost', status, title, organiser_id, draw_at, created_at, sold, view FROM raffle WHERE raffle_id = 'on'",
      ["raffle ghost: it has a row, and no journal"],
    ],
    [
      "another winner",
      "UPDATE raffle_winner SET player_id = 'eve' WHERE raffle_id = 'drawn' AND prize = 0",
      [/^raffle drawn: its row says completed, 3 sold, won by \d\/drawn\.\w+\/eve,/],
    ],
    [
      "an escrow that is short",
      `DELETE FROM ledger WHERE ${raffle("on")} AND purpose = 'sale'`,
      [
        /^raffle on: at version \d+ the journal has 2000 from reservation:on.ada to raffle:on:escrow, and the ledger does not$/,
        "raffle on: the ledger has 0 on raffle:on:escrow, and its journal leads to 2000",
        "reservation on.ada: the ledger has 2000 on reservation:on.ada, and its payments and its raffle lead to 0: a drift of 2000",
      ],
    ],
    [
      "what is left in the escrow of a raffle that is drawn",
      "DELETE FROM ledger WHERE kind = 'wallet' AND debit = 'raffle:drawn:escrow'",
      [
        "raffle drawn: the ledger has 2700 on raffle:drawn:escrow, and its journal leads to 0",
        /^wallet org: at version \d+ the journal has 2700 from raffle:drawn:escrow/,
      ],
    ],
    [
      "an escrow without a raffle",
      `INSERT INTO ledger SELECT kind, entity_id, 9999, line, debit, 'raffle:ghost:escrow', amount, purpose, ref, at, 0, 0
       FROM ledger WHERE ${raffle("on")} AND purpose = 'sale'`,
      ["raffle:ghost:escrow: the ledger has 2000 on it, and there is no such raffle"],
    ],
    [
      "what is left on a reservation's account",
      "DELETE FROM ledger WHERE debit = 'reservation:off.bob' AND credit = 'provider:sandbox_card:clearing'",
      [
        /^reservation off.bob: at version \d+ the journal has 1000 from reservation:off.bob to provider:sandbox_card:clearing, and the ledger does not$/,
        "reservation off.bob: the ledger has 1000 on reservation:off.bob, and its payments and its raffle lead to 0: a drift of 1000",
      ],
    ],
    [
      "money that a refund waits for and that is gone",
      "UPDATE ledger SET credit = 'house:raffles' WHERE credit = 'reservation:slow.bob' AND kind = 'raffle'",
      [
        "reservation slow.bob: the ledger has 0 on reservation:slow.bob, and its payments and its raffle lead to 1000: a drift of -1000",
      ],
    ],
    [
      "money of a reservation that there is not",
      `INSERT INTO ledger SELECT kind, entity_id, 9999, line, debit, 'reservation:on.ghost', amount, purpose, ref, at, 0, 0
       FROM ledger WHERE ${raffle("on")} AND purpose = 'sale'`,
      ["reservation:on.ghost: the ledger has 2000 on it, and there is no such reservation"],
    ],
    [
      "a sale without a reservation",
      `DELETE FROM journal WHERE ${reservation("on.ada")}; DELETE FROM snapshot WHERE ${reservation("on.ada")}`,
      [
        "raffle on: it has sold to on.ada, and there is no such reservation",
        "reservation on.ada: payment p_on_ada_1 has a row, and there is no such reservation",
      ],
    ],
    [
      "a sale that nobody has paid for",
      `DELETE FROM journal WHERE ${reservation("on.ada")} AND (${having("PaymentSucceeded")} OR ${having("NumbersSold")})`,
      [
        "reservation on.ada: its raffle has sold to it, and none of its payments has the money to have bought",
      ],
    ],
    [
      "a sale for a payment that is not its reservation's",
      rewrite(`${raffle("on")} AND ${having("NumbersSold")}`, "p_on_ada_1", "p_on_ada_2"),
      [
        "raffle on: it has sold to on.ada for payment p_on_ada_2, and the table of payments does not say that it was paid",
      ],
    ],
    [
      "a sale of other numbers than were paid for",
      `${rewrite(`${raffle("on")} AND (${having("NumbersSold")} OR ${having("NumbersReserved")})`, '"numbers":[1,2]', '"numbers":[1,3]')};
       UPDATE reservation_claim SET numbers = '[1,3]' WHERE reservation_id = 'on.ada'`,
      [
        "reservation on.ada: it is to pay for 1,2 for 2000 of on by ada, and its raffle has 1,3 for 2000 of on by ada",
      ],
    ],
    [
      "a sale to another player",
      `${rewrite(`${raffle("on")} AND (${having("NumbersSold")} OR ${having("NumbersReserved")})`, '"playerId":"ada"', '"playerId":"eve"')};
       UPDATE reservation_claim SET player_id = 'eve' WHERE reservation_id = 'on.ada'`,
      [
        "reservation on.ada: it is to pay for 1,2 for 2000 of on by ada, and its raffle has 1,2 for 2000 of on by eve",
      ],
    ],
    [
      "a claim that the raffle has longer than the reservation",
      `${rewrite(`${raffle("on")} AND ${having("CheckedOut")}`, '"until":', '"until":9')};
       UPDATE reservation_claim SET expires_at = ('9' || expires_at)::bigint WHERE reservation_id = 'on.bob'`,
      [
        /^reservation on.bob: its checkout ends at \d+, and its raffle has it in checkout until 9\d+$/,
      ],
    ],
    [
      "a sale that was taken back and never refunded",
      `DELETE FROM journal WHERE ${reservation("off.ada")} AND (${having("SaleReturned")} OR ${having("PaymentRefunded")})`,
      [
        "reservation off.ada: its raffle has taken the sale back, and it does not know that it has to refund it",
      ],
    ],
    [
      "a refund of what was not taken back",
      `UPDATE reservation_end SET outcome = 'sold' WHERE reservation_id = 'off.bob'`,
      ["reservation off.bob: it is to give back a sale that its raffle has not taken back"],
    ],
    [
      "a payment whose row lies about its state",
      "UPDATE payment SET status = 'failed' WHERE payment_id = 'p_slow_bob_1'",
      [
        "reservation slow.bob: the row of payment p_slow_bob_1 says that 1000 by sandbox_card for bob is failed, and its journal that 1000 by sandbox_card for bob is refunding",
      ],
    ],
    [
      "a payment whose row lies about the amount",
      "UPDATE payment SET amount = 1 WHERE payment_id = 'p_on_ada_1'",
      [
        /^reservation on.ada: the row of payment p_on_ada_1 says that 1 by wallet for ada is succeeded/,
      ],
    ],
    [
      "a payment without a row",
      "DELETE FROM payment WHERE payment_id = 'p_on_bob_1'",
      [
        /^reservation on.bob: the row of payment p_on_bob_1 says that there is none, and its journal that 2000 by sandbox_card for bob is pending$/,
      ],
    ],
    [
      "a payment whose row has another reference",
      "UPDATE payment SET ref = 'x' WHERE payment_id = 'p_on_ada_1'",
      [/^reservation on.ada: its row p_on_ada_1 in table payment has the ref x, and its journal/],
    ],
    [
      "a raffle whose row has another organiser",
      "UPDATE raffle SET organiser_id = 'eve' WHERE raffle_id = 'on'",
      [/^raffle on: its row on in table raffle has the organiser_id eve, and its journal/],
    ],
    [
      "an end whose row says how many otherwise",
      "UPDATE reservation_end SET numbers = 9 WHERE reservation_id = 'on.ada'",
      [/^raffle on: its row on.ada in table reservation_end has the numbers 9, and its journal/],
    ],
    [
      "a row without a payment",
      "INSERT INTO payment SELECT 'p_x', reservation_id, raffle_id, player_id, provider, ref, status, amount, NULL, 1, 1 FROM payment WHERE payment_id = 'p_on_ada_1'",
      [
        /^reservation on.ada: the row of payment p_x says that 2000 by wallet for ada is succeeded, and its journal knows no such payment$/,
      ],
    ],
    [
      "a capture that took nothing",
      `${rewrite(`${reservation("on.ada")} AND ${having("PaymentSucceeded")}`, "PaymentSucceeded", "PaymentAuthorized")};
       DELETE FROM journal WHERE ${reservation("on.ada")} AND ${having("NumbersSold")};
       DELETE FROM ledger WHERE credit = 'reservation:on.ada'`,
      [
        "reservation on.ada: the ledger has -2000 on reservation:on.ada, and its payments, its raffle and the wallet lead to 0 to 0",
      ],
    ],
    [
      "a refund that the wallet took out of nothing",
      `DELETE FROM journal WHERE ${reservation("off.ada")} AND ${having("PaymentRefunded")};
       DELETE FROM ledger WHERE credit = 'reservation:off.ada' AND kind = 'raffle'`,
      [
        "reservation off.ada: the ledger has -2000 on reservation:off.ada, and its payments, its raffle and the wallet lead to 0 to 2000",
      ],
    ],
    [
      "an alarm that would not free a claim",
      `DELETE FROM alarm WHERE ${raffle("on")}`,
      [/^raffle on: it wants to be woken at \d+, and its alarm says null$/],
    ],
    [
      "a snapshot that says something else",
      `INSERT INTO snapshot SELECT 'raffle', 'on', max(version), 1, '{}' FROM journal WHERE ${raffle("on")}`,
      [/^raffle on: its snapshot of version \d+ cannot be read/],
    ],
  ])("%s", async (_, tamper, expected) => {
    await client.query(tamper);
    const found = await sentences();
    for (const sentence of expected)
      expect(found).toContainEqual(
        typeof sentence === "string" ? sentence : expect.stringMatching(sentence),
      );
  });
});

describe("the audit of raffles in use", () => {
  it("sees them as they were at one moment: clean, each time", async () => {
    const busy = await freshDatabase();
    const played = new Played(busy.url);
    try {
      const players = Array.from({ length: 6 }, (_, i) => `p${i}`);
      await played.join("org", ...players);
      const { stall } = played;
      let auditing = true;
      const playing = async () => {
        for (let n = 0; auditing; n++) {
          const raffleId = `r${n}`;
          await stall.open(raffleId, Date.now() + 3_600_000);
          const buying = players.map(async (player, i) => {
            await stall.choose(raffleId, player, i);
            await stall.pay(raffleId, player, "wallet");
          });
          await Promise.all(buying);
          await (n % 2 === 0 ? stall.draw(raffleId) : stall.cancel(raffleId));
        }
      };
      const play = playing();
      const reports = [];
      for (let i = 0; i < 5; i++) reports.push(await auditOf(busy.url));
      auditing = false;
      await play;
      for (const report of reports) expect(report.findings).toEqual([]);
      expect(reports.at(-1)?.entries).toBeGreaterThan(reports[0]?.entries ?? Number.NaN);
    } finally {
      await played.close();
      await busy.drop();
    }
  });
});
