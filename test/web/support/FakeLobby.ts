/**
 * The scripted lobby of the fake server: a phase ends by its length or when told, the race is run by the real simulation, odds
 * and pools move because it is a lively place. Whatever happens is told to all.
 */
import { MARKETS } from "../../../entities/lobby/race/market.ts";
import {
  activeTicks,
  frameAt,
  simulate,
  telegraphTicks,
} from "../../../entities/lobby/race/simulation.ts";
import type { PowerCast } from "../../../entities/lobby/race/simulation.ts";
import { POWERS, powerCost } from "../../../entities/lobby/race/power.ts";
import type { PowerId } from "../../../entities/lobby/race/power.ts";
import { startingField } from "../../../entities/lobby/race/runner.ts";
import type { LobbyBody, ServerFrame } from "../../../rpc/frames.ts";
import type { PoolBody, RaceBody } from "../../../rpc/http/race.ts";
import type { Market } from "../../../rpc/lobby.ts";
import type { FakePlayer, FakePlayers } from "./FakePlayers.ts";

export interface FakeLobbyOptions {
  /** Length of the race; the simulation takes 2 to 60 seconds. */
  readonly racingMs?: number;
  /** A phase with a length ends by itself; without, at `advance`. */
  readonly bettingMs?: number;
  readonly resultsMs?: number;
}

type Versioned = ServerFrame & { readonly state_version: number };

export const LOBBY_ID = "demo";
export const SETTINGS = {
  takeout_per_mille: 100,
  cancel_fee_per_mille: 50,
  min_bet: 100,
  max_bet: 50_000,
  betting_ms: 60_000,
  racing_ms: 40_000,
  results_ms: 20_000,
  max_power_spend: 30_000,
  sync_hz: 20,
} as const;
const TICK_MS = 50;
/** Between two changes of the odds. */
const ODDS_EVERY_TICKS = 10;
const RACING_MS = 2_000;
/** Of a race with a photo finish. */
const SEED = "9f2c41e69f2c41e69f2c41e69f2c41e69f2c41e69f2c41e69f2c41e69f2c41e6";

export const nowText = () => new Date().toISOString();

