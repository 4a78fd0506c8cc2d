/**
 * The topics of the whole cluster, for the gateway of one process. While someone here watches a topic, a lease is held at
 * the process where the entity lives (this one or another), which shows every frame once. When the entity moves, or its
 * process dies, the next lease resumes after the newest frame that was seen here: the watchers notice nothing.
 *
 * No stream is kept open between the two: a lease lives on its link, is renewed every few seconds and ends by itself.
 */
import type { ActorSystem } from "../actor/ActorSystem.ts";
import type { Clock } from "../actor/Clock.ts";
import type { TopicFrame, Topics, Watch, Watcher } from "../actor/Topics.ts";
import { Lease, type Lessee } from "./Lease.ts";
import type { FromDialler } from "./PeerMessage.ts";
import { splitTopic } from "./topicName.ts";

/** A process that grants leases. */
export interface Lessor {
  readonly isUp: boolean;
  readonly tell: (message: FromDialler) => void;
}

export interface ClusterTopicsOptions<From extends Lessor> {
  readonly system: ActorSystem;
  readonly clock: Clock;
  readonly holderOf: (kind: string, entityId: string) => From | "here" | undefined;
  /** A topic was taken up again at another place, from the frame after the last one seen. */
  readonly resumed: () => void;
}

const RENEW_EVERY_MS = 5000;
/** Frames remembered for those who resume, as many as the owner remembers at most. */
const HISTORY = 256;
/** Topics in one message: bounds what reading it takes of the other's event loop. */
const TOPICS_PER_MESSAGE = 500;

interface Feed<From> {
  readonly topic: string;
  readonly watchers: Set<Watcher>;
  /** Version of the newest frame seen; undefined until the entity has said where it stands. */
  latest: number | undefined;
  history: Array<TopicFrame>;
  /** Who shows the topic at present. */
  source: From | "here" | undefined;
  /** The lease when the entity lives here. */
  local: Lease | undefined;
  /** Whether it has been shown by someone before, so that the next lease resumes. */
  hadSource: boolean;
  /** Whether the present lease is such a one, and has not answered yet. */
  isResuming: boolean;
}

export class ClusterTopics<From extends Lessor> implements Topics {
  readonly #options: ClusterTopicsOptions<From>;
  readonly #feeds = new Map<string, Feed<From>>();
  #cancelRenewal: () => void = () => {};

  constructor(options: ClusterTopicsOptions<From>) {
    this.#options = options;
    this.#renewLater();
  }

