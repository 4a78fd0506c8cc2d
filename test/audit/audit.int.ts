/** The audit of a sound database, and of one in which each kind of thing was tampered with. */
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SETTINGS } from "../entities/lobby/desk.ts";
import { type FreshDatabase, freshDatabase } from "../support/postgres.ts";
import { auditOf, Played } from "./Played.ts";

const TABLES = ["journal", "ledger", "snapshot", "alarm", "bet", "race", "favor"];

let database: FreshDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  const played = new Played(database.url);
  await played.everything();
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

describe("a database in which games were played", () => {
  it("is clean, and all of it was looked at", async () => {
    const report = await auditOf(database.url);
    expect(report.findings).toEqual([]);
    expect(Object.fromEntries(report.entities)).toEqual({ favor: 2, lobby: 2, wallet: 3 });
    const counted = async (table: string) =>
      Number((await client.query(`SELECT count(*) FROM ${table}`)).rows[0].count);
    expect(report.entries).toBe(await counted("journal"));
    expect(report.lines).toBe(await counted("ledger"));
    expect(await counted("snapshot")).toBeGreaterThan(0);
    expect(await counted("bet WHERE status = 'accepted'")).toBe(1);
  });
});

describe("the audit names", () => {
  afterEach(async () => {
    for (const table of TABLES) {
      await client.query(`TRUNCATE ${table}`);
      await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
    }
  });

  const wallet = "kind = 'wallet' AND entity_id";
  const ofCommand = (name: string) => `command = '${name}'`;

  it.each([
    [
      "an amount in the ledger",
      `UPDATE ledger SET amount = amount + 5 WHERE ${wallet} = 'ada' AND purpose = 'grant'`,
      [
        "wallet ada: at version 1 the ledger has 100005 from house:grants to player:ada:available, and the journal does not",
        /^wallet ada: the ledger has \d+ on player:ada:available, and its journal leads to \d+: a drift of 5$/,
      ],
    ],
    [
      "a line that is missing in the ledger",
      `DELETE FROM ledger WHERE ${wallet} = 'ada' AND amount = 4321`,
      [
        /^wallet ada: at version 2 the journal has 4321 from player:ada:available to player:ada:held/,
        "wallet ada: the ledger has 0 on player:ada:held, and its journal leads to 4321: a drift of -4321",
      ],
    ],
    [
      "an account that was swapped",
      `UPDATE ledger SET credit = 'house:mine' WHERE kind = 'lobby' AND credit = 'house:takeout'`,
      [/^lobby derby: at version \d+ the ledger has \d+ from race:derby-1:pool to house:mine/],
    ],
    [
      "money of a player who does not exist",
      `INSERT INTO ledger SELECT kind, entity_id, 9999, line, debit, 'player:ghost:available', amount, purpose, ref, at, 0, 0
       FROM ledger WHERE ${wallet} = 'ada' AND purpose = 'grant'`,
      [
        "player:ghost:available: the ledger has 100000 on it, and there is no such wallet",
        "wallet ada: the ledger has 100000 from house:grants to player:ghost:available at version 9999, and its journal has no such version",
      ],
    ],
    [
      "an event that was changed",
      `UPDATE journal SET events = replace(events::text, '4321', '4320')::json WHERE ${wallet} = 'ada'`,
      [
        /^wallet ada: at version 2 the ledger has 4321 from/,
        "wallet ada: the ledger has 4321 on player:ada:held, and its journal leads to 4320: a drift of 1",
        /^wallet ada: hold later:\S+ is of 4320, and the bet in lobby later of 4321$/,
      ],
    ],
    [
      "an event that leads nowhere",
      `UPDATE journal SET events = replace(events::text, '"grantMinor":100000', '"grantMinor":1')::json WHERE ${wallet} = 'cyd'`,
      [/^wallet cyd: its journal cannot be folded at version \d+: RangeError/],
    ],
    [
      "an event that nobody knows",
      `UPDATE journal SET events = '[{"_tag":"Robbed"}]' WHERE ${wallet} = 'bob' AND version = 1`,
      [
        /^wallet bob: its journal cannot be folded at version 1: _tag: Expected .*, actual "Robbed"$/,
      ],
    ],
    [
      "an entry that is missing",
      `DELETE FROM journal WHERE ${wallet} = 'cyd' AND version = 7`,
      [
        "wallet cyd: its journal has no version 7 before version 8",
        /^wallet cyd: the ledger has 1 from provider:card:clearing .* at version 7, and its journal has no such version$/,
        /^wallet cyd: .* a drift of 1$/,
        /^wallet cyd: its snapshot of version \d+ is not what its journal leads to$/,
      ],
    ],
    [
      "a reply that is missing",
      `UPDATE journal SET reply = NULL WHERE ${wallet} = 'cyd' AND command_id = 'd3'`,
      [/^wallet cyd: command d3 at version \d+ has no stored reply$/],
    ],
    [
      "a snapshot that says something else",
      `UPDATE snapshot SET state = replace(state::text, '"opened":true', '"opened":false')::json WHERE ${wallet} = 'cyd'`,
      [/^wallet cyd: its snapshot of version \d+ is not what its journal leads to$/],
    ],
    [
      "a snapshot that cannot be read",
      `UPDATE snapshot SET state = '{}' WHERE ${wallet} = 'cyd'`,
      [/^wallet cyd: its snapshot of version \d+ cannot be read: opened: is missing$/],
    ],
    [
      "a snapshot of what has not happened yet",
      `UPDATE snapshot SET version = 100000 WHERE ${wallet} = 'cyd'`,
      ["wallet cyd: its snapshot is of version 100000, past its journal's end"],
    ],
    [
      "a snapshot without a journal",
      `INSERT INTO snapshot VALUES ('wallet', 'ghost', 1, 1, '{}')`,
      ["wallet ghost: it has a snapshot, and no journal"],
    ],
    [
      "an alarm that would not ring",
      `UPDATE alarm SET due_at = due_at + 1000000000 WHERE kind = 'lobby' AND entity_id = 'later'`,
      [/^lobby later: it wants to be woken at \d+, and its alarm says \d+$/],
    ],
    [
      "an alarm that is gone",
      `DELETE FROM alarm WHERE kind = 'lobby' AND entity_id = 'later'`,
      [/^lobby later: it wants to be woken at \d+, and its alarm says null$/],
    ],
    [
      "a bet without a hold",
      `UPDATE journal SET events = '[]' WHERE ${wallet} = 'ada' AND version = 2`,
      [/^lobby later: bet later:\S+ of 4321 stands, and the wallet of ada has no such hold$/],
    ],
    [
      "a hold without a bet, once it is old",
      `UPDATE journal SET events = '[]' WHERE entity_id = 'later' AND events::text LIKE '%4321%';
       UPDATE journal SET at = at + 1000000 WHERE entity_id = 'derby' AND ${ofCommand("Create")}`,
      [
        /^wallet ada: hold later:\S+ of 4321 should have been asked about at \d+, and nothing in lobby later belongs to it$/,
        /^bet later:\S+: its row says that ada has 4321 on race later-1, and no lobby has that bet open$/,
      ],
    ],
    [
      "a bet whose row says something else",
      `UPDATE bet SET stake = 1 WHERE stake = 4321`,
      [/^bet later:\S+: its row says that ada has 1 on race later-1/],
    ],
    [
      "a bet whose row is gone",
      `DELETE FROM bet WHERE stake = 4321`,
      [/^lobby later: bet later:\S+ of 4321 stands, and the table of bets does not say so$/],
    ],
    [
      "a settled bet whose row is still open",
      `UPDATE bet SET status = 'accepted' WHERE race_id = 'derby-1' AND player_id = 'ada' AND stake = 300`,
      [
        /^bet derby:\S+: its row says that ada has 300 on race derby-1, and no lobby has that bet open$/,
      ],
    ],
    ...(
      [
        ["payout", "payout = 1", "has the payout 1, and its journal \\d+"],
        ["stake", "stake = 1", "has the stake 1, and its journal \\d+"],
        ["status", "status = 'lost'", "has the status lost, and its journal \\w+"],
        ["player", "player_id = 'eve'", "has the player_id eve, and its journal \\w+"],
        ["race", "race_id = 'derby-9'", "has the race_id derby-9, and its journal derby-1"],
        ["market", "market = 'show'", "has the market show, and its journal \\w+"],
        // No runner, for any of them may have won.
        ["selection", "selection = '[0]'", "has the selection \\[0\\], and its journal \\["],
        ["date", "settled_at = 1", "has the settled_at 1, and its journal \\d+"],
      ] as const
    ).map(
      ([what, change, sentence]) =>
        [
          `a settled bet whose row has another ${what}`,
          `UPDATE bet SET ${change} WHERE bet_id = (SELECT min(bet_id) FROM bet
             WHERE race_id = 'derby-1' AND status IN ('won', 'refunded'))`,
          [new RegExp(`^lobby derby: its row derby:\\S+ in table bet ${sentence}`)],
        ] satisfies readonly [string, string, ReadonlyArray<RegExp>],
    ),
    [
      "a settled bet whose row is gone",
      `DELETE FROM bet WHERE race_id = 'derby-1' AND player_id = 'ada'`,
      [/^lobby derby: its row derby:\S+ in table bet is not there$/],
    ],
    [
      "a bet that nobody has placed",
      `INSERT INTO bet SELECT 'derby:none', player_id, lobby_id, race_id, market, selection, stake, status, payout, placed_at, settled_at
       FROM bet WHERE race_id = 'derby-1' LIMIT 1`,
      ["table bet: it has 1 rows that no entry has written"],
    ],
    [
      "a race whose row says that it is over",
      `UPDATE race SET status = 'settled', settled_at = 1 WHERE race_id = 'later-1'`,
      [/^lobby later: its row later-1 in table race has the status settled, and its journal/],
    ],
    [
      "a favor whose row is of another amount",
      `UPDATE favor SET repay = repay + 1 WHERE favor_id = 'lent'`,
      [/^favor lent: its row lent in table favor has the repay \d+, and its journal \d+$/],
    ],
    [
      "a favor whose row says that it is repaid",
      `UPDATE favor SET status = 'repaid' WHERE favor_id = 'standing'`,
      [
        "favor standing: its row standing in table favor has the status repaid, and its journal offered",
      ],
    ],
    [
      "a favor without a journal",
      `INSERT INTO favor SELECT 'ghost', lender_id, borrower_id, amount, repay, due_in_ms, status, offered_at, expires_at
       FROM favor LIMIT 1`,
      ["table favor: it has 1 rows that no entry has written"],
    ],
    [
      "a line of the statement with another balance",
      `UPDATE ledger SET balance_total = balance_total + 1 WHERE ${wallet} = 'ada' AND purpose = 'grant'`,
      [
        /^wallet ada: at version 1 the ledger says of 100000 from house:grants .* leaving 100001 with/,
      ],
    ],
    [
      "a line of the statement for another purpose",
      `UPDATE ledger SET purpose = 'gift' WHERE ${wallet} = 'ada' AND purpose = 'grant'`,
      [/^wallet ada: at version 1 the ledger says of 100000 from .*: gift open at/],
    ],
    [
      "a line of the statement about something else",
      `UPDATE ledger SET ref = 'x' WHERE ${wallet} = 'ada' AND purpose = 'grant'`,
      [/^wallet ada: at version 1 the ledger says of 100000 from .*: grant x at/],
    ],
    [
      "a line of the statement of another day",
      `UPDATE ledger SET at = 1 WHERE ${wallet} = 'ada' AND purpose = 'grant'`,
      [/^wallet ada: at version 1 the ledger says of 100000 from .*: grant open at 1, leaving/],
    ],
    [
      "what is left in the pool of a settled race",
      `UPDATE ledger SET amount = amount + 3 WHERE debit = 'player:ada:held' AND credit = 'race:derby-1:pool' AND amount = 300`,
      ["race:derby-1:pool: 3 is left in the pool of a race that is not being settled"],
    ],
    [
      "money on its way that nobody sent",
      `DELETE FROM ledger WHERE debit = 'transfer:cyd/t1'`,
      ["transfer:cyd/t1: 77 is on its way, and nobody is sending that"],
    ],
    [
      "an offer without a hold",
      `UPDATE journal SET events = '[]' WHERE ${wallet} = 'bob' AND events::text LIKE '%"standing"%'`,
      ["favor standing: offer standing of 640 stands, and the wallet of bob has no such hold"],
    ],
    [
      "what is left of a favor that is over",
      `DELETE FROM ledger WHERE debit = 'favor:lent'`,
      ["favor:lent: 640 is on its way, and nobody is sending that"],
    ],
    [
      "a kind of entity that does not exist",
      `UPDATE journal SET kind = 'purse' WHERE ${wallet} = 'bob'`,
      ["purse bob: this release knows no such kind of entity"],
    ],
  ])("%s", async (_, tamper, expected) => {
    await client.query(tamper);
    const found = await sentences();
    for (const sentence of expected)
      expect(found).toContainEqual(
        typeof sentence === "string" ? sentence : expect.stringMatching(sentence),
      );
  });

  it("no more than it can show, and counts the rest", async () => {
    await client.query("UPDATE journal SET reply = NULL");
    const report = await auditOf(database.url);
    expect(report.findings).toHaveLength(200);
    expect(report.found).toBeGreaterThan(200);
  });
});

describe("the audit of a database in use", () => {
  it("sees it as it was at one moment: clean, each time", async () => {
    const busy = await freshDatabase();
    const played = new Played(busy.url);
    try {
      const players = Array.from({ length: 10 }, (_, i) => `p${i}`);
      await played.join(...players);
      await played.create("derby", { ...SETTINGS, bettingMs: 3_600_000 });
      let auditing = true;
      const playing = players.map(async (player) => {
        while (auditing) {
          const bet = { market: "win", selection: [1], stake: 100 } as const;
          await played.cancel(player, await played.bet(player, "derby", bet));
        }
      });
      const reports = [];
      for (let i = 0; i < 5; i++) reports.push(await auditOf(busy.url));
      auditing = false;
      await Promise.all(playing);
      for (const report of reports) expect(report.findings).toEqual([]);
      expect(reports.at(-1)?.entries).toBeGreaterThan(reports[0]?.entries ?? Number.NaN);
    } finally {
      await played.close();
      await busy.drop();
    }
  });
});
