/**
 * One hand of a player: it does one thing after the other, by REST at any gateway or by the player's WebSocket, and asks
 * again with the same key, at another gateway, for as long as it does not know what became of it.
 */
import { setTimeout as delay } from "node:timers/promises";
import { type Decision, nextDecision } from "./Decisions.ts";
import { type Answered, type Body, isQuery, type Request } from "./History.ts";
import type { Random } from "./Random.ts";
import type { Recorder } from "./Recorder.ts";
import type { Table } from "./Table.ts";
import type { Watch } from "./Watch.ts";
import type { Wire } from "./Wire.ts";

/** A client's patience; the server's own time-out is longer, so that an attempt given up here may still be at work. */
const ANSWER_MS = 1500;
const AGAIN_MS = 30;

type Attempt =
  | {
      readonly isKnown: true;
      readonly isOk: boolean;
      readonly body: Body;
      readonly replayed: boolean;
    }
  | { readonly isKnown: false; readonly why: string };

export interface HandOptions {
  readonly name: string;
  readonly playerId: string;
  readonly token: string;
  readonly urls: ReadonlyArray<string>;
  /** Decides what is done. */
  readonly random: Random;
  /** Decides where it is tried again, which depends on what happens. */
  readonly whims: Random;
  readonly recorder: Recorder;
  readonly table: Table;
  /** Commands go by it where they can; undefined for REST alone. */
  readonly watch: Watch | undefined;
}

/** Answers that are none: the same key tells later. */
const UNKNOWN = new Set(["unavailable", "provider_unavailable", "rate_limited", "internal_error"]);

export class Hand {
  readonly options: HandOptions;
  /** Set when nobody need wait for its answers any more. */
  readonly #abandoned = new AbortController();
  #home: number;
  #keys = 0;
  /** What it is waiting for. */
  waitsFor: string | undefined;

  constructor(options: HandOptions) {
    this.options = options;
    this.#home = options.whims.int(0, options.urls.length - 1);
  }

  /** Plays until `isOver`; resolves when its last request has been answered. */
  async play(isOver: () => boolean): Promise<void> {
    const { random, table } = this.options;
    while (!isOver()) {
      const decision = nextDecision(random);
      await delay(decision.pauseMs);
      const [request, wire] = table.request(this.options.playerId, this.#newKey(), decision);
      await this.#carryOut(request, wire, decision);
    }
  }

  /** Once, until it is answered. */
  async ask(request: Request, wire: Wire): Promise<Answered> {
    const { playerId, recorder, urls, whims } = this.options;
    const op = recorder.newOp();
    this.waitsFor = `${request.kind} ${request.key} of ${playerId}`;
    recorder.write({ type: "invoke", at: recorder.now(), op, playerId, request });
    for (;;) {
      const attempt = await this.#attempt(wire, request.key);
      const at = recorder.now();
      if (attempt.isKnown) {
        const { body, isOk, replayed } = attempt;
        const answered = { at, op, status: isOk ? 200 : 400, body, replayed };
        recorder.write({ type: isOk ? "ok" : "fail", ...answered });
        this.waitsFor = undefined;
        return answered;
      }
      recorder.write({ type: "unknown", at, op, why: attempt.why });
      this.#home = (this.#home + whims.int(0, urls.length - 1)) % urls.length;
      await delay(AGAIN_MS, undefined, { signal: this.#abandoned.signal });
    }
  }

  /** Its `play` rejects at its next attempt. */
  abandon(): void {
    this.#abandoned.abort();
  }

  newRequest(request: (key: string) => readonly [Request, Wire]): Promise<Answered> {
    return this.ask(...request(this.#newKey()));
  }

  /** Goes to this gateway, whatever it is like there. */
  go(home: number): void {
    this.#home = home;
  }

  #newKey(): string {
    return `${this.options.name}-${this.#keys++}`;
  }

  async #carryOut(request: Request, wire: Wire, decision: Decision): Promise<void> {
    const { playerId, table, urls, whims } = this.options;
    const answered = await this.ask(request, wire);
    table.answered(playerId, request, answered);
    if (!decision.repeats || isQuery(request)) return;
    this.#home = whims.int(0, urls.length - 1);
    await this.ask(request, wire);
  }

  async #attempt(wire: Wire, key: string): Promise<Attempt> {
    const { watch } = this.options;
    if (wire.frame === undefined || watch === undefined) return this.#byRest(wire, key);
    const frame = await watch.ask({ ...wire.frame, idempotency_key: key }, ANSWER_MS);
    if (frame === undefined) return { isKnown: false, why: "no answer" };
    const { id: _, type, ...body } = frame;
    const code = String(body["code"]);
    if (type !== "ERROR") return { isKnown: true, isOk: true, body, replayed: false };
    return UNKNOWN.has(code)
      ? { isKnown: false, why: code }
      : { isKnown: true, isOk: false, body, replayed: false };
  }

  async #byRest({ body, method, path }: Wire, key: string): Promise<Attempt> {
    const { token, urls } = this.options;
    const url = urls[this.#home % urls.length] ?? "";
    try {
      const answered = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(method === "GET" ? {} : { "x-idempotency-key": key }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const told = (await answered.json()) as Body;
      const replayed = answered.headers.get("idempotent-replayed") === "true";
      if (answered.ok) return { isKnown: true, isOk: true, body: told, replayed };
      const code = String(told["code"]);
      if (UNKNOWN.has(code)) return { isKnown: false, why: code };
      // What a socket says of the same refusal.
      const { status: _, title: __, type: ___, ...refusal } = told;
      return { isKnown: true, isOk: false, body: refusal, replayed };
    } catch (cause) {
      return { isKnown: false, why: String(cause) };
    }
  }
}
