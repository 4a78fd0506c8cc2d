/**
 * Buyers that rush into a raffle over WebSocket, in a process of their own. Each socket is one player that wants some
 * numbers; who is refused picks others, until all have theirs.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Histogram } from "../support/Histogram.ts";
import { serveWorker } from "../support/Worker.ts";
import { Chooser, type Crowd } from "./Chooser.ts";
import { openRawSocket, type RawSocket } from "./RawSocket.ts";
import { clientFrame, OPCODE } from "./WebSocketFrames.ts";

export type ReservationsRequest =
  | {
      readonly type: "connect";
      readonly host: string;
      readonly port: number;
      readonly tokens: ReadonlyArray<string>;
    }
  | {
      readonly type: "stampede";
      readonly crowd: Crowd;
      readonly raffleId: string;
      readonly totalNumbers: number;
      /** Numbers that each wants. */
      readonly each: number;
      readonly seed: number;
      readonly deadlineMs: number;
    }
  | { readonly type: "close" };

export interface StampedeReport {
  readonly granted: number;
  /** Requests, refused ones included. */
  readonly attempts: number;
  /** From the first request to the last answer. */
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Numbers that two players were given. */
  readonly twice: number;
  /** By reservation: when its time is up, epoch milliseconds. */
  readonly deadlines: ReadonlyArray<readonly [reservationId: string, expiresAt: number]>;
}

/** Connections opened at once. */
const CONNECTING = 100;
const PACE_MS = 2;

interface Answer {
  readonly type: string;
  readonly code?: string;
  readonly numbers?: ReadonlyArray<number>;
  readonly reservation?: {
    readonly id: string;
    readonly expires_at: string;
    readonly numbers: ReadonlyArray<{ readonly number: number }>;
  };
}

interface Stampede {
  readonly raffleId: string;
  readonly each: number;
  readonly chooser: Chooser;
  readonly latency: Histogram;
  readonly owner: Map<number, number>;
  readonly deadlines: Array<readonly [string, number]>;
  attempts: number;
  granted: number;
  twice: number;
  endedAt: number;
  failed: string | undefined;
}

let sockets: Array<RawSocket> = [];
let sentAt = new Float64Array(0);
let closed = 0;
let stampede: Stampede | undefined;

const ask = (index: number, of: Stampede): void => {
  const numbers = of.chooser.choose(of.each);
  of.attempts += 1;
  sentAt[index] = performance.now();
  const frame = {
    type: "RESERVE_NUMBERS",
    id: "r",
    idempotency_key: `${of.raffleId}-${index}-${of.attempts}`,
    raffle_id: of.raffleId,
    number_ids: numbers.map(String),
  };
  sockets[index]!.send(clientFrame(OPCODE.text, Buffer.from(JSON.stringify(frame))));
};

const hear = (index: number, text: string): void => {
  const of = stampede;
  if (of === undefined || !text.includes('"id":"r"')) return;
  const answer = JSON.parse(text) as Answer;
  of.latency.record(performance.now() - sentAt[index]!);
  if (answer.type === "ERROR" && answer.code === "number_taken") {
    of.chooser.taken(answer.numbers ?? []);
    return ask(index, of);
  }
  if (answer.reservation === undefined) {
    of.failed = text;
    return;
  }
  const numbers = answer.reservation.numbers.map(({ number }) => number);
  for (const number of numbers) {
    if (of.owner.has(number)) of.twice += 1;
    of.owner.set(number, index);
  }
  of.chooser.taken(numbers);
  of.deadlines.push([answer.reservation.id, Date.parse(answer.reservation.expires_at)]);
  of.granted += 1;
  of.endedAt = performance.now();
};

const connect = async (host: string, port: number, tokens: ReadonlyArray<string>) => {
  sentAt = new Float64Array(tokens.length);
  closed = 0;
  sockets = [];
  for (let from = 0; from < tokens.length; from += CONNECTING)
    sockets.push(
      ...(await Promise.all(
        tokens.slice(from, from + CONNECTING).map((token, i) =>
          openRawSocket({
            host,
            port,
            path: `/ws?token=${token}`,
            onText: (bytes, start, end) => hear(from + i, bytes.toString("utf8", start, end)),
            onEnd: () => {
              closed += 1;
            },
          }),
        ),
      )),
    );
};

const run = async (
  request: ReservationsRequest & { readonly type: "stampede" },
): Promise<StampedeReport> => {
  const of: Stampede = {
    raffleId: request.raffleId,
    each: request.each,
    chooser: new Chooser(request.crowd, request.totalNumbers, request.seed),
    latency: new Histogram(),
    owner: new Map(),
    deadlines: [],
    attempts: 0,
    granted: 0,
    twice: 0,
    endedAt: 0,
    failed: undefined,
  };
  stampede = of;
  const startedAt = performance.now();
  for (let index = 0; index < sockets.length; index += 1) ask(index, of);
  while (of.granted < sockets.length) {
    if (of.failed !== undefined) throw new Error(`A reservation was answered ${of.failed}`);
    if (closed > 0) throw new Error(`The server closed ${closed} sockets.`);
    if (performance.now() - startedAt > request.deadlineMs)
      throw new Error(
        `${of.granted} of ${sockets.length} had numbers in ${request.deadlineMs} ms.`,
      );
    await delay(PACE_MS);
  }
  stampede = undefined;
  return {
    granted: of.granted,
    attempts: of.attempts,
    elapsedMs: of.endedAt - startedAt,
    p50Ms: of.latency.quantileMs(0.5),
    p99Ms: of.latency.quantileMs(0.99),
    maxMs: of.latency.maxMs,
    twice: of.twice,
    deadlines: of.deadlines,
  };
};

serveWorker<ReservationsRequest, StampedeReport | undefined>(async (request) => {
  switch (request.type) {
    case "connect":
      await connect(request.host, request.port, request.tokens);
      return undefined;
    case "stampede":
      return run(request);
    case "close":
      for (const socket of sockets) socket.close();
      sockets = [];
      return undefined;
  }
});
