/**
 * Players who bet one bet after another, each over gateways of their own, and what became of every bet. What they are told
 * is what any client is told: nobody here asks a second time.
 */
import { until } from "../../crash/deadline.ts";
import { type Answer, bet, type Player, send } from "../../crash/Player.ts";

/** The smallest there is: a player may bet for long. */
const STAKE_MINOR = 100;

export interface Bet {
  readonly key: string;
  readonly player: Player;
  readonly lobbyId: string;
  /** Monotonic milliseconds. */
  readonly answeredAt: number;
  readonly sentAt: number;
  /** Undefined when the connection broke. */
  readonly answer: Answer | undefined;
}

export interface Lane {
  readonly player: Player;
  readonly lobbyId: string;
  readonly gateway: string;
}

export class Bettors {
  readonly bets: Array<Bet> = [];
  #isOver = false;
  readonly #lanes: ReadonlyArray<Promise<void>>;

  constructor(lanes: ReadonlyArray<Lane>) {
    this.#lanes = lanes.map((lane, n) => this.#run(lane, n));
  }

  /** Bets that were not accepted, with the reason. */
  get failed(): ReadonlyArray<string> {
    return this.bets
      .filter(({ answer }) => answer?.status !== 201)
      .map(({ answer }) => `${answer?.status} ${String(answer?.body["code"])}`);
  }

  /** The longest time that a lane waited for an acceptance, from `from` on, milliseconds. */
  longestGapMs(from: number): number {
    let longest = 0;
    const last = new Map<string, number>();
    for (const { answer, answeredAt, key } of this.bets) {
      if (answer?.status !== 201) continue;
      const lane = key.slice(0, key.indexOf("-"));
      const before = last.get(lane);
      if (before !== undefined && answeredAt > from)
        longest = Math.max(longest, answeredAt - Math.max(before, from));
      last.set(lane, answeredAt);
    }
    return longest;
  }

  /** Resolves when each lane has had a bet accepted that it sent after `since`. */
  async allAcceptedSince(since: number): Promise<void> {
    const laneOf = ({ key }: Bet) => key.slice(0, key.indexOf("-"));
    await until(
      "every player to bet again",
      () =>
        new Set(
          this.bets
            .filter(({ answer, sentAt }) => sentAt > since && answer?.status === 201)
            .map(laneOf),
        ).size,
      (lanes) => lanes === this.#lanes.length,
    );
  }

  /** Lets the bets under way be answered, and ends. */
  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#lanes);
  }

  async #run({ gateway, lobbyId, player }: Lane, lane: number): Promise<void> {
    for (let n = 0; !this.#isOver; n++) {
      const key = `${lane}-${n}-${player.id}`;
      const sentAt = performance.now();
      const request = bet(key, { lobby_id: lobbyId, stake: STAKE_MINOR, selection: [(n % 8) + 1] });
      const answer = await send(gateway, request, player.token).catch(() => undefined);
      this.bets.push({ key, player, lobbyId, sentAt, answeredAt: performance.now(), answer });
    }
  }
}
