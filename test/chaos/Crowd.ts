/**
 * The players of a run. Guests have a lobby of their own that their sockets join by themselves; residents come with no
 * lobby, ask for all of them and resume each. Everyone has two hands: one on the WebSocket, one on REST.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Player as Client, send } from "../crash/Player.ts";
import { Hand } from "./Hand.ts";
import type { Answered, Body } from "./History.ts";
import { Random } from "./Random.ts";
import type { Recorder } from "./Recorder.ts";
import { answer, Table } from "./Table.ts";
import { Watch } from "./Watch.ts";

const GUESTS = 5;
const RESIDENTS = 3;

interface Player {
  readonly playerId: string;
  readonly token: string;
  readonly watch: Watch;
  readonly hands: ReadonlyArray<Hand>;
}

export interface CrowdOptions {
  readonly seed: number;
  readonly urls: ReadonlyArray<string>;
  readonly lobbies: ReadonlyArray<string>;
  readonly recorder: Recorder;
}

const MAX_ATTEMPTS = 20;
const REGISTER_AGAIN_MS = 250;

/** Each of what is random has a sequence of its own, so that none shifts another. */
const STREAMS_PER_PLAYER = 8;

export class Crowd {
  readonly #players: ReadonlyArray<Player>;
  readonly #table: Table;
  #isOver = false;
  #playing: Promise<unknown> = Promise.resolve();

  private constructor(players: ReadonlyArray<Player>, table: Table) {
    this.#players = players;
    this.#table = table;
  }

  static async join({ lobbies, recorder, seed, urls }: CrowdOptions): Promise<Crowd> {
    const credentials = await Promise.all(
      Array.from({ length: GUESTS + RESIDENTS }, async (_, n) => {
        const url = urls[n % urls.length] ?? "";
        if (n >= GUESTS)
          return { ...(await register(url, n)), topics: lobbies.map((id) => `lobby:${id}`) };
        const { id: playerId, token } = await Client.join(url, lobbies[n % lobbies.length]);
        return { playerId, token, topics: [] };
      }),
    );
    const table = new Table(
      lobbies,
      credentials.map(({ playerId }) => playerId),
    );
    const onPhase = (lobbyId: string, phase: string) => table.phase(lobbyId, phase);
    const players = credentials.map((one, n): Player => {
      const stream = (part: number) => new Random(seed, 100 + n * STREAMS_PER_PLAYER + part);
      const watch = new Watch({ ...one, urls, random: stream(0), recorder, onPhase });
      const hands = [watch, undefined].map((by, hand) => {
        const random = stream(1 + 2 * hand);
        const whims = stream(2 + 2 * hand);
        const name = `h${n}${hand}`;
        return new Hand({ ...one, name, urls, random, whims, recorder, table, watch: by });
      });
      return { ...one, watch, hands };
    });
    return new Crowd(players, table);
  }

  get playerIds(): ReadonlyArray<string> {
    return this.#players.map(({ playerId }) => playerId);
  }

  /** For whoever asks with a player's right. */
  get token(): string {
    return this.#players[0]?.token ?? "";
  }

  /** These raffles are on sale from now on, and no others; residents watch them all. */
  onSale(raffles: ReadonlyArray<string>): void {
    this.#table.stall.onSale = raffles;
    for (const { watch } of this.#players.slice(GUESTS))
      watch.follow(raffles.map((raffleId) => `raffle:${raffleId}`));
  }

  play(): void {
    this.#playing = Promise.all(this.#hands.map((hand) => hand.play(() => this.#isOver)));
    // Looked at by `finish`, which may come later.
    this.#playing.catch(() => undefined);
  }

  /** Half the hands go to this gateway, whatever state it is in. */
  goTo(home: number): void {
    this.#players.forEach(({ hands, watch }, n) => {
      if (n % 2 !== 0) return;
      watch.move(home);
      for (const hand of hands) hand.go(home);
    });
  }

  /** What is being waited for. */
  get outstanding(): ReadonlyArray<string> {
    return this.#hands.flatMap(({ waitsFor }) => (waitsFor === undefined ? [] : [waitsFor]));
  }

  /** Nobody begins anything new; resolves when everything that was begun has been answered. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await this.#playing;
  }

  /** The lenders take back what has been offered and not accepted. */
  async settleUp(): Promise<void> {
    for (const { favorId, lender, status } of [...this.#table.favors.values()]) {
      const hand = this.#players.find(({ playerId }) => playerId === lender)?.hands[1];
      if (status === "offered") await hand?.newRequest((key) => answer("withdraw", key, favorId));
    }
  }

  /** Every player's wallet. */
  wallets(): Promise<ReadonlyArray<Body>> {
    return Promise.all(
      this.#players.map(async ({ hands }) => {
        const read = await hands[1]?.newRequest((key) => [
          { kind: "read", key },
          { method: "GET", path: "/wallet/me" },
        ]);
        return (read as Answered).body;
      }),
    );
  }

  close(): void {
    this.#isOver = true;
    for (const { hands, watch } of this.#players) {
      watch.close();
      for (const hand of hands) hand.abandon();
    }
  }

  get #hands(): ReadonlyArray<Hand> {
    return this.#players.flatMap(({ hands }) => hands);
  }
}

/** A player with no lobby in its token. Whoever is not answered tries another name. */
const register = async (url: string, n: number) => {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    const body = { username: `resident_${n}_${attempt}`, password: `password of ${n}` };
    const registered = await send(url, { method: "POST", path: "/auth/register", body });
    const { player_id: playerId, token } = registered.body;
    if (registered.status === 201) return { playerId: String(playerId), token: String(token) };
    await delay(REGISTER_AGAIN_MS);
  }
  throw new Error(`nobody could register at ${url}`);
};
