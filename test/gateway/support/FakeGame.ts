/**
 * A game in memory, for tests of the gateway alone: one lobby in its betting phase, a raffle on sale, wallets, idempotent
 * bets. A test may
 * replace any of its functions, and publish frames as an entity would.
 */
import { validateSelection } from "../../../entities/lobby/race/market.ts";
import type { PayloadOf } from "../../../rpc/contract.ts";
import {
  BetNotFound,
  BettingClosed,
  InvalidSelection,
  Lobby,
  LobbyNotFound,
  type LobbyView,
  StakeAboveMax,
  StakeBelowMin,
} from "../../../rpc/lobby.ts";
import { BorrowerNotFound, FavorNotFound } from "../../../rpc/favor.ts";
import { IdempotencyKeyReused } from "../../../rpc/failure.ts";
import type { BetPlacedBody, PlaceBetBody } from "../../../rpc/frames.ts";
import { BetId, LobbyId, PlayerId, RaceId, RaffleId, ReservationId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import {
  NumberTaken,
  Raffle,
  RaffleNotFound,
  type RaffleView,
  ReservationNotFound,
} from "../../../rpc/raffle.ts";
import { reservationBody } from "../../../entities/reservation/body.ts";
import { handSummaryBody } from "../../../entities/handFeed/body.ts";
import { raffleBody } from "../../../entities/raffle/body.ts";
import type { HandSummary } from "../../../rpc/hand.ts";
import { HAND_FEED_ID, HandFeed } from "../../../rpc/handFeed.ts";
import { InsufficientFunds, Wallet, WalletNotFound, type Balance } from "../../../rpc/wallet.ts";
import type { Ask, Outcome } from "../../../src/actor/Ask.ts";
import { TopicHub } from "../../../src/actor/TopicHub.ts";
import { PaymentNotFound } from "../../../rpc/http/payment.ts";
import type { BetBody } from "../../../rpc/http/bet.ts";
import type { RaceBody } from "../../../rpc/http/race.ts";
import type { Game } from "../../../src/gateway/Game.ts";
import { HubTopics } from "./HubTopics.ts";

export const LOBBY_ID = LobbyId.make("demo");
export const RACE_ID = RaceId.make("race-1");
export const RAFFLE_ID = RaffleId.make("harbour");

const ok = <A>(value: A, replayed = false): Outcome<A, never> => ({ ok: true, value, replayed });
const no = <E>(error: E): Outcome<never, E> => ({ ok: false, error, replayed: false });

const HANDS = `${HandFeed.kind}:${HAND_FEED_ID}`;
const HISTORY = 100;
const MIN_BET = 100;
const MAX_BET = 50_000;

type BetQuery = PayloadOf<typeof Lobby, "CheckBet">;

const UNKNOWN = { score: 50, repaid_on_time: 0, repaid_late: 0, overdue: 0 };

export class FakeGame {
  readonly hub = new TopicHub();
  readonly wallets = new Map<string, { total: number; locked: number; version: number }>();
  readonly bets = new Map<string, { readonly playerId: string; readonly bet: BetBody }>();
  readonly asked: Array<string> = [];
  lobby: LobbyView = {
    lobbyId: LOBBY_ID,
    name: "Demo",
    phase: "betting",
    phaseEndsAt: 1_800_000_000_000,
    stateVersion: 7,
    raceId: RACE_ID,
    commitment: "c0ffee",
    runners: Array.from({ length: 8 }, (_, index) => ({
      number: index + 1,
      name: `Runner ${index + 1}`,
      form: { speed: 500, stamina: 500, start: 500, consistency: 500 },
      scratched: index === 7,
    })),
    odds: { "1": 320 },
    pools: { win: minor(1000) },
    order: null,
    running: true,
  };
  raffle: RaffleView = {
    raffleId: RAFFLE_ID,
    terms: {
      title: "The harbour raffle",
      description: "",
      ticketPriceMinor: minor(250),
      totalNumbers: 16,
      drawAt: 1_800_000_000_000,
      prizes: [{ name: "A boat" }],
      organiserId: PlayerId.make("olga"),
      minSoldPercent: 0,
    },
    rules: { selectionMs: 600_000, checkoutMs: 300_000, feePerMille: 100, beacon: null },
    status: "active",
    stateVersion: 3,
    soldCount: 0,
    reservedCount: 0,
    commitment: "c0ffee",
    createdAt: 1_700_000_000_000,
    publishedAt: 1_700_000_000_000,
    closedAt: null,
    endedAt: null,
    reason: null,
  };
  /** The newest hands first. */
  handFeed: { stateVersion: number; latest: ReadonlyArray<HandSummary> } = {
    stateVersion: 4,
    latest: [],
  };
  /** Numbers of the raffle that somebody has. */
  readonly taken = new Set<number>();
  private readonly replies = new Map<
    string,
    { readonly body: string; readonly value: BetPlacedBody }
  >();
  readonly game: Game;

  constructor() {
    this.opens(`lobby:${LOBBY_ID}`, 7);
    this.opens(`raffle:${RAFFLE_ID}`, this.raffle.stateVersion);
    this.opens(HANDS, this.handFeed.stateVersion);
    this.game = {
      ask: ((contract: { readonly kind: string }, tag: string, payload: never) =>
        this.ask(contract.kind, tag, payload)) as unknown as Ask,
      topics: new HubTopics(this.hub),
      views: {
        lobbies: async () => [LOBBY_ID],
        statement: async () => [],
        bets: async (playerId) => ({
          bets: [...this.bets.values()]
            .filter((row) => row.playerId === playerId)
            .map((row) => row.bet),
          next_before: null,
        }),
        bet: async (betId) => this.bets.get(betId),
        race: async (raceId) => (raceId === RACE_ID ? this.race() : undefined),
        replay: async () => undefined,
        verify: async () => undefined,
        favors: async () => ({ favors: [], next_before: null }),
        loyalty: async () => ({ as_borrower: UNKNOWN, as_lender: UNKNOWN }),
        analytics: {
          runners: async () => [],
          runner: async () => undefined,
          races: async () => ({ races: [], next_before: null }),
        },
        raffles: async () => ({ raffles: [raffleBody(this.raffle)], next_before: null }),
        soldByHour: async () => [],
        reservations: async () => ({ reservations: [], next_before: null }),
        payments: async () => ({ payments: [], next_before: null }),
        unclaimed: async () => ({ unclaimed: [], total: 0, next_before: null }),
      },
      reservations: {
        reserve: async (intent, raffleId, numbers) =>
          this.reserve(intent.playerId, raffleId, numbers, intent.key),
        addNumber: async (_, reservationId) => no(new ReservationNotFound({ reservationId })),
        removeNumber: async (_, reservationId) => no(new ReservationNotFound({ reservationId })),
        moveToCheckout: async (_, reservationId) => no(new ReservationNotFound({ reservationId })),
        cancel: async (_, reservationId) => no(new ReservationNotFound({ reservationId })),
        get: async (_, reservationId) => no(new ReservationNotFound({ reservationId })),
        pay: async (_, reservationId) => no(new ReservationNotFound({ reservationId })),
        hear: async (_, { reservationId }) => no(new ReservationNotFound({ reservationId })),
      },
      favors: {
        offer: async (_, { to }) => no(new BorrowerNotFound({ playerId: to })),
        accept: async (_, favorId) => no(new FavorNotFound({ favorId })),
        decline: async (_, favorId) => no(new FavorNotFound({ favorId })),
        withdraw: async (_, favorId) => no(new FavorNotFound({ favorId })),
        repay: async (_, favorId) => no(new FavorNotFound({ favorId })),
      },
      adjustWallet: async (_, playerId) => no(new WalletNotFound({ playerId })),
      resolveRefund: async (_, paymentId) => no(new PaymentNotFound({ paymentId })),
      placeBet: async (intent, lobbyId, body) =>
        this.placeBet(intent.playerId, intent.key, lobbyId, body),
      cancelBet: async (_, betId) => no(new BetNotFound({ betId })),
      castPower: async (intent, _, body) => {
        const wallet = this.wallets.get(intent.playerId);
        if (wallet === undefined) return no(new WalletNotFound({ playerId: intent.playerId }));
        return ok({
          cast_id: `cast-${intent.key}`,
          race_id: RACE_ID,
          power: body.power,
          target: body.target,
          cost: 0,
          tick: 10,
          duration_ticks: 20,
          wallet: balances(wallet),
        });
      },
    };
  }

  private race(): RaceBody {
    const { commitment, lobbyId, pools, runners } = this.lobby;
    return {
      race_id: RACE_ID,
      lobby_id: lobbyId,
      status: "betting",
      opened_at: "2026-01-01T00:00:00.000Z",
      started_at: null,
      commitment,
      runners,
      pools,
    };
  }

  /** An entity comes to life at this version, and remembers the frame that led to it. */
  opens(topic: string, version: number): void {
    this.hub.opened(topic, version, HISTORY, () => [
      { topic, version, sampled: false, text: "{}" },
    ]);
  }

  /** Tells the lobby's watchers of a change, as its commit would. */
  changeLobby(extra: Readonly<Record<string, unknown>> = {}): void {
    this.lobby = { ...this.lobby, stateVersion: this.lobby.stateVersion + 1 };
    this.publish(this.lobby.stateVersion, false, { type: "RACE_STATE_CHANGED", ...extra });
  }

  /** A frame that is no change. */
  sampleLobby(extra: Readonly<Record<string, unknown>> = {}): void {
    this.publish(this.lobby.stateVersion, true, { type: "STATE_SYNC", ...extra });
  }

  private publish(version: number, sampled: boolean, frame: Readonly<Record<string, unknown>>) {
    this.hub.publish(
      {
        topic: `lobby:${LOBBY_ID}`,
        version,
        sampled,
        text: JSON.stringify({ ...frame, lobby_id: LOBBY_ID, state_version: version }),
      },
      HISTORY,
    );
  }

  /** Tells the raffle's watchers of a change, as its commit would. */
  changeRaffle(frame: object, version: number = this.raffle.stateVersion + 1): void {
    this.raffle = { ...this.raffle, stateVersion: version };
    const text = JSON.stringify({ ...frame, raffle_id: RAFFLE_ID, state_version: version });
    this.hub.publish({ topic: `raffle:${RAFFLE_ID}`, version, sampled: false, text }, HISTORY);
  }

  /** Tells who watches the hands of new ones, oldest first; of `count` that came together. */
  announceHands(hands: ReadonlyArray<HandSummary>, count: number = hands.length): void {
    const stateVersion = this.handFeed.stateVersion + 1;
    this.handFeed = { stateVersion, latest: [...hands.toReversed(), ...this.handFeed.latest] };
    const text = JSON.stringify({
      type: "HANDS_IMPORTED",
      state_version: stateVersion,
      count,
      hands: hands.map(handSummaryBody),
    });
    this.hub.publish({ topic: HANDS, version: stateVersion, sampled: false, text }, HISTORY);
  }

  private reserve(
    playerId: PlayerId,
    raffleId: RaffleId,
    numbers: ReadonlyArray<number>,
    key: string,
  ) {
    if (raffleId !== RAFFLE_ID) return no(new RaffleNotFound({ raffleId }));
    const gone = numbers.filter((number) => this.taken.has(number));
    if (gone.length > 0) return no(new NumberTaken({ numbers: gone }));
    for (const number of numbers) this.taken.add(number);
    const reservationId = ReservationId.make(`${raffleId}.${key}`);
    const change = {
      status: "reserved",
      numbers,
      reservation_id: reservationId,
      player_id: playerId,
    };
    this.changeRaffle({
      type: "NUMBERS_CHANGED",
      changes: [change],
      sold_count: 0,
      reserved_count: 1,
    });
    return ok(
      reservationBody({
        reservationId,
        raffleId,
        phase: "selection",
        numbers,
        amountMinor: 250 * numbers.length,
        expiresAt: 1_700_000_600_000,
      }),
    );
  }

  private askRaffle(tag: string, raffleId: string) {
    if (raffleId !== RAFFLE_ID) return no(new RaffleNotFound({ raffleId }));
    if (tag === "GetRaffle") return ok(this.raffle);
    if (tag === "GetGrid") {
      const reserved = Buffer.alloc(2);
      for (const number of this.taken) reserved[number >> 3]! |= 1 << (number & 7);
      const sold = Buffer.alloc(2).toString("base64");
      return ok({ raffle: this.raffle, reserved: reserved.toString("base64"), sold, mine: [] });
    }
    throw new Error(`nobody plays raffle.${tag} here`);
  }

  private async ask(
    kind: string,
    tag: string,
    payload: { readonly entityId: string; readonly grantMinor?: number },
  ): Promise<unknown> {
    this.asked.push(`${kind}.${tag}`);
    if (kind === Wallet.kind) {
      const wallet = this.wallets.get(payload.entityId);
      if (tag === "Open") {
        const opened = wallet ?? { total: payload.grantMinor ?? 0, locked: 0, version: 1 };
        this.wallets.set(payload.entityId, opened);
        this.opens(`wallet:${payload.entityId}`, opened.version);
        return ok(balance(opened));
      }
      if (wallet === undefined) return no(new WalletNotFound({ playerId: payload.entityId }));
      return ok({ balance: balance(wallet), openHolds: [] });
    }
    if (kind === Lobby.kind) {
      if ((tag === "GetLobby" || tag === "CheckBet") && payload.entityId !== LOBBY_ID)
        return no(new LobbyNotFound({ lobbyId: payload.entityId }));
      if (tag === "CheckBet") return this.checkBet(payload as unknown as BetQuery);
      return ok({ ...this.lobby, lobbyId: LobbyId.make(payload.entityId) });
    }
    if (kind === HandFeed.kind) return ok({ ...this.handFeed, announced: 0 });
    if (kind === Raffle.kind) return this.askRaffle(tag, payload.entityId);
    throw new Error(`nobody plays ${kind}.${tag} here`);
  }

  private checkBet({ market, selection, stakeMinor, raceId = RACE_ID }: BetQuery) {
    if (raceId !== RACE_ID) return no(new BettingClosed({ phase: this.lobby.phase, raceId }));
    const scratched = this.lobby.runners.filter((runner) => runner.scratched);
    const numbers = scratched.map((runner) => runner.number);
    const problem = validateSelection(market, selection, this.lobby.runners, numbers);
    if (problem !== null) return no(new InvalidSelection({ reason: problem }));
    if (stakeMinor < MIN_BET) return no(new StakeBelowMin({ minStakeMinor: minor(MIN_BET) }));
    return stakeMinor > MAX_BET
      ? no(new StakeAboveMax({ maxStakeMinor: minor(MAX_BET) }))
      : ok({ raceId });
  }

  private placeBet(playerId: string, key: string, lobbyId: LobbyId, body: PlaceBetBody) {
    const written = JSON.stringify(body);
    const earlier = this.replies.get(`${playerId} ${key}`);
    if (earlier !== undefined)
      return earlier.body === written
        ? ok(earlier.value, true)
        : no(new IdempotencyKeyReused({ commandId: key }));
    const wallet = this.wallets.get(playerId);
    if (wallet === undefined) return no(new WalletNotFound({ playerId }));
    const available = wallet.total - wallet.locked;
    if (available < body.stake)
      return no(
        new InsufficientFunds({
          availableMinor: minor(available),
          requiredMinor: minor(body.stake),
        }),
      );
    wallet.locked += body.stake;
    wallet.version += 1;
    this.hub.publish(
      {
        topic: `wallet:${playerId}`,
        version: wallet.version,
        sampled: false,
        text: JSON.stringify({ type: "WALLET_UPDATED", version: wallet.version }),
      },
      HISTORY,
    );
    const betId = BetId.make(`bet-${this.bets.size + 1}`);
    const value: BetPlacedBody = {
      bet_id: betId,
      status: "accepted",
      race_id: RACE_ID,
      market: body.market,
      selection: body.selection,
      stake: body.stake,
      wallet: balances(wallet),
    };
    this.bets.set(betId, {
      playerId,
      bet: {
        bet_id: betId,
        race_id: RACE_ID,
        lobby_id: lobbyId,
        market: body.market,
        selection: body.selection,
        stake: body.stake,
        status: "accepted",
        payout: null,
        placed_at: "2026-01-01T00:00:00.000Z",
        settled_at: null,
      },
    });
    this.replies.set(`${playerId} ${key}`, { body: written, value });
    return ok(value);
  }
}

const balance = (wallet: { total: number; locked: number; version: number }): Balance => ({
  totalMinor: minor(wallet.total),
  lockedMinor: minor(wallet.locked),
  availableMinor: minor(wallet.total - wallet.locked),
  version: wallet.version,
});

const balances = (wallet: { total: number; locked: number }) => ({
  balance_total: wallet.total,
  balance_locked: wallet.locked,
  balance_available: wallet.total - wallet.locked,
});
