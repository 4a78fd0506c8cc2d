/** Bets over REST at a gentle rate, each with a key of its own, and when each was answered. */
import { setTimeout as delay } from "node:timers/promises";
import type { Player } from "./Players.ts";

/** Longer than the server takes for its own time-out. */
const ANSWER_MS = 15_000;
const STAKE_MINOR = 100;

/** What came of a bet: its status, or 0 when the connection broke. */
export interface Placed {
  readonly status: number;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly url: string;
}

let bets = 0;

const place = async (url: string, { token }: Player, lobby_id: string): Promise<Placed> => {
  const n = bets++;
  const sentAt = performance.now();
  const body = { lobby_id, market: "win", selection: [(n % 8) + 1], stake: STAKE_MINOR };
  const status = await fetch(`${url}/bets`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "x-idempotency-key": `bench-${n}`,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_MS),
  }).then(
    async (answered) => {
      await answered.arrayBuffer();
      return answered.status;
    },
    () => 0,
  );
  return { status, sentAt, answeredAt: performance.now(), url };
};

export interface LaneOptions {
  readonly player: Player;
  readonly lobbyId: string;
  /** Which gateway takes the next bet. */
  readonly gateway: () => string;
  /** Between an answer and the next bet. */
  readonly pauseMs: number;
}

/** One player, one bet after another. */
export class Lane {
  readonly placed: Array<Placed> = [];
  #isOver = false;
  readonly #ended: Promise<void>;

  constructor(options: LaneOptions) {
    this.#ended = this.#run(options);
  }

  /** Whether a bet that was sent after `since` has been accepted. */
  isBackSince(since: number): boolean {
    return this.placed.some(({ sentAt, status }) => status === 201 && sentAt > since);
  }

  /** The longest time without an acceptance from `since` on, milliseconds. */
  longestGapMs(since: number): number {
    let longest = 0;
    let before = since;
    for (const { answeredAt, status } of this.placed) {
      if (status !== 201 || answeredAt < since) continue;
      longest = Math.max(longest, answeredAt - before);
      before = answeredAt;
    }
    return longest;
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#ended;
  }

  async #run({ gateway, lobbyId, pauseMs, player }: LaneOptions): Promise<void> {
    while (!this.#isOver) {
      this.placed.push(await place(gateway(), player, lobbyId));
      await delay(pauseMs);
    }
  }
}
