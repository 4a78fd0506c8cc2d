/**
 * What clients did and saw, each line with its time on one monotonic clock. A request is logged when it is first sent
 * (`invoke`) and when it is answered for good (`ok`, `fail`); an attempt that brings no answer is `unknown`, and the client
 * asks again with the same key. A later request with the same key is a repetition.
 */

/** Epoch milliseconds with fractions, by a clock that never steps back. */
export type Time = number;

/** What a player asks for; `amount` in minor units. */
export type Request =
  | { readonly kind: "bet"; readonly key: string; readonly lobbyId: string; readonly stake: number }
  | { readonly kind: "cancel"; readonly key: string; readonly betId: string }
  | { readonly kind: "cast"; readonly key: string; readonly lobbyId: string }
  | { readonly kind: "offer"; readonly key: string; readonly to: string; readonly amount: number }
  | {
      readonly kind: "accept" | "decline" | "withdraw" | "repay";
      readonly key: string;
      readonly favorId: string;
    }
  | {
      readonly kind: "reserve";
      readonly key: string;
      readonly raffleId: string;
      readonly numbers: ReadonlyArray<number>;
    }
  | {
      readonly kind: "add" | "remove";
      readonly key: string;
      readonly reservationId: string;
      readonly number: number;
    }
  | {
      readonly kind: "check out" | "pay" | "give up";
      readonly key: string;
      readonly reservationId: string;
    }
  /** Reads the numbers of a raffle; its key only names it. */
  | { readonly kind: "look"; readonly key: string; readonly raffleId: string }
  /** Reads the caller's wallet; its key only names it. */
  | { readonly kind: "read"; readonly key: string };

/** Asks for what is there at the moment: its answer is stored nowhere. */
export const isQuery = ({ kind }: Request): boolean => kind === "read" || kind === "look";

export type Body = Readonly<Record<string, unknown>>;

export interface Answered {
  readonly at: Time;
  readonly op: string;
  readonly status: number;
  readonly body: Body;
  /** The server says that it has given this answer before. */
  readonly replayed: boolean;
}

/** `change` frames report one change each, a `sample` the present between them, a `snapshot` everything so far. */
export type FrameKind = "change" | "sample" | "snapshot";

export interface SeenFrame {
  readonly type: "frame";
  readonly at: Time;
  /** One connection of one client. */
  readonly socket: string;
  readonly topic: string;
  readonly kind: FrameKind;
  readonly version: number;
  /** Of the frame without what differs between two sendings of the same: see `frameDigest`. */
  readonly digest: string;
  /** Of a sample of a race that runs. */
  readonly tick?: number;
}

export type Line =
  | {
      readonly type: "invoke";
      readonly at: Time;
      readonly op: string;
      readonly playerId: string;
      readonly request: Request;
    }
  | ({ readonly type: "ok" } & Answered)
  | ({ readonly type: "fail" } & Answered)
  | { readonly type: "unknown"; readonly at: Time; readonly op: string; readonly why: string }
  /** A client's new connection. What it saw on an earlier one it remembers: `stream` names the client's memory. */
  | {
      readonly type: "connected";
      readonly at: Time;
      readonly socket: string;
      readonly stream: string;
    }
  /** The server has said that the topic goes on from here: after `after`, or from the snapshot that follows. */
  | {
      readonly type: "joined";
      readonly at: Time;
      readonly socket: string;
      readonly topic: string;
      readonly after?: number;
    }
  | SeenFrame;

/** All requests of one player with one key: one intent. */
export interface Intent {
  readonly playerId: string;
  readonly request: Request;
  readonly invokedAt: Time;
  /** Every answer for good, the first first. Empty: its outcome is unknown. */
  readonly answers: ReadonlyArray<Answered>;
}

/** The intents of a log. Of several requests with one key the first is the one that counts, and all their answers. */
export const intentsOf = (lines: ReadonlyArray<Line>): ReadonlyArray<Intent> => {
  const intents = new Map<string, Intent & { readonly answers: Array<Answered> }>();
  const byOp = new Map<string, Intent & { readonly answers: Array<Answered> }>();
  for (const line of lines) {
    if (line.type === "invoke") {
      const { at: invokedAt, op, playerId, request } = line;
      const name = `${playerId}|${request.key}`;
      const intent = intents.get(name) ?? { playerId, request, invokedAt, answers: [] };
      intents.set(name, intent);
      byOp.set(op, intent);
    }
    if (line.type === "ok" || line.type === "fail") {
      const intent = byOp.get(line.op);
      if (intent === undefined) throw new Error(`${line.op} was answered and never asked`);
      intent.answers.push(line);
    }
  }
  return [...intents.values()];
};
