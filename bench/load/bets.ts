/**
 * Players that bet over WebSocket, in a process of their own. Each socket is one player; every bet has a new idempotency
 * key; an answer is matched to its bet by `id`.
 *
 * - **Closed loop**: each socket keeps `depth` bets in flight. Finds out how many bets a second the server can do.
 * - **Open loop**: bets are due at fixed times, whatever the server does, and each is timed from when it was due, not
 *   from when it was sent. A stall therefore delays every bet that fell into it, as it does for real players; timing
 *   from the moment of sending would show one slow bet (coordinated omission).
 */
import { setTimeout as delay } from "node:timers/promises";
import { Histogram } from "../support/Histogram.ts";
import { serveWorker } from "../support/Worker.ts";
import { NUMBER_SLOT, numberText, NumberedMessage } from "./NumberedMessage.ts";
import { openRawSocket, type RawSocket } from "./RawSocket.ts";
import { clientFrame, OPCODE } from "./WebSocketFrames.ts";

export interface Bettor {
  readonly token: string;
  /** The gateway that this player is on, if not the one that all are on. */
  readonly port?: number;
  /** One bet: `PLACE_BET` without `type`, `id` and `idempotency_key`. */
  readonly bet: object;
}

export type BetsRequest =
  | {
      readonly type: "connect";
      readonly host: string;
      readonly port: number;
      /** Makes this run's idempotency keys different from every other's. */
      readonly run: string;
      readonly bettors: ReadonlyArray<Bettor>;
    }
  | {
      readonly type: "closed-loop";
      readonly depth: number;
      readonly warmUpMs: number;
      readonly measureMs: number;
    }
  | {
      readonly type: "open-loop";
      readonly perSecond: number;
      readonly warmUpMs: number;
      readonly measureMs: number;
    }
  | { readonly type: "close" };

export interface BetsReport {
  readonly accepted: number;
  /** How many answers were refusals, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** Never answered. */
  readonly lost: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
  /** CPU time of this process while it measured. */
  readonly cpuMs: number;
}

/** Connections opened at once: enough to be quick, few enough for any backlog. */
const CONNECTING = 50;
/** How long the last answers may take after the load has ended. */
const DRAIN_MS = 5_000;
/** Timers fire a millisecond late at best, so the open loop sleeps as short as it can. */
const PACE_MS = 1;

const ID_FIELD = '"id":"';
const ACCEPTED = '"type":"BET_PLACED"';
const ID_LENGTH = numberText(0).length;

/** What has been measured so far; only answers inside the measured time count. */
const tally = { accepted: 0, refused: new Map<string, number>(), latency: new Histogram() };
let measuring = false;
let sending = false;
let depth = 0;

class Session {
  readonly #message: NumberedMessage;
  /** When each bet was sent, or due, by number. */
  readonly #startedAt: Array<number> = [];
  #socket: RawSocket | undefined;
  #answered = 0;
  #unsent = 0;
  /** How the server closed the socket, if it did. */
  ended: string | undefined;

  constructor(run: string, index: number, bettor: Bettor) {
    const frame = {
      type: "PLACE_BET",
      id: NUMBER_SLOT,
      idempotency_key: `${run}-${index}-${NUMBER_SLOT}`,
      ...bettor.bet,
    };
    this.#message = new NumberedMessage(
      clientFrame(OPCODE.text, Buffer.from(JSON.stringify(frame))),
    );
  }

  get inFlight() {
    return this.#startedAt.length - this.#answered;
  }

  async connect(host: string, port: number, token: string) {
    this.#socket = await openRawSocket({
      host,
      port,
      path: `/ws?token=${token}`,
      onText: (bytes, start, end) => this.#onText(bytes.toString("latin1", start, end)),
      onBatchEnd: () => this.#refill(),
      onEnd: (code) => {
        this.ended = `closed with ${code ?? "no code"}`;
      },
    });
  }

  /** Sends `count` bets in one write. */
  send(count: number, startedAt: number) {
    const { length } = this.#message;
    // A new buffer each time, since a write that does not finish at once keeps its own.
    const frames = Buffer.allocUnsafe(count * length);
    for (let i = 0; i < count; i += 1) {
      this.#message.write(this.#startedAt.length, frames, i * length);
      this.#startedAt.push(startedAt);
    }
    this.#socket?.send(frames);
  }

  close() {
    this.#socket?.close();
  }

  #onText(text: string) {
    const at = text.indexOf(ID_FIELD);
    if (at < 0) return;
    const idAt = at + ID_FIELD.length;
    const startedAt = this.#startedAt[Number(text.slice(idAt, idAt + ID_LENGTH))];
    if (startedAt === undefined) return;
    this.#answered += 1;
    if (sending && depth > 0) this.#unsent += 1;
    if (!measuring) return;
    tally.latency.record(performance.now() - startedAt);
    if (text.includes(ACCEPTED)) {
      tally.accepted += 1;
      return;
    }
    const { code = "unreadable" } = JSON.parse(text) as { readonly code?: string };
    tally.refused.set(code, (tally.refused.get(code) ?? 0) + 1);
  }

  #refill() {
    if (this.#unsent === 0) return;
    const count = this.#unsent;
    this.#unsent = 0;
    this.send(count, performance.now());
  }
}

