/**
 * Feeds sockets with topics. However many sockets of this process watch a topic, the process watches it once and
 * uWebSockets multiplies the frames natively.
 *
 * A socket that joins gets a snapshot and from then on every change, none twice. The snapshot takes time, and changes
 * go on meanwhile; so when it is there, in one synchronous step, the socket is subscribed and is sent the snapshot and
 * the changes after the snapshot's version, which the watch remembers. Whatever comes later comes by the subscription.
 */
import type { Failure } from "../../../rpc/http/problem.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import type { Outcome } from "../../actor/Ask.ts";
import type { Clock } from "../../actor/Clock.ts";
import type { TopicFrame, Topics, Watch } from "../../actor/Topics.ts";
import type { Snapshot, TopicKind } from "./TopicKinds.ts";
import type { Socket } from "./Socket.ts";

/**
 * Waits between attempts to join, in milliseconds: a watch that is new learns of its entity's version within a call,
 * an entity that moves is back within seconds.
 */
const JOIN_RETRIES_MS = [20, 100, 500, 1000, 2000];
/** More than this is no small gap: a snapshot is smaller, and a slow reader would choke on the rest. */
const MAX_RESUMED_CHARACTERS = 64 * 1024;
/** A socket with a gap whose snapshot is not to be had is tried again after this. */
const REFRESH_AGAIN_MS = 1000;

interface Feed {
  readonly topic: string;
  readonly entityId: string;
  readonly kind: TopicKind;
  readonly watch: Watch;
  readonly sockets: Set<Socket>;
  /** Those of them that have been given the present and get what follows; the others still wait for it. */
  readonly shown: Set<Socket>;
  /** A snapshot that is being fetched; who joins meanwhile shares it. */
  pending: Promise<Outcome<Snapshot, Failure>> | undefined;
}

export interface Joined {
  readonly snapshot: Snapshot | undefined;
  readonly frames: ReadonlyArray<TopicFrame>;
}

/** What a socket joins, and who it is. */
export interface JoinedTopic {
  readonly topic: string;
  readonly entityId: string;
  readonly kind: TopicKind;
  readonly caller?: CallerClaims | undefined;
}

export interface TopicFeedsOptions {
  readonly topics: Topics;
  readonly clock: Clock;
  /** The name under which uWebSockets knows those who have a topic. Default: the topic's own. */
  readonly channelOf?: (topic: string) => string;
  /** Gives a frame to all who have the topic. */
  readonly publish: (topic: string, frame: TopicFrame) => void;
  /** Gives one socket the present, corked. */
  readonly show: (socket: Socket, joined: Joined) => void;
}

export class TopicFeeds {
  readonly show: (socket: Socket, joined: Joined) => void;
  private readonly feeds = new Map<string, Feed>();
  private readonly topics: Topics;
  private readonly clock: Clock;
  private readonly channelOf: (topic: string) => string;
  private readonly publish: (topic: string, frame: TopicFrame) => void;

  constructor(options: TopicFeedsOptions) {
    this.topics = options.topics;
    this.clock = options.clock;
    this.channelOf = options.channelOf ?? ((topic) => topic);
    this.publish = options.publish;
    this.show = options.show;
  }

  /**
   * Lets a socket have a topic from `after` on, or from a snapshot. `deliver` is called once, unless the socket leaves
   * first; what it sends comes before every later frame of the topic.
   */
  join(
    socket: Socket,
    at: JoinedTopic,
    after: number | undefined,
    deliver: (joined: Outcome<Joined, Failure>) => void,
  ): void {
    const feed = this.feeds.get(at.topic) ?? this.open(at, after);
    const isNew = !feed.sockets.has(socket);
    feed.sockets.add(socket);
    socket.topics.add(at.topic);
    const answer = (joined: Outcome<Joined, Failure>) => {
      // One that had the topic before keeps it, though it gets no snapshot now.
      if (!joined.ok && isNew) this.leave(socket, at.topic);
      deliver(joined);
    };
    this.clear(feed, socket, at.caller, 0, (obstacle) => {
      if (obstacle !== undefined) return answer({ ok: false, error: obstacle, replayed: false });
      const missed = after === undefined ? undefined : feed.watch.since(after);
      if (missed === undefined || isMuch(missed)) this.fetch(feed, socket, 0, answer);
      else this.hand(feed, socket, { snapshot: undefined, frames: missed }, answer);
    });
  }

  leave(socket: Socket, topic: string): void {
    socket.topics.delete(topic);
    socket.unsubscribe(this.channelOf(topic));
    const feed = this.feeds.get(topic);
    feed?.shown.delete(socket);
    if (feed === undefined || !feed.sockets.delete(socket) || feed.sockets.size > 0) return;
    this.feeds.delete(topic);
    feed.watch.close();
  }