export class FakeLobby {
  readonly #options: FakeLobbyOptions;
  readonly #players: FakePlayers;
  readonly #broadcast: (frame: ServerFrame) => void;
  readonly #racingTicks: number;
  readonly #history: Versioned[] = [];
  readonly #beats: NodeJS.Timeout;
  #phaseTimer: NodeJS.Timeout | undefined;
  #beat = 0;
  #raceNumber = 1;
  #tick = 0;
  #casts: PowerCast[] = [];
  #settled: RaceBody | null = null;
  #isFrozen = false;
  /** What a storm has left stands, so that it can be looked at. */
  #hasStormed = false;
  #body: LobbyBody = {
    lobby_id: LOBBY_ID,
    name: "Moonlight Park",
    phase: "betting",
    phase_ends_at: null,
    state_version: 1,
    race_id: "race-1",
    commitment: SEED,
    runners: startingField(SEED).map((runner) => ({ ...runner, scratched: false })),
    odds: oddsAt(0),
    pools: poolsAt(0),
    order: null,
    settings: SETTINGS,
  };

  constructor(
    options: FakeLobbyOptions,
    {
      players,
      broadcast,
    }: {
      readonly players: FakePlayers;
      readonly broadcast: (frame: ServerFrame) => void;
    },
  ) {
    this.#options = options;
    this.#players = players;
    this.#broadcast = broadcast;
    this.#racingTicks = Math.round((options.racingMs ?? RACING_MS) / TICK_MS);
    this.#enter("betting", options.bettingMs);
    this.#beats = setInterval(() => this.#sync(), TICK_MS);
  }

  get body(): LobbyBody {
    return this.#body;
  }

  /** The last race that is over; null before the first. */
  get settled(): RaceBody | null {
    return this.#settled;
  }

  /** What has happened after the version. */
  since(version: number): readonly ServerFrame[] {
    return this.#history.filter((frame) => frame.state_version > version);
  }

  /** Ends the betting phase or the results at once. */
  advance(): void {
    if (this.#body.phase === "betting") {
      this.#tick = 0;
      this.#casts = [];
      this.#enter("racing", this.#racingTicks * TICK_MS);
    } else if (this.#body.phase === "lobby") {
      this.#raceNumber += 1;
      this.#players.beginRace();
      this.#body = {
        ...this.#body,
        race_id: `race-${this.#raceNumber}`,
        runners: this.#body.runners.map((runner) => ({ ...runner, scratched: false })),
        order: null,
        pools: {},
        odds: {},
      };
      this.#enter("betting", this.#options.bettingMs);
    }
  }

  scratch(runner: number): void {
    this.#body = {
      ...this.#body,
      runners: this.#body.runners.map((other) =>
        other.number === runner ? { ...other, scratched: true } : other,
      ),
    };
    this.#publish((version) => ({
      type: "RUNNER_SCRATCHED",
      lobby_id: LOBBY_ID,
      state_version: version,
      race_id: this.#body.race_id,
      runner,
    }));
  }

  /** A power at work on a runner, paid for by the player. */
  cast(player: FakePlayer, powerId: PowerId, target: number) {
    const power = POWERS[powerId];
    const cost = powerCost(power, player.casts);
    player.casts += 1;
    this.#casts.push({ tick: this.#tick, power: power.id, target });
    this.#players.moveMoney(player, () => {
      player.total -= cost;
    });
    const cast = {
      type: "POWER_CAST" as const,
      lobby_id: LOBBY_ID,
      cast_id: `cast-${player.id}-${player.casts}`,
      race_id: this.#body.race_id,
      power: power.id,
      target,
      cost,
      tick: this.#tick + telegraphTicks(power),
      duration_ticks: activeTicks(power, this.#racingTicks),
    };
    this.#publish((version) => ({ ...cast, state_version: version, player_id: player.id }));
    return cast;
  }

  /** Holds the race at its middle, or lets it go on. */
  freeze(isFrozen: boolean): void {
    this.#isFrozen = isFrozen;
  }

  /** So many `STATE_SYNC` a second, each with other odds and pools; resolves with their number at the end. */
  storm({ perSecond, ms }: { readonly perSecond: number; readonly ms: number }): Promise<number> {
    const startedAt = Date.now();
    let sent = 0;
    this.#hasStormed = true;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const due = Math.floor(((Date.now() - startedAt) * perSecond) / 1000);
        for (; sent < due; sent += 1) this.#move(oddsAt(sent * 3), poolsAt(sent));
        if (Date.now() - startedAt < ms) return;
        clearInterval(timer);
        resolve(sent);
      }, 1_000 / perSecond);
    });
  }

  close(): void {
    clearInterval(this.#beats);
    clearTimeout(this.#phaseTimer);
  }

  #publish(change: (version: number) => Versioned): void {
    this.#body = { ...this.#body, state_version: this.#body.state_version + 1 };
    const frame = change(this.#body.state_version);
    this.#history.push(frame);
    this.#broadcast(frame);
  }

  #enter(phase: LobbyBody["phase"], ms: number | undefined): void {
    clearTimeout(this.#phaseTimer);
    const endsAt = ms === undefined ? null : new Date(Date.now() + ms).toISOString();
    this.#body = { ...this.#body, phase, phase_ends_at: endsAt };
    const { commitment, race_id, runners } = this.#body;
    this.#publish((version) => ({
      type: "RACE_STATE_CHANGED",
      lobby_id: LOBBY_ID,
      state_version: version,
      phase,
      race_id,
      phase_ends_at: endsAt,
      commitment,
      runners,
    }));
    // A race ends when its last runner has arrived.
    if (ms !== undefined && phase !== "racing")
      this.#phaseTimer = setTimeout(() => this.advance(), ms);
  }

  #sync(): void {
    this.#beat += 1;
    if (this.#body.phase === "racing") {
      const run = this.#run();
      if (!this.#isFrozen || this.#tick < this.#racingTicks / 2) this.#tick += 1;
      this.#broadcast({
        ...this.#syncFrame(),
        tick: this.#tick,
        positions: [...frameAt(run, this.#tick)],
        track_mm: run.trackLengthMm,
      });
      if (this.#tick >= run.finishTick) this.#settle();
    } else if (this.#body.phase === "betting" && this.#beat % ODDS_EVERY_TICKS === 0) {
      if (!this.#hasStormed) this.#move(oddsAt(this.#beat), poolsAt(this.#beat));
    }
  }

  #move(odds: LobbyBody["odds"], pools: LobbyBody["pools"]): void {
    this.#body = { ...this.#body, odds, pools };
    this.#broadcast({ ...this.#syncFrame(), odds, pools });
  }

  #syncFrame() {
    const { phase, race_id, state_version } = this.#body;
    return {
      type: "STATE_SYNC",
      lobby_id: LOBBY_ID,
      state_version,
      phase,
      race_id,
      server_time: nowText(),
    } as const;
  }

  #run() {
    const { runners } = this.#body;
    return simulate({
      seed: SEED,
      field: runners,
      scratched: runners.filter((runner) => runner.scratched).map(({ number }) => number),
      maxTicks: this.#racingTicks,
      powers: this.#casts,
    });
  }

  #settle(): void {
    this.#enter("settling", undefined);
    const { order, photoFinish } = this.#run();
    const dividends = dividendsOf(order.flat());
    this.#body = { ...this.#body, order };
    const { pools, race_id, runners } = this.#body;
    this.#settled = {
      race_id,
      lobby_id: LOBBY_ID,
      status: "settled",
      opened_at: nowText(),
      started_at: nowText(),
      settled_at: nowText(),
      commitment: SEED,
      server_seed: SEED,
      runners,
      pools,
      order,
      photo_finish: photoFinish,
      payouts: MARKETS.map((market) => this.#poolOf(market, dividends[market])),
    };
    this.#publish((version) => ({
      type: "RACE_SETTLED",
      lobby_id: LOBBY_ID,
      state_version: version,
      race_id,
      order,
      dividends,
      server_seed: SEED,
    }));
    this.#players.settle(race_id, dividends);
    this.#enter("lobby", this.#options.resultsMs);
  }

  /** The sums that a real pool would have; only the dividends are made up. */
  #poolOf(market: Market, dividends: Record<string, number>): PoolBody {
    const own = this.#players.betsOn(this.#body.race_id).filter((bet) => bet.market === market);
    const stakes = (this.#body.pools[market] ?? 0) + own.reduce((sum, { stake }) => sum + stake, 0);
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
  }
}

function dividendsOf([first = 0, second = 0, third = 0]: readonly number[]): Record<
  Market,
  Record<string, number>
> {
  return {
    win: { [first]: 420 },
    place: { [first]: 180, [second]: 230 },
    show: { [first]: 130, [second]: 150, [third]: 210 },
    exacta: { [`${first}-${second}`]: 2140 },
    quinella: { [[first, second].toSorted((a, b) => a - b).join("-")]: 1160 },
    trifecta: { [`${first}-${second}-${third}`]: 9850 },
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
