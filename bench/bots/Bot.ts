/**
 * One player over a real socket: joins as a guest, watches its lobby, bets while betting, casts powers while racing,
 * changes its mind. It knows only the public protocol.
 *
 * A connection that breaks is opened again, ever more slowly, and what had no answer is asked again with its old
 * idempotency key: the server carries it out once, however often it is asked. A bot without money goes home, and another
 * guest takes its place.
 */
import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import type { ServerFrame } from "../../rpc/frames.ts";
import { balancesOf, join } from "../support/Players.ts";
import { Backoff } from "./Backoff.ts";
import type { Tally } from "./Tally.ts";
import {
  chooseBet,
  choosePower,
  pauseMs,
  type Card,
  type Random,
  type Temperament,
} from "./Temperament.ts";

/** The close code of a token that the server does not accept. */
const BAD_TOKEN = 1008;
const NORMAL_CLOSE = 1000;
/** Below the least stake: nothing left to play with. */
const BROKE_MINOR = 100;
/** A patient person's: more unanswered requests and it waits. */
const MAX_WAITING = 4;

interface Request {
  readonly what: "bets" | "cancels" | "casts";
  readonly text: string;
  readonly askedAt: number;
}

interface Money {
  readonly balance_total: number;
  readonly balance_available: number;
}

type FrameOf<Type extends ServerFrame["type"]> = Extract<ServerFrame, { readonly type: Type }>;

export interface BotOptions {
  readonly url: string;
  readonly name: string;
  readonly temperament: Temperament;
  readonly random: Random;
  readonly tally: Tally;
}

export class Bot {
  readonly #options: BotOptions;
  readonly #backoff = new Backoff();
  readonly #waiting = new Map<string, Request>();
  #token: string | undefined;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #phase = "lobby";
  #raceId = "";
  #card: Card = { runners: [] };
  #money: Money = { balance_total: 0, balance_available: 0 };
  #version = 0;
  /** Bets of this race that could be cancelled, and the runners it is for. */
  #bets: Array<string> = [];
  readonly #backed = new Set<number>();

  constructor(options: BotOptions) {
    this.#options = options;
  }

  get connected() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  get waiting() {
    return this.#waiting.size;
  }

  get balanceMinor() {
    return this.#money.balance_total;
  }

  /** Joins when it has no token yet, and opens its socket. */
  start(): void {
    void this.#enter();
  }

