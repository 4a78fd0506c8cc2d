/**
 * A betting service as most are written: `node:http`, a `pg` pool, one transaction a request. Written with care, as its
 * own users would: prepared statements, the pool's size tuned for this machine, the repetition of a key answered with
 * the first bet, money checked under the row's lock. It needs no token, which spares it the check that ours makes.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import pg from "pg";
import { serveWorker } from "../support/Worker.ts";
import { INSERT_BET, LOCK_STAKE, LOCK_WALLET } from "./classic-bet.ts";

export interface ServiceRequest {
  readonly url: string;
  readonly poolSize: number;
}

export interface ServiceReply {
  readonly port: number;
}

interface Bet {
  readonly player_id: string;
  readonly race_id: string;
  readonly market: string;
  readonly selection: ReadonlyArray<number>;
  readonly stake: number;
}

interface WalletRow {
  readonly balance_total: string;
  readonly balance_locked: string;
}

const MAX_BODY_BYTES = 64 * 1024;
const MARKETS = new Set(["win", "place", "show", "exacta", "quinella", "trifecta"]);
const UNIQUE_VIOLATION = "23505";

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

function isBet(value: unknown): value is Bet {
  if (typeof value !== "object" || value === null) return false;
  const bet = value as Partial<Bet>;
  return (
    typeof bet.player_id === "string" &&
    typeof bet.race_id === "string" &&
    typeof bet.market === "string" &&
    MARKETS.has(bet.market) &&
    Array.isArray(bet.selection) &&
    bet.selection.length >= 1 &&
    bet.selection.length <= 3 &&
    bet.selection.every(Number.isInteger) &&
    Number.isSafeInteger(bet.stake) &&
    bet.stake! > 0
  );
}

function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let body = "";
    request.on("data", (text: string) => {
      body += text;
      if (body.length > MAX_BODY_BYTES) reject(new Refusal(413, "payload_too_large"));
    });
    request.once("end", () => resolve(body));
    request.once("error", reject);
  });
}

async function readBet(request: IncomingMessage): Promise<Bet> {
  const body = await readBody(request);
  let bet: unknown;
  try {
    bet = JSON.parse(body);
  } catch {
    throw new Refusal(400, "validation_failed");
  }
  if (!isBet(bet)) throw new Refusal(400, "validation_failed");
  return bet;
}

function answerOf(betId: string, bet: Bet, total: number, locked: number) {
  return {
    bet_id: betId,
    status: "accepted",
    race_id: bet.race_id,
    market: bet.market,
    selection: bet.selection,
    stake: bet.stake,
    wallet: { balance_total: total, balance_locked: locked, balance_available: total - locked },
  };
}

async function transact(client: pg.PoolClient, bet: Bet, key: string) {
  await client.query("BEGIN");
  const { rows } = await client.query<WalletRow>({
    name: "lock-wallet",
    text: LOCK_WALLET,
    values: [bet.player_id],
  });
  const wallet = rows[0];
  if (wallet === undefined) throw new Refusal(404, "not_found");
  const total = Number(wallet.balance_total);
  const locked = Number(wallet.balance_locked) + bet.stake;
  if (locked > total) throw new Refusal(422, "insufficient_funds");
  await client.query({ name: "lock-stake", text: LOCK_STAKE, values: [bet.player_id, bet.stake] });
  const inserted = await client.query<{ bet_id: string }>({
    name: "insert-bet",
    text: INSERT_BET,
    values: [bet.player_id, key, bet.race_id, bet.market, bet.selection, bet.stake],
  });
  await client.query("COMMIT");
  return answerOf(inserted.rows[0]!.bet_id, bet, total, locked);
}

/** The key was used before: the answer is the bet that it made. */
async function replay(pool: pg.Pool, bet: Bet, key: string) {
  const { rows } = await pool.query<{ bet_id: string } & WalletRow>(
    "SELECT bet_id, balance_total, balance_locked FROM bet JOIN wallet USING (player_id) WHERE player_id = $1 AND idempotency_key = $2",
    [bet.player_id, key],
  );
  const row = rows[0]!;
  return answerOf(row.bet_id, bet, Number(row.balance_total), Number(row.balance_locked));
}

async function placeBet(pool: pg.Pool, bet: Bet, key: string) {
  const client = await pool.connect();
  try {
    return await transact(client, bet, key);
  } catch (error) {
    await client.query("ROLLBACK");
    if ((error as { readonly code?: string }).code !== UNIQUE_VIOLATION) throw error;
  } finally {
    client.release();
  }
  return replay(pool, bet, key);
}

function send(response: ServerResponse, status: number, body: object) {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

async function handle(pool: pg.Pool, request: IncomingMessage, response: ServerResponse) {
  try {
    if (request.method !== "POST" || request.url !== "/bets") throw new Refusal(404, "not_found");
    const key = request.headers["x-idempotency-key"];
    if (typeof key !== "string") throw new Refusal(400, "validation_failed");
    send(response, 201, await placeBet(pool, await readBet(request), key));
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    const refusal = error instanceof Refusal ? error : new Refusal(500, "unavailable");
    send(response, refusal.status, { status: refusal.status, code: refusal.code });
  }
}

serveWorker<ServiceRequest, ServiceReply>(async ({ url, poolSize }) => {
  const pool = new pg.Pool({ connectionString: url, max: poolSize });
  const server = createServer((request, response) => void handle(pool, request, response));
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port };
});
