/**
 * A player's WebSocket, opened again elsewhere whenever it is lost: it writes down every frame, resumes each topic where it
 * was, and carries commands.
 */
import WebSocket from "ws";
import type { FrameKind } from "./History.ts";
import type { Random } from "./Random.ts";
import type { Recorder } from "./Recorder.ts";
import { frameDigest } from "./frameDigest.ts";

const OPEN_MS = 2000;
const REJOIN_MS = 100;
/** Sets the ids of joins apart from those of commands. */
const JOIN = "join:";
const REOPEN_MS = { least: 30, most: 250 };

export type Frame = Readonly<Record<string, unknown>> & { readonly type: string };

const KINDS: Readonly<Record<string, FrameKind>> = {
  STATE_SNAPSHOT: "snapshot",
  STATE_SYNC: "sample",
  RACE_STATE_CHANGED: "change",
  RUNNER_SCRATCHED: "change",
  RACE_SETTLED: "change",
  POWER_CAST: "change",
  RAFFLE_SNAPSHOT: "snapshot",
  NUMBERS_CHANGED: "change",
  RAFFLE_CHANGED: "change",
  RAFFLE_DRAWN: "change",
};

export interface WatchOptions {
  readonly token: string;
  readonly playerId: string;
  /** Where gateways are; it is at one of them at a time. */
  readonly urls: ReadonlyArray<string>;
  /** Topics that it asks for; a guest's own lobby comes by itself, and asking for it too would bring frames twice. */
  readonly topics: ReadonlyArray<string>;
  readonly random: Random;
  readonly recorder: Recorder;
  readonly onPhase: (lobbyId: string, phase: string) => void;
}

