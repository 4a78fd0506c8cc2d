/**
 * The topics of the entities that live in this process: remembers recent frames, and hands each frame to the watches of
 * its topic. Gateways, this process's own included, watch by `ClusterTopics`, for an entity may live anywhere.
 */
import type { TopicFrame, Watch } from "./Topics.ts";

/** A watcher at the entity's own process. */
export interface HubWatcher {
  readonly frame: (frame: TopicFrame) => void;
  /** The entity has come to life at this version; the watcher asks for what it missed by `since`. */
  readonly opened: (version: number) => void;
}

export interface HubWatch extends Watch {
  /** Version of the newest frame; undefined as long as the entity is not in memory. */
  readonly latest: () => number | undefined;
}

interface Channel {
  /** Version of the newest frame; undefined until the entity has said so. */
  latest: number | undefined;
  history: Array<TopicFrame>;
  /** Whether it remembers frames though nobody watches: its entity lives here and has a history. */
  keeps: boolean;
  readonly watchers: Set<HubWatcher>;
}

export class TopicHub {
  readonly #channels = new Map<string, Channel>();
  readonly #onWatched: Array<(topic: string) => void> = [];

  watch(topic: string, watcher: HubWatcher): HubWatch {
    const channel = this.#channel(topic);
    channel.watchers.add(watcher);
    if (channel.watchers.size === 1) for (const notify of this.#onWatched) notify(topic);
    return {
      latest: () => channel.latest,
      since: (version) => framesSince(channel, version),
      close: () => {
        channel.watchers.delete(watcher);
        if (channel.watchers.size === 0 && !channel.keeps) this.#channels.delete(topic);
      },
    };
  }

  isWatched(topic: string): boolean {
    return (this.#channels.get(topic)?.watchers.size ?? 0) > 0;
  }

  /** Calls back when a topic gets its first watch. */
  onWatched(notify: (topic: string) => void): void {
    this.#onWatched.push(notify);
  }

  /**
   * The entity has come to life here at this version; `recall` makes its newest frames again from the journal, for those
   * who watched it where it lived before.
   */
  opened(
    topic: string,
    version: number,
    history: number,
    recall: () => ReadonlyArray<TopicFrame>,
  ): void {
    if (history === 0 && !this.#channels.has(topic)) return;
    const channel = this.#channel(topic);
    channel.keeps = history > 0;
    if (channel.latest !== version) {
      channel.history = history === 0 ? [] : contiguous(recall(), version).slice(-history);
      channel.latest = version;
    }
    for (const watcher of channel.watchers) watcher.opened(version);
  }

  /** The entity has lived here since before its topic was watched, and stands at this version. */
  stands(topic: string, version: number): void {
    const channel = this.#channels.get(topic);
    if (channel !== undefined) channel.latest ??= version;
  }

  /** Shows a frame. What an entity shows after `closed` (its last commits) is shown and not remembered. */
  publish(frame: TopicFrame, history: number): void {
    const channel = this.#channels.get(frame.topic);
    if (channel === undefined) return;
    if (!frame.sampled && channel.latest !== undefined) {
      if (frame.version !== channel.latest + 1) channel.history = [];
      channel.latest = frame.version;
      if (history > 0) {
        channel.history.push(frame);
        if (channel.history.length > history) channel.history.shift();
      }
    }
    for (const watcher of channel.watchers) watcher.frame(frame);
  }

  /** The entity lives here no more: what comes next is for its new process to say. */
  closed(topic: string): void {
    const channel = this.#channels.get(topic);
    if (channel === undefined) return;
    channel.latest = undefined;
    channel.history = [];
    channel.keeps = false;
    if (channel.watchers.size === 0) this.#channels.delete(topic);
  }

  #channel(topic: string): Channel {
    let channel = this.#channels.get(topic);
    if (channel === undefined) {
      channel = { latest: undefined, history: [], keeps: false, watchers: new Set() };
      this.#channels.set(topic, channel);
    }
    return channel;
  }
}

/** The frames that lead up to `version` without a gap. */
const contiguous = (frames: ReadonlyArray<TopicFrame>, version: number) => {
  let first = frames.length;
  while (first > 0 && frames[first - 1]?.version === version - (frames.length - first)) first--;
  return frames.slice(first);
};

const framesSince = (channel: Channel, version: number): ReadonlyArray<TopicFrame> | undefined => {
  if (channel.latest === version) return [];
  const oldest = channel.history[0];
  return oldest === undefined ||
    oldest.version > version + 1 ||
    channel.latest === undefined ||
    version > channel.latest
    ? undefined
    : channel.history.filter((frame) => frame.version > version);
};