  /** Leaves: closes its socket and resolves when that is closed. */
  stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const socket = this.#socket;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => {
      socket.once("close", () => resolve());
      socket.close(NORMAL_CLOSE);
    });
  }

  async #enter() {
    try {
      const { url, name } = this.#options;
      this.#token ??= (await join(url, name)).token;
      this.#money = await balancesOf(url, this.#token);
    } catch {
      // The server is away or refuses for now; the tally shows it, and the bot comes again.
      this.#options.tally.refused("not_admitted");
      return this.#later();
    }
    if (!this.#stopped) this.#connect(this.#token);
  }

  #connect(token: string) {
    const socket = new WebSocket(`${this.#options.url.replace(/^http/, "ws")}/ws?token=${token}`, {
      perMessageDeflate: false,
    });
    this.#socket = socket;
    socket.on("open", () => {
      this.#backoff.reset();
      socket.send('{"type":"GET_STATE_SNAPSHOT"}');
      for (const { text } of this.#waiting.values()) socket.send(text);
      this.#schedule();
    });
    socket.on("message", (data: Buffer) =>
      this.#onFrame(JSON.parse(data.toString()) as ServerFrame),
    );
    // A close always follows.
    socket.on("error", () => this.#options.tally.refused("offline"));
    socket.on("close", (code) => {
      clearTimeout(this.#timer);
      if (code === BAD_TOKEN) this.#becomeAnother();
      this.#later();
    });
  }

  #later() {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.start(), this.#backoff.next(this.#options.random));
  }

  #becomeAnother() {
    this.#token = undefined;
    this.#waiting.clear();
    this.#money = { balance_total: 0, balance_available: 0 };
    this.#version = 0;
    this.#forgetRace();
  }

  #schedule() {
    clearTimeout(this.#timer);
    const { temperament, random } = this.#options;
    this.#timer = setTimeout(() => this.#act(), pauseMs(temperament, random));
  }

  #act() {
    if (!this.connected) return;
    if (this.#waiting.size < MAX_WAITING) {
      if (this.#phase === "betting") this.#betOrCancel();
      else if (this.#phase === "racing") this.#cast();
    }
    this.#schedule();
  }

  #betOrCancel() {
    const { temperament, random } = this.#options;
    if (random() < temperament.fickleness) {
      const betId = this.#bets.pop();
      if (betId !== undefined) return this.#ask("cancels", { type: "CANCEL_BET", bet_id: betId });
    }
    const bet = chooseBet(temperament, this.#card, this.#money.balance_available, random);
    if (bet !== undefined) this.#ask("bets", { type: "PLACE_BET", race_id: this.#raceId, ...bet });
  }

  #cast() {
    const { temperament, random } = this.#options;
    const means = { backed: this.#backed, availableMinor: this.#money.balance_available };
    const cast = choosePower(temperament, this.#card, means, random);
    if (cast !== undefined) this.#ask("casts", { type: "CAST_POWER", ...cast });
  }

  #ask(what: Request["what"], frame: object) {
    const id = randomUUID();
    const text = JSON.stringify({ ...frame, id, idempotency_key: id });
    this.#waiting.set(id, { what, text, askedAt: performance.now() });
    this.#socket?.send(text);
  }

  #onFrame(frame: ServerFrame) {
    switch (frame.type) {
      case "STATE_SNAPSHOT":
        this.#enterRace(frame.race_id);
        this.#phase = frame.phase;
        this.#setCard(frame.runners, frame.odds);
        return;
      case "RACE_STATE_CHANGED":
        this.#enterRace(frame.race_id);
        this.#phase = frame.phase;
        if (frame.runners !== undefined) this.#setCard(frame.runners, {});
        return;
      case "STATE_SYNC":
        if (frame.odds !== undefined) this.#setOdds(frame.odds);
        return;
      case "RUNNER_SCRATCHED":
        this.#card = {
          runners: this.#card.runners.filter(({ number }) => number !== frame.runner),
        };
        return;
      case "WALLET_UPDATED":
        return this.#onWallet(frame);
      case "BET_PLACED":
        if (!this.#answered(frame.id)) return;
        if (frame.race_id === this.#raceId) {
          this.#bets.push(frame.bet_id);
          for (const runner of frame.selection) this.#backed.add(runner);
        }
        this.#money = frame.wallet;
        return;
      case "BET_CANCELLED":
      case "POWER_CAST":
        if (this.#answered(frame.id) && frame.wallet !== undefined) this.#money = frame.wallet;
        return;
      case "ERROR":
        return this.#onError(frame);
    }
  }

  #enterRace(raceId: string) {
    if (raceId === this.#raceId) return;
    this.#raceId = raceId;
    this.#forgetRace();
  }

  #forgetRace() {
    this.#bets = [];
    this.#backed.clear();
  }

  #setCard(runners: FrameOf<"STATE_SNAPSHOT">["runners"], odds: FrameOf<"STATE_SNAPSHOT">["odds"]) {
    const start = runners.filter(({ scratched }) => !scratched);
    this.#card = {
      runners: start.map(({ number }) => ({ number, odds: Number(odds[number] ?? 0) })),
    };
  }

  #setOdds(odds: FrameOf<"STATE_SNAPSHOT">["odds"]) {
    this.#card = {
      runners: this.#card.runners.map((runner) => ({
        number: runner.number,
        odds: Number(odds[runner.number] ?? runner.odds),
      })),
    };
  }

  /** Updates and answers can overtake each other; the version tells which balance is the newer. */
  #onWallet(frame: FrameOf<"WALLET_UPDATED">) {
    if (frame.version < this.#version) return;
    this.#version = frame.version;
    this.#money = frame;
    if (frame.balance_total >= BROKE_MINOR) return;
    this.#becomeAnother();
    this.#socket?.close(NORMAL_CLOSE);
  }

  #onError({ id, code }: FrameOf<"ERROR">) {
    const request = id === undefined ? undefined : this.#waiting.get(id);
    if (id !== undefined) this.#waiting.delete(id);
    this.#options.tally.refused(
      code,
      request === undefined ? undefined : performance.now() - request.askedAt,
    );
  }

  /** Counts the answer; false when the frame answers nothing that this bot asked. */
  #answered(id: string | undefined): boolean {
    const request = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || request === undefined) return false;
    this.#waiting.delete(id);
    this.#options.tally.done(request.what, performance.now() - request.askedAt);
    return true;
  }
}
