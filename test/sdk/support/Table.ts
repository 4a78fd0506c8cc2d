/** A client with its poker half, before a server of which the test says every word. */
import { createCroupier } from "../../../sdk/src/index.ts";
import type { Croupier, HandSummaryBody, Warning } from "../../../sdk/src/index.ts";
import { createPoker } from "../../../sdk/src/poker.ts";
import type { Poker } from "../../../sdk/src/poker.ts";
import { FakeServer } from "./FakeServer.ts";
import { ACK, FakeSockets } from "./FakeSockets.ts";
import { ManualTimers } from "./ManualTimers.ts";
import { MemoryStorage } from "./MemoryStorage.ts";

export class Table {
  readonly timers = new ManualTimers();
  readonly server = new FakeServer();
  readonly sockets = new FakeSockets();
  readonly warnings: Warning[] = [];
  readonly croupier: Croupier;
  readonly poker: Poker;
  #keys = 0;

  constructor() {
    this.server.answers.set("POST /auth/join", () => ({
      status: 201,
      body: {
        player_id: "ada",
        token: "token",
        lobby_id: "demo",
        expires_at: new Date(this.timers.nowMs() + 8 * 3_600_000).toISOString(),
      },
    }));
    this.croupier = createCroupier({
      url: "https://play.example",
      storage: new MemoryStorage(),
      openSocket: this.sockets.open,
      fetch: this.server.fetch,
      timers: this.timers,
      random: () => 1,
      makeKey: () => `key-${(this.#keys += 1)}`,
    });
    this.croupier.onWarning((warning) => this.warnings.push(warning));
    this.poker = createPoker(this.croupier);
  }

  /** Joins, and is greeted. */
  async join(): Promise<void> {
    await this.croupier.join({ displayName: "Ada" });
    this.greet();
  }

  greet(): void {
    const server_time = new Date(this.timers.nowMs()).toISOString();
    this.sockets.last.say({ ...ACK, server_time } as typeof ACK);
  }

  /** The connection is lost, and there is another one. */
  reconnect(): void {
    this.sockets.last.events.closed(1006);
    this.timers.pass(8_000);
    this.greet();
  }

  /** What has been sent over the last connection, of a type. */
  sent(type: string): readonly Record<string, unknown>[] {
    return this.sockets.last.sent.filter((frame) => frame["type"] === type);
  }

  /** Time passes, and what was promised comes about. */
  async pass(ms: number): Promise<void> {
    this.timers.pass(ms);
    await turn();
  }
}

/** Lets what was promised come about. */
export const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

export const hand = (seq: number): HandSummaryBody => ({
  hand_id: `winamax:${seq}`,
  seq,
  timestamp: "2025-01-01T00:00:00.000Z",
  format: "cash",
  game_type: "holdem",
  limit: "no_limit",
  currency: "EUR",
  stakes: "0.02/0.05",
  table: "Nice 01",
  players: 6,
  total_pot: 100,
  rake: 5,
  board: [],
  hero: null,
  hero_cards: [],
  hero_position: null,
  hero_result: null,
});

export const hands = (from: number, to: number): readonly HandSummaryBody[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => hand(from + index));