  close(): void {
    for (const feed of this.feeds.values()) feed.watch.close();
    this.feeds.clear();
  }

  private open({ entityId, kind, topic }: JoinedTopic, after: number | undefined): Feed {
    const shown = new Set<Socket>();
    const watch = this.topics.watch(
      topic,
      {
        frame: (frame) => this.publish(topic, frame),
        // The watch may say so while it begins: nobody has the topic then.
        gap: () => {
          for (const socket of shown) this.refresh(feed, socket);
        },
      },
      after,
    );
    const feed: Feed = {
      topic,
      entityId,
      kind,
      watch,
      sockets: new Set(),
      shown,
      pending: undefined,
    };
    this.feeds.set(topic, feed);
    return feed;
  }

  /** Sends a socket that has the topic a snapshot: frames were missed that nobody remembers. */
  private refresh(feed: Feed, socket: Socket): void {
    // Until the snapshot is there, what comes is not for this socket.
    socket.unsubscribe(this.channelOf(feed.topic));
    feed.shown.delete(socket);
    this.fetch(feed, socket, 0, (joined) => {
      if (!joined.ok) {
        this.clock.after(REFRESH_AGAIN_MS, () => {
          if (feed.sockets.has(socket) && socket.isOpen) this.refresh(feed, socket);
        });
        return;
      }
      socket.cork(() => this.show(socket, joined.value));
    });
  }

  /** Finds out whether anything stands in the way; waits for an entity that moves. */
  private clear(
    feed: Feed,
    socket: Socket,
    caller: CallerClaims | undefined,
    attempt: number,
    then: (obstacle: Failure | undefined) => void,
  ): void {
    const asked = feed.kind.obstacle?.(caller, feed.entityId);
    if (asked === undefined) return then(undefined);
    const isHere = () => feed.sockets.has(socket) && socket.isOpen;
    asked.then(
      (obstacle) => {
        if (!isHere()) return;
        const waitMs = obstacle?._tag === "Unavailable" ? JOIN_RETRIES_MS[attempt] : undefined;
        if (waitMs === undefined) return then(obstacle);
        this.clock.after(waitMs, () => {
          if (isHere()) this.clear(feed, socket, caller, attempt + 1, then);
        });
      },
      (defect: unknown) => {
        if (isHere()) then({ _tag: "InternalError", message: String(defect) });
      },
    );
  }

  private fetch(
    feed: Feed,
    socket: Socket,
    attempt: number,
    deliver: (joined: Outcome<Joined, Failure>) => void,
  ): void {
    feed.pending ??= feed.kind.snapshot(feed.entityId).finally(() => {
      feed.pending = undefined;
    });
    const isHere = () => feed.sockets.has(socket) && socket.isOpen;
    /** Once more after a pause, unless that has become needless; false when it was the last attempt. */
    const later = (isNeedless: () => boolean) => {
      const waitMs = JOIN_RETRIES_MS[attempt];
      if (waitMs === undefined) return false;
      this.clock.after(waitMs, () => {
        if (isHere() && !isNeedless()) this.fetch(feed, socket, attempt + 1, deliver);
      });
      return true;
    };
    const failed = (error: Failure) => deliver({ ok: false, error, replayed: false });
    /** Shows the snapshot with what came after it; false when the watch does not have all of that. */
    const handed = (snapshot: Snapshot) => {
      const frames = feed.watch.since(snapshot.version);
      if (frames !== undefined) this.hand(feed, socket, { snapshot, frames }, deliver);
      return frames !== undefined;
    };
    feed.pending.then(
      (outcome) => {
        if (!isHere()) return;
        if (!outcome.ok) {
          if (outcome.error._tag !== "Unavailable" || !later(() => false)) failed(outcome.error);
          return;
        }
        const snapshot = outcome.value;
        if (handed(snapshot)) return;
        // It is newer than the frames that have come so far, which a moment will mend, or older than those remembered: then
        // another will fit. When none does, the topic is sent from the last on, and a client that sees a gap resumes.
        if (!later(() => handed(snapshot)))
          this.hand(feed, socket, { snapshot, frames: [] }, deliver);
      },
      (defect: unknown) => {
        if (isHere()) failed({ _tag: "InternalError", message: String(defect) });
      },
    );
  }

  private hand(
    feed: Feed,
    socket: Socket,
    joined: Joined,
    deliver: (joined: Outcome<Joined, Failure>) => void,
  ): void {
    socket.subscribe(this.channelOf(feed.topic));
    feed.shown.add(socket);
    deliver({ ok: true, value: joined, replayed: false });
  }
}

const isMuch = (frames: ReadonlyArray<TopicFrame>): boolean => {
  let characters = 0;
  for (const { text } of frames) characters += text.length;
  return characters > MAX_RESUMED_CHARACTERS;
};
