/** Topics of entities that all live in one process: what a gateway watches when there is no cluster. */
import type { HubWatcher, TopicHub } from "../../../src/actor/TopicHub.ts";
import type { Topics, Watch, Watcher } from "../../../src/actor/Topics.ts";

export class HubTopics implements Topics {
  readonly #hub: TopicHub;

  constructor(hub: TopicHub) {
    this.#hub = hub;
  }

  watch(topic: string, watcher: Watcher, after?: number): Watch {
    let seen = after;
    const catchUp = (version: number) => {
      const missed = seen === undefined ? [] : open.since(seen);
      seen = version;
      if (missed === undefined) watcher.gap(version);
      else for (const frame of missed) watcher.frame(frame);
    };
    const own: HubWatcher = {
      frame: (frame) => {
        if (!frame.sampled) seen = frame.version;
        watcher.frame(frame);
      },
      opened: catchUp,
    };
    const open = this.#hub.watch(topic, own);
    const latest = open.latest();
    if (latest !== undefined) catchUp(latest);
    return open;
  }
}
