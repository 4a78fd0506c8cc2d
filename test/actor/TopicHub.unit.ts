/** What an owner's hub remembers of a topic. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TopicHub } from "../../src/actor/TopicHub.ts";
import type { TopicFrame } from "../../src/actor/Topics.ts";

const TOPIC = "lobby:l";
const frame = (version: number): TopicFrame => ({
  topic: TOPIC,
  version,
  sampled: false,
  text: `${version}`,
});
const quiet = { frame: () => {}, opened: () => {} };
const versions = (frames: ReadonlyArray<TopicFrame> | undefined) =>
  frames?.map(({ version }) => version);

describe("an entity that comes to life", () => {
  it("is remembered by the recalled frames that lead to its version without a hole", () => {
    fc.assert(
      fc.property(
        fc.nat(12),
        fc.integer({ min: 1, max: 8 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 12 })),
        (version, history, recalled) => {
          const frames = recalled.filter((each) => each <= version).toSorted((a, b) => a - b);
          const hub = new TopicHub();
          const watch = hub.watch(TOPIC, quiet);
          hub.opened(TOPIC, version, history, () => frames.map(frame));
          expect(versions(watch.since(version))).toEqual([]);
          for (let after = 0; after < version; after++) {
            const wanted = Array.from({ length: version - after }, (_, i) => after + 1 + i);
            const isKnown =
              wanted.length <= history && wanted.every((each) => frames.includes(each));
            expect(versions(watch.since(after))).toEqual(isKnown ? wanted : undefined);
          }
          expect(watch.since(version + 1)).toBeUndefined();
        },
      ),
    );
  });

  it("tells all who watch, who ask for what they missed", () => {
    const hub = new TopicHub();
    const told: Array<unknown> = [];
    for (const seen of [2, 4]) {
      const watch = hub.watch(TOPIC, {
        frame: () => {},
        opened: (version) => told.push([version, versions(watch.since(seen))]),
      });
    }
    hub.opened(TOPIC, 4, 8, () => [3, 4].map(frame));
    expect(told).toEqual([
      [4, [3, 4]],
      [4, []],
    ]);
  });

  it("at the version that is known is not recalled again", () => {
    const hub = new TopicHub();
    hub.opened(TOPIC, 0, 8, () => []);
    for (const version of [1, 2, 3]) hub.publish(frame(version), 8);
    hub.opened(TOPIC, 3, 8, () => expect.unreachable("it is remembered"));
    expect(versions(hub.watch(TOPIC, quiet).since(0))).toEqual([1, 2, 3]);
  });
});

describe("a topic without history", () => {
  it("costs nothing when nobody watches, and is at its present version for whoever begins to", () => {
    const hub = new TopicHub();
    let standsAt = 5;
    hub.onWatched((topic) => hub.stands(topic, standsAt));
    hub.opened(TOPIC, 4, 0, () => expect.unreachable("nothing is remembered"));
    hub.publish(frame(5), 0);
    const seen: Array<number> = [];
    const watch = hub.watch(TOPIC, { ...quiet, frame: ({ version }) => void seen.push(version) });
    expect([watch.latest(), watch.since(4), watch.since(5)]).toEqual([5, undefined, []]);
    hub.publish(frame(6), 0);
    expect([seen, watch.latest(), watch.since(5)]).toEqual([[6], 6, undefined]);
    watch.close();
    // What happens while nobody watches is not followed, so nothing old may be left.
    standsAt = 9;
    hub.publish(frame(9), 0);
    expect(hub.watch(TOPIC, quiet).latest()).toBe(9);
  });
});

describe("a topic whose entity has gone", () => {
  it("shows its last frames and remembers nothing", () => {
    const hub = new TopicHub();
    hub.opened(TOPIC, 1, 8, () => [frame(1)]);
    const seen: Array<number> = [];
    const watch = hub.watch(TOPIC, { ...quiet, frame: ({ version }) => void seen.push(version) });
    hub.closed(TOPIC);
    hub.publish(frame(2), 8);
    expect([seen, watch.latest(), watch.since(1), watch.since(2)]).toEqual([
      [2],
      undefined,
      undefined,
      undefined,
    ]);
    watch.close();
    hub.publish(frame(3), 8);
    expect(hub.watch(TOPIC, quiet).latest()).toBeUndefined();
  });
});
