/** The players of the fake server: a purse and bets each, only as right as a console's test needs. */
import type { ServerFrame } from "../../../rpc/frames.ts";
import type { Market } from "../../../rpc/lobby.ts";

export interface FakeBet {
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

export interface FakePlayer {
  readonly id: string;
  readonly token: string;
  total: number;
  held: number;
  version: number;
  /** In the race in progress. */
  casts: number;
  /** Newest first. */
  readonly bets: FakeBet[];
  /** First answer by idempotency key. */
  readonly answers: Map<string, ServerFrame>;
}

/** By market and selection, in hundredths of a stake. */
export type Dividends = Readonly<Record<string, Readonly<Record<string, number>>>>;

const GRANT_MINOR = 100_000;

export const balancesOf = ({ total, held }: FakePlayer) => ({
  balance_total: total,
  balance_locked: held,
  balance_available: total - held,
});

export const walletOf = (player: FakePlayer): ServerFrame => ({
  type: "WALLET_UPDATED",
  player_id: player.id,
  version: player.version,
  ...balancesOf(player),
});

export class FakePlayers {
  readonly #byToken = new Map<string, FakePlayer>();
  readonly #tell: (player: FakePlayer, frame: ServerFrame) => void;

  /** `tell` reaches all of the player's connections. */
  constructor(tell: (player: FakePlayer, frame: ServerFrame) => void) {
    this.#tell = tell;
  }

  join(): FakePlayer {
    const id = `player-${this.#byToken.size + 1}`;
    const player: FakePlayer = {
      id,
      token: `token-${id}`,
      total: GRANT_MINOR,
      held: 0,
      version: 1,
      casts: 0,
      bets: [],
      answers: new Map(),
    };
    this.#byToken.set(player.token, player);
    return player;
  }

  byToken(token: string): FakePlayer | undefined {
    return this.#byToken.get(token);
  }

  /** Changes a purse, and tells its owner. */
  moveMoney(player: FakePlayer, change: () => void): void {
    change();
    player.version += 1;
    this.#tell(player, walletOf(player));
  }

  /** Those that stand, of all players. */
  betsOn(raceId: string): readonly FakeBet[] {
    return [...this.#byToken.values()]
      .flatMap((player) => player.bets)
      .filter((bet) => bet.race_id === raceId && bet.status !== "cancelled");
  }

  settle(raceId: string, dividends: Dividends): void {
    for (const player of this.#byToken.values()) {
      this.moveMoney(player, () => {
        for (const bet of player.bets) {
          if (bet.race_id !== raceId || bet.status !== "accepted") continue;
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
  }

  /** Another race: nobody has cast a power in it yet. */
  beginRace(): void {
    for (const player of this.#byToken.values()) player.casts = 0;
  }
}
