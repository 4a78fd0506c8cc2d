/** The classic transaction from many connections of one process, each doing one after another. */
import { randomUUID } from "node:crypto";
import pg from "pg";
import { serveWorker } from "../support/Worker.ts";
import { INSERT_BET, LOCK_STAKE, LOCK_WALLET, playerName, PLAYERS } from "./classic-bet.ts";

export interface ConnectionsRequest {
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
}

export interface ConnectionsReply {
  readonly perSecond: number;
}

const STAKE_MINOR = 100;

/** Statement by statement, as pgbench sends them; each is prepared once a connection, by its name. */
const placeBet = async (client: pg.Client, player: string) => {
  await client.query("BEGIN");
  await client.query({ name: "lock-wallet", text: LOCK_WALLET, values: [player] });
  await client.query({ name: "lock-stake", text: LOCK_STAKE, values: [player, STAKE_MINOR] });
  await client.query({
    name: "insert-bet",
    text: INSERT_BET,
    values: [player, randomUUID(), "race-1", "win", [3], STAKE_MINOR],
  });
  await client.query("COMMIT");
};

serveWorker<ConnectionsRequest, ConnectionsReply>(async ({ url, clients, seconds }) => {
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  let bets = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  await Promise.all(
    connections.map(async (client) => {
      // Each step of the player's number visits every player, whatever the number of connections.
      for (let turn = 0; performance.now() < endsAt; turn += 1) {
        await placeBet(client, playerName((bets + turn) % PLAYERS));
        bets += 1;
      }
    }),
  );
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  await Promise.all(connections.map((client) => client.end()));
  return { perSecond: bets / elapsedSeconds };
});