  /** Topics that are watched here and shown by another process. */
  get leases(): number {
    let leases = 0;
    for (const { source } of this.#feeds.values())
      if (source !== undefined && source !== "here") leases++;
    return leases;
  }

  watch(topic: string, watcher: Watcher, after?: number): Watch {
    let feed = this.#feeds.get(topic);
    if (feed === undefined) {
      feed = {
        topic,
        watchers: new Set(),
        latest: after,
        history: [],
        source: undefined,
        local: undefined,
        hadSource: false,
        isResuming: false,
      };
      this.#feeds.set(topic, feed);
    }
    const watched = feed;
    watched.watchers.add(watcher);
    this.#place(watched);
    return {
      since: (version) => framesSince(watched, version),
      close: () => {
        if (!watched.watchers.delete(watcher) || watched.watchers.size > 0) return;
        this.#feeds.delete(topic);
        this.#end(watched);
      },
    };
  }

  /** Entities may have moved: every topic is leased where its entity lives now. */
  placed(): void {
    for (const feed of this.#feeds.values()) this.#place(feed);
  }

  /** A process cannot be reached: what it showed is leased again, there or elsewhere, when it can. */
  lost(from: From): void {
    for (const feed of this.#feeds.values()) if (feed.source === from) feed.source = undefined;
  }

  frame(from: From, frame: TopicFrame): void {
    this.#of(from, frame.topic)?.frame(frame);
  }

  opened(from: From, topic: string, version: number): void {
    this.#of(from, topic)?.opened(version);
  }

  gap(from: From, topic: string, version: number): void {
    this.#of(from, topic)?.gap(version);
  }

  close(): void {
    this.#cancelRenewal();
    for (const feed of this.#feeds.values()) this.#end(feed);
    this.#feeds.clear();
  }

  /** What comes from a process that no longer shows the topic is old news. */
  #of(from: From, topic: string): Lessee | undefined {
    const feed = this.#feeds.get(topic);
    return feed?.source === from ? this.#lessee(feed) : undefined;
  }

  #place(feed: Feed<From>): void {
    const { entityId, kind } = splitTopic(feed.topic);
    const holder = this.#options.holderOf(kind, entityId);
    // As long as nobody claims the entity, its last process may still have frames on the way.
    if (holder === undefined || holder === feed.source) return;
    if (holder !== "here" && !holder.isUp) return;
    this.#end(feed);
    feed.source = holder;
    feed.isResuming = feed.hadSource;
    if (holder === "here")
      feed.local = new Lease(this.#options.system, feed.topic, feed.latest, this.#lessee(feed));
    else holder.tell({ _tag: "Lease", topics: [[feed.topic, feed.latest]] });
  }

  #end(feed: Feed<From>): void {
    feed.local?.close();
    feed.local = undefined;
    if (feed.source !== undefined && feed.source !== "here")
      feed.source.tell({ _tag: "Release", topics: [feed.topic] });
    feed.source = undefined;
  }

  #lessee(feed: Feed<From>): Lessee {
    return {
      frame: (frame) => {
        if (!frame.sampled && !this.#append(feed, frame)) return;
        for (const watcher of feed.watchers) watcher.frame(frame);
      },
      opened: (version) => {
        if (feed.latest === undefined) feed.latest = version;
        else if (version > feed.latest) return this.#missed(feed, version);
        if (feed.isResuming) this.#options.resumed();
        feed.isResuming = false;
        feed.hadSource = true;
      },
      gap: (version) => {
        feed.isResuming = false;
        feed.hadSource = true;
        this.#missed(feed, version);
      },
    };
  }

  /** Takes a frame in; false for one that was seen before. */
  #append(feed: Feed<From>, frame: TopicFrame): boolean {
    if (feed.latest !== undefined) {
      if (frame.version <= feed.latest) return false;
      if (frame.version > feed.latest + 1) {
        this.#missed(feed, frame.version - 1);
      }
    }
    feed.latest = frame.version;
    feed.history.push(frame);
    if (feed.history.length > HISTORY) feed.history.shift();
    return true;
  }

  #missed(feed: Feed<From>, version: number): void {
    feed.latest = version;
    feed.history = [];
    for (const watcher of feed.watchers) watcher.gap(version);
  }

  #renewLater(): void {
    this.#cancelRenewal = this.#options.clock.after(RENEW_EVERY_MS, () => {
      this.#renew();
      this.#renewLater();
    });
  }

  #renew(): void {
    const byHolder = new Map<From, Array<readonly [string, number | undefined]>>();
    for (const { latest, local, source, topic } of this.#feeds.values()) {
      local?.renew();
      if (source === undefined || source === "here") continue;
      const topics = byHolder.get(source) ?? [];
      byHolder.set(source, topics);
      topics.push([topic, latest]);
    }
    for (const [holder, topics] of byHolder)
      for (let at = 0; at < topics.length; at += TOPICS_PER_MESSAGE)
        holder.tell({ _tag: "Lease", topics: topics.slice(at, at + TOPICS_PER_MESSAGE) });
  }
}

const framesSince = <From>(
  { history, latest }: Feed<From>,
  version: number,
): ReadonlyArray<TopicFrame> | undefined => {
  if (latest === version) return [];
  const oldest = history[0];
  return oldest === undefined ||
    oldest.version > version + 1 ||
    latest === undefined ||
    version > latest
    ? undefined
    : history.filter((frame) => frame.version > version);
};
