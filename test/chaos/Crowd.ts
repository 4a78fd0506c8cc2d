/**
 * The players of a run. Guests have a lobby of their own that their sockets join by themselves; residents come with no
 * lobby, ask for all of them and resume each. Everyone has two hands: one on the WebSocket, one on REST.
 */
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
    const credentials: Array<{ playerId: string; token: string; lobbies: ReadonlyArray<string> }> =
      [];
    for (let n = 0; n < GUESTS + RESIDENTS; n++) {
      const isGuest = n < GUESTS;
      const url = urls[n % urls.length] ?? "";
      const { id, token } = isGuest
        ? await Client.join(url, lobbies[n % lobbies.length])
        : await register(url, n);
      const own = isGuest ? [] : lobbies;
      credentials.push({ playerId: id, token, lobbies: own });
    }
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

const register = async (url: string, n: number) => {
  const body = { username: `resident${n}`, password: `password of ${n}` };
  const registered = await send(url, { method: "POST", path: "/auth/register", body });
  if (registered.status !== 201)
    throw new Error(`cannot register: ${JSON.stringify(registered.body)}`);
  const { player_id, token } = registered.body;
  return { id: String(player_id), token: String(token) };
};
