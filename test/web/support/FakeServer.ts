/**
 * A server that speaks the console's part of the protocol and plays one scripted lobby, so that the console can be tried
 * without database or gateway. The races are run by the real simulation; money and rules are only as good as a
 * console's test needs. Faults can be ordered: cut connections, refused connections, answers that get lost.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import { POWERS, isPowerId, powerCost } from "../../../entities/lobby/race/power.ts";
import { startingField } from "../../../entities/lobby/race/runner.ts";
import {
  activeTicks,
  frameAt,
  simulate,
  telegraphTicks,
} from "../../../entities/lobby/race/simulation.ts";
import type { PowerCast } from "../../../entities/lobby/race/simulation.ts";
import type { ClientFrame, LobbyBody, ServerFrame } from "../../../rpc/frames.ts";
import type { PoolBody, RaceBody } from "../../../rpc/http/race.ts";
import type { Market } from "../../../rpc/lobby.ts";

export interface FakeServerOptions {
  /** Folder of the built console. */
  readonly root: string;
  readonly port: number;
  /** Length of the race; the simulation takes 2 to 60 seconds. */
  readonly racingMs?: number;
  /** A phase with a length ends by itself; without, at `advance`. */
  readonly bettingMs?: number;
  readonly resultsMs?: number;
}

export interface FakeServer {
  readonly url: string;
  /** Every command frame received, resent ones again. */
  readonly commands: readonly Command[];
  /** Every other frame received. */
  readonly requests: readonly ClientFrame[];
  readonly lobby: () => LobbyBody;
  /** Ends the betting phase or the results at once. */
  readonly advance: () => void;
  readonly scratch: (runner: number) => void;
  /** Ends all connections as a broken network does; `refusing` does not let them back in until called with false. */
  readonly cutConnections: (options: { readonly refusing: boolean | "sockets" }) => void;
  readonly acceptConnections: () => void;
  /** Carries out the next command but does not answer it. */
  readonly loseNextAnswer: () => void;
  /** Holds the race where it is, for who wants to look at it for longer than it lasts. */
  readonly freezeRace: () => void;
  readonly releaseRace: () => void;
  /** Sends so many `STATE_SYNC` a second, each with other odds and pools; resolves with their number at the end. */
  readonly storm: (options: { readonly perSecond: number; readonly ms: number }) => Promise<number>;
  readonly stop: () => Promise<void>;
}

type Command = Extract<ClientFrame, { readonly idempotency_key: string }>;

interface Bet {
  readonly bet_id: string;
  readonly lobby_id: string;
  readonly placed_at: string;
  readonly race_id: string;
  readonly market: Market;
  readonly selection: readonly number[];
  readonly stake: number;
  status: "accepted" | "cancelled" | "won" | "lost";
  payout: number | null;
}

interface Player {
  readonly id: string;
  total: number;
  held: number;
  version: number;
  casts: number;
  readonly bets: Bet[];
  /** First answer by idempotency key. */
  readonly answers: Map<string, ServerFrame>;
}

const LOBBY_ID = "demo";
const GRANT_MINOR = 100_000;
const MIN_STAKE_MINOR = 100;
const SETTINGS = {
  takeout_per_mille: 100,
  cancel_fee_per_mille: 50,
  min_bet: MIN_STAKE_MINOR,
  max_bet: 50_000,
  betting_ms: 60_000,
  racing_ms: 40_000,
  results_ms: 20_000,
  max_power_spend: 30_000,
  sync_hz: 20,
} as const;
const TICK_MS = 50;
/** Of a race with a photo finish. */
const SEED = "9f2c41e69f2c41e69f2c41e69f2c41e69f2c41e69f2c41e69f2c41e69f2c41e6";
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Stricter than the gateway's, so that the console never comes to need more. WebAssembly is the equity kernel. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

