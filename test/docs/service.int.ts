import pg from "pg";
import { Effect } from "effect";
import { expect, it, onTestFinished } from "vitest";
import { Ledger } from "../../entities/ledger.ts";
import { lobby } from "../../entities/lobby/entity.ts";
import { make } from "../../entities/wallet/views.ts";
import { ServiceClient } from "../../rpc/client/service-client.ts";
import { CommandId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { PgJournal } from "../../src/actor/PgJournal.ts";
import {
  makeSystem,
  NO_EQUITY,
  overTcp,
  QUIET_RPC,
  serve,
  TOKEN,
} from "../rpc/support/ServiceUnderTest.ts";
import { freshDatabase } from "../support/postgres.ts";
import { runScript } from "./support/Script.ts";

it("docs/service.ts, run twice, pays once and reads the statement that PostgreSQL has", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  onTestFinished(() => pool.end());
  const projections = [...new Set([...lobby.projections, Ledger])];
  const journal = new PgJournal({ url: database.url, pool, projections, log: () => {} });
  onTestFinished(() => journal.close());
  const system = makeSystem(journal);
  onTestFinished(() => system.shutdown());
  const { statement } = make(pool);
  const newRequestId = () => "test";
  const server = await serve({
    ask: system.ask,
    statement,
    equity: NO_EQUITY,
    metrics: QUIET_RPC,
    token: TOKEN,
    newRequestId,
  });
  onTestFinished(() => server.stop());

  await overTcp(server)(
    Effect.flatMap(ServiceClient, ({ Wallet }) =>
      Wallet.Open({
        entityId: "player-1",
        commandId: CommandId.make("open"),
        grantMinor: minor(100_000),
      }),
    ),
  );
  const env = { CROUPIER_URL: server.url, SERVICE_TOKEN: TOKEN, PLAYER_ID: "player-1" };
  const first = await runScript("docs/service.ts", { env });
  expect(first.stderr).not.toContain("Error");
  expect(first).toMatchObject({
    code: 0,
    stdout: "balance 102500\n2500 deposit (spring bonus)\n100000 grant (open)\n",
  });
  expect(await runScript("docs/service.ts", { env })).toMatchObject({
    code: 0,
    stdout: first.stdout,
  });

  const pages = await overTcp(server)(
    Effect.gen(function* () {
      const { Wallet } = yield* ServiceClient;
      const page = { entityId: "player-1", limit: 1 };
      const [newest] = yield* Wallet.Statement(page);
      const next = yield* Wallet.Statement({ ...page, before: newest!.lineId });
      return [newest, ...next, ...(yield* Wallet.Statement({ ...page, before: next[0]!.lineId }))];
    }),
  );
  expect(pages).toMatchObject([
    {
      amountMinor: 2500,
      account: "player:player-1:available",
      counterAccount: "provider:bonus:clearing",
      balanceTotalMinor: 102_500,
      balanceLockedMinor: 0,
    },
    { amountMinor: 100_000, balanceTotalMinor: 100_000 },
  ]);
});
