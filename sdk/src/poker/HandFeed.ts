/**
 * Recorded hands as they come, each once and in order. The server numbers hands without a gap in the order in which they are
 * stored (`seq`), so what has been told is one number, however it was learnt. Frames bring what is new, over the player's
 * connection or, without a session, by the trackers' entrance. What they do not bring (a connection was away, a batch was
 * too large to be told of hand by hand, the reader is slow) is read by REST, from the first one that is missing on.
 */
import { openConnection } from "../Connection.ts";
import type { ConnectionState } from "../Connection.ts";
import type { Croupier } from "../Croupier.ts";
import { HANDS_TOPIC } from "../TopicFrame.ts";
import type { HandSummaryBody, ServerFrame } from "../wire.ts";
import { isPassing, pause, ReadFailed, retryInMs } from "./patience.ts";
import { TRACKER_PATH, trackerSocket } from "./TrackerSocket.ts";

export type Hand = HandSummaryBody;

export interface FollowOptions {
  /** The `seq` of the last hand that was seen; by default only what is stored from now on is told. */
  readonly afterSeq?: number;
  /** Who falls behind by more is taken ahead, and misses what is further back: for who shows the newest. Never by default. */
  readonly maxBehind?: number;
  /** Ends it, as leaving the loop does. */
  readonly signal?: AbortSignal;
}

export interface HandListener {
  /** Hands that were there together come together, oldest first. */
  readonly hands: (hands: readonly Hand[]) => void;
  /** Whether what is stored now would be told at once; at each change. */
  readonly live?: (isLive: boolean) => void;
}

/** Beyond this a slow reader's hands are read again when it comes to them. */
const MAX_KEPT = 256;
/** The most that the server gives at once. */
const PAGE = 200;

/** Frames of hands from wherever they can be had just now; returns what ends that. */
function hear(
  croupier: Croupier,
  onFrame: (frame: ServerFrame) => void,
  onLive: (isLive: boolean) => void,
): () => void {
  const { base, connection, session } = croupier;
  let isLive = false;
  const live = (now: boolean): void => {
    if (now === isLive) return;
    isLive = now;
    onLive(now);
  };
  const asPlayer = (): (() => void) => {
    const follow = (): void => live(connection.get().kind === "online");
    const stops = [croupier.watch(HANDS_TOPIC, onFrame), connection.subscribe(follow)];
    follow();
    return () => {
      for (const stop of stops) stop();
    };
  };
  const asTracker = (): (() => void) => {
    const opened = openConnection({
      ...base,
      openSocket: trackerSocket(base.openSocket),
      urls: () => [base.url.replace(/^http/, "ws") + TRACKER_PATH],
      onFrame,
      onState: (state: ConnectionState) => live(state.kind === "online"),
    });
    return () => opened.close();
  };

  let isPlayer: boolean | undefined;
  let leave = (): void => undefined;
  const choose = (): void => {
    const next = session.get() !== null;
    if (next === isPlayer) return;
    isPlayer = next;
    leave();
    live(false);
    leave = next ? asPlayer() : asTracker();
  };
  const stop = session.subscribe(choose);
  choose();
  return () => {
    stop();
    leave();
    live(false);
  };
}

/**
 * All hands after `afterSeq`, or after what there is when it begins, for as long as the loop is not left. While the server
 * cannot be reached it waits; throws `ReadFailed` when it refuses to be read.
 */
export async function* followBatches(
  croupier: Croupier,
  { afterSeq, maxBehind = Number.POSITIVE_INFINITY, signal }: FollowOptions = {},
  onLive: (isLive: boolean) => void = () => undefined,
): AsyncGenerator<readonly Hand[], void, undefined> {
  const { base } = croupier;
  const ended = new AbortController();
  const end = (): void => ended.abort();
  const over = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  /** Of the hands that were told; undefined before the first snapshot. */
  let last = afterSeq;
  let newest = -1;
  const kept = new Map<number, Hand>();
  let wake = (): void => undefined;

  const take = (frame: ServerFrame): void => {
    if (frame.type !== "HANDS_SNAPSHOT" && frame.type !== "HANDS_IMPORTED") return;
    for (const hand of frame.hands) {
      newest = Math.max(newest, hand.seq);
      kept.set(hand.seq, hand);
    }
    if (frame.type === "HANDS_SNAPSHOT") last ??= Math.max(newest, 0);
    if (kept.size > MAX_KEPT) kept.clear();
    wake();
  };
  /** What follows on what was told, as far as it has come by frames. */
  const next = (after: number): readonly Hand[] => {
    const batch: Hand[] = [];
    for (const seq of kept.keys()) if (seq <= after) kept.delete(seq);
    for (let hand = kept.get(after + 1); hand !== undefined; hand = kept.get(hand.seq + 1))
      batch.push(hand);
    return batch;
  };
  const read = async (after: number): Promise<readonly Hand[]> => {
    for (let attempt = 0; !over.aborted; attempt += 1) {
      const answer = await croupier.get("/api/v1/hands/recent", {
        query: { before: String(after + PAGE + 1), limit: PAGE },
        signal: over,
      });
      if (over.aborted) break;
      if (!answer.ok && !isPassing(answer.problem.code)) throw new ReadFailed(answer.problem);
      const hands = answer.ok ? answer.body.hands.filter(({ seq }) => seq > after) : [];
      if (hands.length > 0) return hands.toSorted((a, b) => a.seq - b.seq);
      const advice =
        !answer.ok && "retry_after_ms" in answer.problem ? answer.problem.retry_after_ms : null;
      await pause(base, retryInMs(base, attempt, advice), over);
    }
    return [];
  };

  over.addEventListener("abort", () => wake());
  const stop = over.aborted ? () => undefined : hear(croupier, take, onLive);
  try {
    while (!over.aborted) {
      const heard = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (last !== undefined) last = Math.max(last, newest - maxBehind);
      const isBehind = last !== undefined && newest > last;
      const batch =
        last === undefined || !isBehind ? [] : kept.has(last + 1) ? next(last) : await read(last);
      const end = batch.at(-1);
      if (end === undefined) {
        if (!isBehind) await heard;
        continue;
      }
      last = end.seq;
      yield batch;
    }
  } finally {
    end();
    stop();
  }
}