export async function startFakeServer(options: FakeServerOptions): Promise<FakeServer> {
  const racingTicks = Math.round((options.racingMs ?? 2_000) / TICK_MS);
  const players = new Map<string, Player>();
  const sockets = new Map<WebSocket, Player>();
  const commands: Command[] = [];
  const requests: ClientFrame[] = [];
  const history: (ServerFrame & { readonly state_version: number })[] = [];
  let isRefusing: boolean | "sockets" = false;
  let losesAnswer = false;
  let isFrozen = false;
  /** What a storm has left stands, so that it can be looked at. */
  let hasStormed = false;
  let raceNumber = 1;
  let tick = 0;
  let casts: PowerCast[] = [];
  let settled: RaceBody | null = null;
  let phaseTimer: NodeJS.Timeout | undefined;
  let lobby: LobbyBody = {
    lobby_id: LOBBY_ID,
    name: "Moonlight Park",
    phase: "betting",
    phase_ends_at: null,
    state_version: 1,
    race_id: "race-1",
    commitment: SEED,
    runners: startingField(SEED).map((runner) => ({ ...runner, scratched: false })),
    odds: {},
    pools: {},
    order: null,
    settings: SETTINGS,
  };

  const now = () => new Date().toISOString();
  const send = (socket: WebSocket, frame: ServerFrame) => socket.send(JSON.stringify(frame));
  const broadcast = (frame: ServerFrame) => {
    for (const socket of sockets.keys()) send(socket, frame);
  };
  const publish = (
    change: (version: number) => ServerFrame & { readonly state_version: number },
  ) => {
    lobby = { ...lobby, state_version: lobby.state_version + 1 };
    const frame = change(lobby.state_version);
    history.push(frame);
    broadcast(frame);
  };
  const balances = ({ total, held }: Player) => ({
    balance_total: total,
    balance_locked: held,
    balance_available: total - held,
  });
  const walletOf = (player: Player): ServerFrame => ({
    type: "WALLET_UPDATED",
    player_id: player.id,
    version: player.version,
    ...balances(player),
  });
  const movesMoney = (player: Player, change: () => void) => {
    change();
    player.version += 1;
    for (const [socket, owner] of sockets) {
      if (owner !== player) continue;
      send(socket, walletOf(player));
    }
  };

  const run = () =>
    simulate({
      seed: SEED,
      field: lobby.runners,
      scratched: lobby.runners.filter((runner) => runner.scratched).map(({ number }) => number),
      maxTicks: racingTicks,
      powers: casts,
    });

  const enter = (phase: LobbyBody["phase"], ms: number | undefined) => {
    clearTimeout(phaseTimer);
    const endsAt = ms === undefined ? null : new Date(Date.now() + ms).toISOString();
    lobby = { ...lobby, phase, phase_ends_at: endsAt };
    publish((version) => ({
      type: "RACE_STATE_CHANGED",
      lobby_id: LOBBY_ID,
      state_version: version,
      phase,
      race_id: lobby.race_id,
      phase_ends_at: endsAt,
      commitment: lobby.commitment,
      runners: lobby.runners,
    }));
    if (ms !== undefined && phase !== "racing") phaseTimer = setTimeout(advance, ms);
  };

  const advance = () => {
    if (lobby.phase === "betting") {
      tick = 0;
      casts = [];
      enter("racing", racingTicks * TICK_MS);
    } else if (lobby.phase === "lobby") {
      raceNumber += 1;
      for (const player of players.values()) player.casts = 0;
      lobby = {
        ...lobby,
        race_id: `race-${raceNumber}`,
        runners: lobby.runners.map((runner) => ({ ...runner, scratched: false })),
        order: null,
        pools: {},
        odds: {},
      };
      enter("betting", options.bettingMs);
    }
  };

  const betsOf = (raceId: string) =>
    [...players.values()]
      .flatMap((player) => player.bets)
      .filter((bet) => bet.race_id === raceId && bet.status !== "cancelled");

  /** The sums that a real pool would have; only the dividends are made up. */
  const poolOf = (market: Market, dividends: Record<string, number>): PoolBody => {
    const own = betsOf(lobby.race_id).filter((bet) => bet.market === market);
    const stakes = (lobby.pools[market] ?? 0) + own.reduce((sum, { stake }) => sum + stake, 0);
    const takeout = Math.floor((stakes * SETTINGS.takeout_per_mille) / 1000);
    const payouts = Math.floor((stakes - takeout) * 0.98);
    const breakage = stakes - takeout - payouts;
    return {
      market,
      stakes,
      payouts,
      refunds: 0,
      takeout,
      breakage,
      refund_reason: null,
      dividends,
    };
  };

  const settle = () => {
    enter("settling", undefined);
    const { order, photoFinish } = run();
    const [first = 0, second = 0, third = 0] = order.flat();
    const dividends: Record<string, Record<string, number>> = {
      win: { [first]: 420 },
      place: { [first]: 180, [second]: 230 },
      show: { [first]: 130, [second]: 150, [third]: 210 },
      exacta: { [`${first}-${second}`]: 2140 },
      quinella: { [[first, second].toSorted((a, b) => a - b).join("-")]: 1160 },
      trifecta: { [`${first}-${second}-${third}`]: 9850 },
    };
    lobby = { ...lobby, order };
    settled = {
      race_id: lobby.race_id,
      lobby_id: LOBBY_ID,
      status: "settled",
      opened_at: now(),
      started_at: now(),
      settled_at: now(),
      commitment: SEED,
      server_seed: SEED,
      runners: lobby.runners,
      pools: lobby.pools,
      order,
      photo_finish: photoFinish,
      payouts: MARKETS.map((market) => poolOf(market, dividends[market] ?? {})),
    };
    publish((version) => ({
      type: "RACE_SETTLED",
      lobby_id: LOBBY_ID,
      state_version: version,
      race_id: lobby.race_id,
      order,
      dividends,
      server_seed: SEED,
    }));
    for (const player of players.values()) {
      movesMoney(player, () => {
        for (const bet of player.bets) {
          if (bet.race_id !== lobby.race_id || bet.status !== "accepted") continue;
          const key = bet.selection
            .toSorted((a, b) => (bet.market === "quinella" ? a - b : 0))
            .join("-");
          const dividend = dividends[bet.market]?.[key];
          bet.status = dividend === undefined ? "lost" : "won";
          bet.payout = Math.floor((bet.stake * (dividend ?? 0)) / 100);
          player.held -= bet.stake;
          player.total += bet.payout - bet.stake;
        }
      });
    }
    enter("lobby", options.resultsMs);
  };

  const syncFrame = () =>
    ({
      type: "STATE_SYNC",
      lobby_id: LOBBY_ID,
      state_version: lobby.state_version,
      phase: lobby.phase,
      race_id: lobby.race_id,
      server_time: now(),
    }) as const;
  let beat = 0;
  const sync = () => {
    beat += 1;
    const common = syncFrame();
    if (lobby.phase === "racing") {
      const current = run();
      if (!isFrozen || tick < racingTicks / 2) tick += 1;
      broadcast({
        ...common,
        tick,
        positions: [...frameAt(current, tick)],
        track_mm: current.trackLengthMm,
      });
      if (tick >= current.finishTick) settle();
    } else if (lobby.phase === "betting" && beat % 10 === 0 && !hasStormed) {
      lobby = { ...lobby, odds: oddsAt(beat), pools: poolsAt(beat) };
      broadcast({ ...common, odds: lobby.odds, pools: lobby.pools });
    }
  };

  const refuse = (
    code: string,
    detail: string,
    id: string | undefined,
    fields: Readonly<Record<string, number>> = {},
  ): ServerFrame => ({
    type: "ERROR",
    code,
    detail,
    ...fields,
    ...(id === undefined ? {} : { id }),
  });

  const carryOut = (player: Player, command: Command): ServerFrame => {
    const { id } = command;
    const echo = id === undefined ? {} : { id };
    if (command.type === "PLACE_BET") {
      if (lobby.phase !== "betting" || command.race_id !== lobby.race_id) {
        return refuse(
          "betting_closed",
          "Betting on this race is closed. Bet on the next race.",
          id,
        );
      }
      if (command.stake < MIN_STAKE_MINOR) {
        return refuse("stake_below_min", "The least stake is 1.00.", id, {
          min_stake: MIN_STAKE_MINOR,
        });
      }
      if (command.stake > player.total - player.held) {
        return refuse("insufficient_funds", "The stake is more than your available balance.", id);
      }
      const bet: Bet = {
        bet_id: `bet-${player.id}-${player.bets.length}`,
        lobby_id: LOBBY_ID,
        placed_at: now(),
        race_id: lobby.race_id,
        market: command.market,
        selection: command.selection,
        stake: command.stake,
        status: "accepted",
        payout: null,
      };
      player.bets.unshift(bet);
      movesMoney(player, () => {
        player.held += bet.stake;
      });
      const { bet_id, race_id, market, selection, stake } = bet;
      return {
        type: "BET_PLACED",
        ...echo,
        bet_id,
        status: "accepted",
        race_id,
        market,
        selection,
        stake,
        wallet: balances(player),
      };
    }
    if (command.type === "CANCEL_BET") {
      const bet = player.bets.find((other) => other.bet_id === command.bet_id);
      if (bet === undefined || lobby.phase !== "betting") {
        return refuse("betting_closed", "Bets can be cancelled until betting closes.", id);
      }
      const fee = Math.ceil((bet.stake * SETTINGS.cancel_fee_per_mille) / 1000);
      bet.status = "cancelled";
      bet.payout = bet.stake - fee;
      movesMoney(player, () => {
        player.held -= bet.stake;
        player.total -= fee;
      });
      return {
        type: "BET_CANCELLED",
        ...echo,
        bet_id: bet.bet_id,
        status: "cancelled",
        refund: bet.stake - fee,
        fee,
        wallet: balances(player),
      };
    }
    if (command.type === "RESERVE_NUMBERS") {
      return refuse("not_found", "There is no such raffle.", id);
    }
    if (lobby.phase !== "racing" || !isPowerId(command.power)) {
      return refuse("not_racing", "Powers can be cast while the race is on.", id);
    }
    const power = POWERS[command.power];
    const cost = powerCost(power, player.casts);
    player.casts += 1;
    casts.push({ tick, power: power.id, target: command.target });
    movesMoney(player, () => {
      player.total -= cost;
    });
    const cast = {
      type: "POWER_CAST" as const,
      lobby_id: LOBBY_ID,
      cast_id: `cast-${player.id}-${player.casts}`,
      race_id: lobby.race_id,
      power: power.id,
      target: command.target,
      cost,
      tick: tick + telegraphTicks(power),
      duration_ticks: activeTicks(power, racingTicks),
    };
    publish((version) => ({ ...cast, state_version: version, player_id: player.id }));
    return { ...cast, ...echo, wallet: balances(player) };
  };

  const receive = (socket: WebSocket, player: Player, frame: ClientFrame) => {
    if ("idempotency_key" in frame) {
      commands.push(frame);
      const answer = player.answers.get(frame.idempotency_key) ?? carryOut(player, frame);
      player.answers.set(frame.idempotency_key, answer);
      if (losesAnswer) losesAnswer = false;
      else send(socket, answer);
      return;
    }
    requests.push(frame);
    const echo = "id" in frame && frame.id !== undefined ? { id: frame.id } : {};
    switch (frame.type) {
      case "GET_STATE_SNAPSHOT":
        return send(socket, { type: "STATE_SNAPSHOT", ...echo, ...lobby, server_time: now() });
      case "PING":
        return send(socket, { type: "PONG", ...echo, server_time: now() });
      case "UNSUBSCRIBE":
        return send(socket, { type: "UNSUBSCRIBED", ...echo, topic: frame.topic });
      case "SUBSCRIBE":
      case "RESUME": {
        const { topic } = frame;
        if (topic !== `lobby:${LOBBY_ID}` && topic !== `wallet:${player.id}`) {
          return send(socket, refuse("not_found", "There is no such topic.", frame.id));
        }
        send(socket, { type: "SUBSCRIBED", ...echo, topic });
        if (topic.startsWith("wallet:")) return send(socket, walletOf(player));
        if (frame.type === "SUBSCRIBE") {
          return send(socket, { type: "STATE_SNAPSHOT", ...lobby, server_time: now() });
        }
        for (const missed of history) {
          if (missed.state_version > frame.after_version) send(socket, missed);
        }
        return;
      }
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const player = players.get((request.headers.authorization ?? "").replace("Bearer ", ""));
    const json = (status: number, body: unknown) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (isRefusing === true) {
      request.socket.destroy();
    } else if (request.method === "POST" && url.pathname === "/auth/join") {
      const id = `player-${players.size + 1}`;
      players.set(`token-${id}`, {
        id,
        total: GRANT_MINOR,
        held: 0,
        version: 1,
        casts: 0,
        bets: [],
        answers: new Map(),
      });
      json(201, {
        token: `token-${id}`,
        player_id: id,
        lobby_id: LOBBY_ID,
        ws_url: `ws://127.0.0.1:${options.port}/ws`,
        expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      });
    } else if (url.pathname === "/wallet/me" || url.pathname === "/bets") {
      if (player === undefined) {
        json(401, { status: 401, code: "unauthorized", detail: "The token is not valid." });
      } else if (url.pathname === "/bets") {
        const [raceId, status] = ["race_id", "status"].map((name) => url.searchParams.get(name));
        const bets = player.bets.filter(
          (bet) =>
            (raceId === null || bet.race_id === raceId) &&
            (status === null || bet.status === status),
        );
        json(200, { bets, next_before: null });
      } else {
        json(200, { ...balances(player), version: player.version });
      }
    } else if (url.pathname === "/health/live") {
      json(200, { status: "ok" });
    } else if (url.pathname === "/auth/refresh") {
      json(401, { status: 401, code: "unauthorized", detail: "The token is not valid." });
    } else if (url.pathname === "/analytics/races") {
      json(200, { races: [] });
    } else if (url.pathname === "/analytics/runners") {
      json(200, { runners: [] });
    } else if (url.pathname === "/api/v1/raffles") {
      json(200, { raffles: [], next_before: null });
    } else if (url.pathname === "/lobbies") {
      json(200, { lobbies: [lobby] });
    } else if (url.pathname === `/lobbies/${LOBBY_ID}`) {
      json(200, lobby);
    } else if (/^\/races\/[^/]+(\/verify)?$/.test(url.pathname)) {
      if (settled === null) json(404, { status: 404, code: "not_found", detail: "Not over." });
      else if (url.pathname.endsWith("/verify")) json(200, { bets: betsOf(settled.race_id) });
      else json(200, settled);
    } else {
      const path = url.pathname === "/" ? "index.html" : normalize(url.pathname);
      const type = TYPES[extname(path)] ?? "application/octet-stream";
      const body = await readFile(join(options.root, path)).catch(() => undefined);
      if (body === undefined) response.writeHead(404).end();
      else {
        response
          .writeHead(200, { "content-type": type, "content-security-policy": POLICY })
          .end(body);
      }
    }
  };

  const server = createServer((request, response) => void answer(request, response));
  const webSockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, stream, head) => {
    if (isRefusing !== false) {
      stream.destroy();
      return;
    }
    const token = new URL(request.url ?? "/", "http://localhost").searchParams.get("token") ?? "";
    webSockets.handleUpgrade(request, stream, head, (socket) => {
      const player = players.get(token);
      if (player === undefined) {
        socket.close(1008, "unauthorized");
        return;
      }
      sockets.set(socket, player);
      socket.on("close", () => sockets.delete(socket));
      socket.on("message", (data) => {
        receive(socket, player, JSON.parse(String(data)) as ClientFrame);
      });
      send(socket, { type: "CONNECTION_ACK", client_id: "client-1", server_time: now() });
    });
  });
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  lobby = { ...lobby, odds: oddsAt(0), pools: poolsAt(0) };
  enter("betting", options.bettingMs);
  const syncTimer = setInterval(sync, TICK_MS);

  return {
    url: `http://127.0.0.1:${options.port}`,
    commands,
    requests,
    lobby: () => lobby,
    advance,
    scratch: (runner) => {
      lobby = {
        ...lobby,
        runners: lobby.runners.map((other) =>
          other.number === runner ? { ...other, scratched: true } : other,
        ),
      };
      publish((version) => ({
        type: "RUNNER_SCRATCHED",
        lobby_id: LOBBY_ID,
        state_version: version,
        race_id: lobby.race_id,
        runner,
      }));
    },
    cutConnections: ({ refusing }) => {
      isRefusing = refusing;
      for (const socket of sockets.keys()) socket.terminate();
      sockets.clear();
    },
    acceptConnections: () => {
      isRefusing = false;
    },
    loseNextAnswer: () => {
      losesAnswer = true;
    },
    freezeRace: () => {
      isFrozen = true;
    },
    releaseRace: () => {
      isFrozen = false;
    },
    storm: ({ perSecond, ms }) => {
      const startedAt = Date.now();
      let sent = 0;
      hasStormed = true;
      return new Promise((resolve) => {
        const timer = setInterval(() => {
          const due = Math.floor(((Date.now() - startedAt) * perSecond) / 1000);
          for (; sent < due; sent += 1) {
            lobby = { ...lobby, odds: oddsAt(sent * 3), pools: poolsAt(sent) };
            broadcast({ ...syncFrame(), odds: lobby.odds, pools: lobby.pools });
          }
          if (Date.now() - startedAt < ms) return;
          clearInterval(timer);
          resolve(sent);
        }, 1_000 / perSecond);
      });
    },
    stop: async () => {
      clearInterval(syncTimer);
      clearTimeout(phaseTimer);
      for (const socket of sockets.keys()) socket.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Odds that move: a different runner shortens or drifts at each beat. */
function oddsAt(beat: number): Record<string, string> {
  const base = [3.2, 6.4, 4.1, 12.5, 7.8, 5.05, 21.3, 9.6];
  const wave = (index: number) => 1 + 0.08 * Math.sin(beat / 17 + index * 1.7);
  return Object.fromEntries(base.map((odds, i) => [String(i + 1), (odds * wave(i)).toFixed(2)]));
}

function poolsAt(beat: number): Record<string, number> {
  const grown = beat * 215;
  return {
    win: 184_250 + grown * 3,
    place: 92_100 + grown,
    show: 61_400 + grown,
    exacta: 48_800 + grown * 2,
    quinella: 33_050,
    trifecta: 71_300 + grown,
  };
}
