/** The topics of one process: remembers recent frames, and hands each frame to the watches of its topic. */
import type { TopicFrame, Topics, Watch } from "./Topics.ts";

interface Channel {
  /** Version of the newest frame; undefined until the entity has said so. */
  latest: number | undefined;
  history: Array<TopicFrame>;
  readonly sinks: Set<(frame: TopicFrame) => void>;
}

export class TopicHub implements Topics {
  readonly #channels = new Map<string, Channel>();
  readonly #onWatched: Array<(topic: string) => void> = [];

  watch(topic: string, sink: (frame: TopicFrame) => void): Watch {
    const channel = this.#channel(topic);
    channel.sinks.add(sink);
    if (channel.sinks.size === 1) for (const notify of this.#onWatched) notify(topic);
    return {
      since: (version) => framesSince(channel, version),
      close: () => {
        channel.sinks.delete(sink);
        if (channel.sinks.size === 0 && channel.history.length === 0) this.#channels.delete(topic);
      },
    };
  }

  isWatched(topic: string): boolean {
    return (this.#channels.get(topic)?.sinks.size ?? 0) > 0;
  }

  /** Calls back when a topic gets its first watch. */
  onWatched(notify: (topic: string) => void): void {
    this.#onWatched.push(notify);
  }

  /** The entity has come to life here at this version. What is remembered from before a gap is forgotten. */
  opened(topic: string, version: number, history: number): void {
    if (history === 0 && !this.#channels.has(topic)) return;
    const channel = this.#channel(topic);
    if (channel.latest !== version) channel.history = [];
    channel.latest = version;
  }

  publish(frame: TopicFrame, history: number): void {
    if (history === 0 && !this.#channels.has(frame.topic)) return;
    const channel = this.#channel(frame.topic);
    if (!frame.sampled) {
      if (channel.latest !== undefined && frame.version !== channel.latest + 1)
        channel.history = [];
      channel.latest = frame.version;
      if (history > 0) {
        channel.history.push(frame);
        if (channel.history.length > history) channel.history.shift();
      }
    }
    for (const sink of channel.sinks) sink(frame);
  }

  #channel(topic: string): Channel {
    let channel = this.#channels.get(topic);
    if (channel === undefined) {
      channel = { latest: undefined, history: [], sinks: new Set() };
      this.#channels.set(topic, channel);
    }
    return channel;
  }
}

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