export class Watch {
  readonly #options: WatchOptions;
  readonly #topics: Set<string>;
  /** Newest version seen, by topic. */
  readonly #seen = new Map<string, number>();
  readonly #answers = new Map<string, (frame: Frame | undefined) => void>();
  /** Joins that have been asked for on this connection, with the version after which. */
  readonly #joins = new Map<string, number | undefined>();
  #joined = new Set<string>();
  /** This connection has been accepted. */
  #isAcknowledged = false;
  /** Its next frame is the whole balance, for it has just been joined. */
  #walletJoined = false;
  #socket: WebSocket | undefined;
  #name = "";
  #home: number;
  #isOver = false;
  #asked = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#topics = new Set(options.topics);
    this.#home = options.random.int(0, options.urls.length - 1);
    this.#open();
  }

  /** Asks for more topics, from now on. */
  follow(topics: ReadonlyArray<string>): void {
    for (const topic of topics) this.#topics.add(topic);
    if (this.#isAcknowledged) this.#joinMissing();
  }

  /** Which gateway it is at. */
  get home(): number {
    return this.#home;
  }

  /** Leaves for another gateway. */
  move(home: number): void {
    this.#home = home;
    this.#socket?.terminate();
  }

  /** Sends a command and resolves with its answer; with undefined when there is none within `waitMs`. */
  ask(frame: object, waitMs: number): Promise<Frame | undefined> {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve(undefined);
    const id = `q${this.#asked++}`;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answers.get(id)?.(undefined), waitMs);
      this.#answers.set(id, (answer) => {
        clearTimeout(timer);
        this.#answers.delete(id);
        resolve(answer);
      });
      socket.send(JSON.stringify({ ...frame, id }));
    });
  }

  close(): void {
    this.#isOver = true;
    this.#socket?.terminate();
  }

  #open(): void {
    const { playerId, random, recorder, token, urls } = this.#options;
    const url = urls[this.#home % urls.length] ?? "";
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws?token=${token}`, {
      handshakeTimeout: OPEN_MS,
    });
    this.#socket = socket;
    this.#name = recorder.newSocket();
    this.#joins.clear();
    this.#joined = new Set();
    this.#isAcknowledged = false;
    const at = recorder.now();
    recorder.write({ type: "connected", at, socket: this.#name, stream: playerId });
    // One that is accepted and never spoken to: its process is paused.
    const silent = setTimeout(() => socket.terminate(), OPEN_MS);
    socket.on("message", (data) => {
      clearTimeout(silent);
      if (socket === this.#socket && !this.#isOver) this.#take(JSON.parse(String(data)) as Frame);
    });
    // A close follows, and that is what is looked at.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(silent);
      if (socket !== this.#socket) return;
      this.#socket = undefined;
      for (const answer of this.#answers.values()) answer(undefined);
      if (this.#isOver) return;
      this.#home = (this.#home + random.int(0, urls.length - 1)) % urls.length;
      setTimeout(() => this.#reopen(), random.int(REOPEN_MS.least, REOPEN_MS.most));
    });
  }

  #reopen(): void {
    if (!this.#isOver && this.#socket === undefined) this.#open();
  }

  #take(frame: Frame): void {
    const { type } = frame;
    const id = typeof frame["id"] === "string" ? frame["id"] : undefined;
    if (type === "CONNECTION_ACK") {
      this.#isAcknowledged = true;
      return this.#joinMissing();
    }
    if (type === "SUBSCRIBED") return this.#takeJoin(String(frame["topic"]), id);
    if (type === "ERROR" && id?.startsWith(JOIN) === true)
      return void setTimeout(() => this.#joinAgain(id), REJOIN_MS);
    // What comes by itself could not come: once more, on a connection of its own.
    if (type === "ERROR" && id === undefined) return this.#socket?.terminate();
    if (id !== undefined) return this.#answers.get(id)?.(frame);
    this.#record(frame);
  }

  #joinAgain(id: string): void {
    this.#joins.delete(id.slice(JOIN.length));
    this.#joinMissing();
  }

  /** Asks for the topics that this connection does not have; each from where it was seen last. */
  #joinMissing(): void {
    for (const topic of this.#topics) {
      if (this.#joined.has(topic) || this.#joins.has(topic)) continue;
      const after = this.#seen.get(topic);
      this.#joins.set(topic, after);
      const id = JOIN + topic;
      const frame =
        after === undefined
          ? { type: "SUBSCRIBE", topic, id }
          : { type: "RESUME", topic, after_version: after, id };
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
    }
  }

  #takeJoin(topic: string, id: string | undefined): void {
    this.#joined.add(topic);
    if (topic.startsWith("wallet:")) this.#walletJoined = true;
    const after = id === undefined ? undefined : this.#joins.get(topic);
    this.#options.recorder.write({
      type: "joined",
      at: this.#options.recorder.now(),
      socket: this.#name,
      topic,
      ...(after === undefined ? {} : { after }),
    });
  }

  #record(frame: Frame): void {
    const { onPhase, recorder } = this.#options;
    const { lobby_id: lobbyId, phase, state_version: version, tick, type } = frame;
    const at = recorder.now();
    const seen = { type: "frame", at, socket: this.#name, digest: frameDigest(frame) } as const;
    if (type === "WALLET_UPDATED") {
      const kind = this.#walletJoined ? "snapshot" : "change";
      this.#walletJoined = false;
      const topic = `wallet:${String(frame["player_id"])}`;
      return recorder.write({ ...seen, topic, kind, version: Number(frame["version"]) });
    }
    const kind = KINDS[type];
    if (kind === undefined) return;
    const raffleId = frame["raffle_id"];
    const topic =
      raffleId === undefined ? `lobby:${String(lobbyId)}` : `raffle:${String(raffleId)}`;
    const isRunning = typeof tick === "number";
    recorder.write({
      ...seen,
      topic,
      kind,
      version: Number(version),
      ...(isRunning ? { tick } : {}),
    });
    this.#seen.set(topic, Math.max(this.#seen.get(topic) ?? -1, Number(version)));
    if (typeof phase === "string") onPhase(String(lobbyId), phase);
  }
}