let sessions: Array<Session> = [];

const connect = async ({
  host,
  port,
  run,
  bettors,
}: BetsRequest & { readonly type: "connect" }) => {
  sessions = bettors.map((bettor, index) => new Session(run, index, bettor));
  for (let from = 0; from < sessions.length; from += CONNECTING)
    await Promise.all(
      sessions.slice(from, from + CONNECTING).map((session, i) => {
        const bettor = bettors[from + i]!;
        return session.connect(host, bettor.port ?? port, bettor.token);
      }),
    );
};

const assertOpen = () => {
  const ended = sessions.filter((session) => session.ended !== undefined);
  if (ended.length > 0)
    throw new Error(
      `The server closed ${ended.length} of ${sessions.length} sockets (${ended[0]?.ended}).`,
    );
};

const inFlight = () => sessions.reduce((sum, session) => sum + session.inFlight, 0);

const drain = async () => {
  assertOpen();
  const deadline = performance.now() + DRAIN_MS;
  while (inFlight() > 0 && performance.now() < deadline) await delay(PACE_MS);
  return inFlight();
};

const begin = () => {
  tally.accepted = 0;
  tally.refused.clear();
  tally.latency.reset();
  measuring = true;
  return { at: performance.now(), cpu: process.cpuUsage() };
};

const report = (
  { cpu }: { readonly cpu: NodeJS.CpuUsage },
  { elapsedMs, lost }: { readonly elapsedMs: number; readonly lost: number },
): BetsReport => {
  const used = process.cpuUsage(cpu);
  return {
    accepted: tally.accepted,
    refused: Object.fromEntries(tally.refused),
    lost,
    perSecond: tally.accepted / (elapsedMs / 1000),
    p50Ms: tally.latency.quantileMs(0.5),
    p99Ms: tally.latency.quantileMs(0.99),
    p999Ms: tally.latency.quantileMs(0.999),
    maxMs: tally.latency.maxMs,
    cpuMs: (used.user + used.system) / 1000,
  };
};

const closedLoop = async (request: BetsRequest & { readonly type: "closed-loop" }) => {
  depth = request.depth;
  sending = true;
  for (const session of sessions) session.send(depth, performance.now());
  await delay(request.warmUpMs);
  const started = begin();
  await delay(request.measureMs);
  const elapsedMs = performance.now() - started.at;
  measuring = false;
  sending = false;
  const measured = report(started, { elapsedMs, lost: 0 });
  return { ...measured, lost: await drain() };
};

const openLoop = async (request: BetsRequest & { readonly type: "open-loop" }) => {
  depth = 0;
  const intervalMs = 1000 / request.perSecond;
  const beginsAt = performance.now();
  const measuresAt = beginsAt + request.warmUpMs;
  const endsAt = measuresAt + request.measureMs;
  let started: ReturnType<typeof begin> | undefined;
  for (let number = 0; ;) {
    const now = performance.now();
    for (; beginsAt + number * intervalMs <= now; number += 1) {
      const due = beginsAt + number * intervalMs;
      if (due >= endsAt) break;
      if (started === undefined && due >= measuresAt) started = begin();
      sessions[number % sessions.length]!.send(1, due);
    }
    if (now >= endsAt) break;
    await delay(PACE_MS);
  }
  // The last bets of the measured time are waited for, however late: they are the slow ones.
  const lost = await drain();
  measuring = false;
  return report(started ?? begin(), { elapsedMs: request.measureMs, lost });
};

serveWorker<BetsRequest, BetsReport | undefined>(async (request) => {
  switch (request.type) {
    case "connect":
      await connect(request);
      return undefined;
    case "closed-loop":
      return closedLoop(request);
    case "open-loop":
      return openLoop(request);
    case "close":
      for (const session of sessions) session.close();
      sessions = [];
      return undefined;
  }
});
