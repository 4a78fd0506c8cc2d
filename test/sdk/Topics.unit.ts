import { beforeEach, describe, expect, test } from "vitest";
import type { ClientFrame, Refusal, ServerFrame } from "../../sdk/src/index.ts";
import { TIMING } from "../../sdk/src/Timers.ts";
import { createTopics } from "../../sdk/src/Topics.ts";
import type { Topics } from "../../sdk/src/Topics.ts";
import { topicStream, TopicRefused } from "../../sdk/src/TopicStream.ts";
import { ManualTimers } from "./support/ManualTimers.ts";
import { HISTORY, snapshot } from "./support/history.ts";

const TOPIC = "lobby:demo";

let timers: ManualTimers;
let sent: ClientFrame[];
let silences: number;
let errors: unknown[];
let topics: Topics;

beforeEach(() => {
  timers = new ManualTimers();
  sent = [];
  silences = 0;
  errors = [];
  topics = createTopics({
    send: (frame) => sent.push(frame),
    onSilence: () => (silences += 1),
    timers,
    timing: TIMING,
    onError: (error) => errors.push(error),
  });
});

const change = (version: number): ServerFrame => {
  const found = HISTORY.find((frame) => frame.state_version === version);
  if (found === undefined) throw new Error(`no change ${version}`);
  return found;
};
const watched = (after?: number) => {
  const versions: number[] = [];
  const refusals: Refusal[] = [];
  const watch = topics.watch(
    TOPIC,
    {
      frame: ({ version }) => versions.push(version),
      refused: (refusal) => refusals.push(refusal),
    },
    after,
  );
  return { ...watch, versions, refusals };
};
/** The server answers the last question, with what comes with the answer. */
const answer = (...frames: readonly ServerFrame[]): void => {
  const id = sent.at(-1)?.id ?? "";
  for (const frame of [{ type: "SUBSCRIBED", id, topic: TOPIC } as const, ...frames])
    topics.receive(frame);
};
const questions = () => sent.map(({ type }) => type);

test("given watchers, the topic is subscribed once, and left a while after the last has gone", () => {
  topics.online();
  const first = watched();
  const second = watched();
  expect(questions()).toEqual(["SUBSCRIBE"]);
  answer(snapshot());
  expect(first.versions).toEqual([1]);
  expect(second.versions).toEqual([1]);
  first.close();
  second.close();
  first.close();
  timers.pass(1_999);
  const third = watched(1);
  expect(questions()).toEqual(["SUBSCRIBE", "RESUME"]);
  answer();
  third.close();
  timers.pass(2_000);
  expect(questions().at(-1)).toBe("UNSUBSCRIBE");
  expect(timers.pending).toBe(0);
});

test("a watcher that comes late gets a snapshot, and the others no frame twice", () => {
  topics.online();
  const first = watched();
  answer(snapshot(), change(2));
  const late = watched();
  expect(questions()).toEqual(["SUBSCRIBE", "SUBSCRIBE"]);
  answer(snapshot({ state_version: 2 }), change(3));
  // The same version again tells samples that may have been missed.
  expect(first.versions).toEqual([1, 2, 2, 3]);
  expect(late.versions).toEqual([2, 3]);
});

test("over a new connection it is resumed after what was seen, and an answer with a gap is asked for again", () => {
  topics.online();
  const { versions } = watched();
  answer(snapshot(), change(2));
  topics.offline();
  topics.online();
  expect(sent.at(-1)).toMatchObject({ type: "RESUME", topic: TOPIC, after_version: 2 });
  answer(change(4));
  timers.pass(20);
  expect(sent.at(-1)).toMatchObject({ type: "RESUME", after_version: 2 });
  answer(change(3), change(4), change(5));
  expect(versions).toEqual([1, 2, 3, 4, 5]);
});

test("a gap that closes at once is not asked about", () => {
  topics.online();
  const { versions } = watched();
  answer(snapshot());
  topics.receive(change(3));
  topics.receive(change(2));
  timers.pass(60_000);
  expect(versions).toEqual([1, 2, 3]);
  expect(questions()).toEqual(["SUBSCRIBE"]);
});

test("a question without an answer puts the connection under suspicion and is asked again", () => {
  topics.online();
  watched();
  timers.pass(5_000);
  expect(silences).toBe(1);
  expect(questions()).toEqual(["SUBSCRIBE", "SUBSCRIBE"]);
});

test("the late answer to a question that was given up is read by its versions alone", () => {
  topics.online();
  const { versions } = watched();
  const first = sent[0]?.id ?? "";
  timers.pass(5_000);
  topics.receive({ type: "SUBSCRIBED", id: first, topic: TOPIC });
  topics.receive(snapshot());
  answer(snapshot(), change(2));
  expect(versions).toEqual([1, 1, 2]);
});

test("a topic that the server gives unasked is declined, once a connection", () => {
  topics.online();
  topics.receive(snapshot());
  topics.receive(change(2));
  expect(sent).toEqual([{ type: "UNSUBSCRIBE", topic: TOPIC }]);
  topics.offline();
  topics.online();
  topics.receive(snapshot());
  expect(sent).toHaveLength(2);
  const { versions } = watched();
  answer(snapshot());
  expect(versions).toEqual([1]);
});

test("what a watcher throws reaches neither the others nor the topic", () => {
  topics.online();
  topics.watch(TOPIC, {
    frame: () => {
      throw new Error("mine");
    },
  });
  const { versions } = watched();
  answer(snapshot(), change(2));
  expect(versions).toEqual([1, 2]);
  expect(errors).toHaveLength(2);
});

describe("a server that goes back", () => {
  test("one older snapshot may come from a gateway that lags; the second is believed", () => {
    topics.online();
    const { versions } = watched(5);
    answer(snapshot({ state_version: 3 }));
    expect(versions).toEqual([]);
    timers.pass(20);
    expect(sent.at(-1)).toMatchObject({ type: "RESUME", after_version: 5 });
    answer(snapshot({ state_version: 3 }), change(4));
    expect(versions).toEqual([3, 4]);
  });

  test("a gateway that has caught up is not asked for ever", () => {
    topics.online();
    const { versions } = watched(5);
    answer(snapshot({ state_version: 3 }));
    timers.pass(20);
    answer(change(6));
    timers.pass(60_000);
    expect(versions).toEqual([6]);
    expect(questions()).toEqual(["RESUME", "RESUME"]);
  });

  test("a snapshot that came unasked is never believed over what was seen", () => {
    topics.online();
    const { versions } = watched(5);
    for (let time = 0; time < 5; time += 1) topics.receive(snapshot({ state_version: 3 }));
    answer();
    expect(versions).toEqual([]);
  });
});

describe("refusals", () => {
  const refuse = (code: string, more: object = {}): void => {
    topics.receive({ type: "ERROR", id: sent.at(-1)?.id, code, detail: "No.", ...more });
  };

  test("one that passes is asked again after its time", () => {
    topics.online();
    const { refusals } = watched();
    refuse("unavailable", { retry_after_ms: 300 });
    timers.pass(299);
    expect(sent).toHaveLength(1);
    timers.pass(1);
    expect(sent).toHaveLength(2);
    expect(refusals).toEqual([]);
  });

  test("another is told, and asked again only over the next connection", () => {
    topics.online();
    const { refusals } = watched();
    refuse("forbidden");
    timers.pass(60_000);
    expect(refusals).toEqual([{ code: "forbidden", detail: "No.", fields: {} }]);
    expect(sent).toHaveLength(1);
    topics.offline();
    topics.online();
    expect(sent).toHaveLength(2);
  });

  test("who reads the topic as a sequence has it thrown", async () => {
    topics.online();
    const next = topicStream(topics, TOPIC, null).next();
    refuse("not_found");
    await expect(next).rejects.toBeInstanceOf(TopicRefused);
  });
});

describe("a sequence", () => {
  test("gives the frames in order, and leaves the topic when the reader leaves", async () => {
    topics.online();
    const stream = topicStream(topics, TOPIC, null);
    const first = stream.next();
    answer(snapshot(), change(2));
    expect((await first).value).toMatchObject({ type: "STATE_SNAPSHOT" });
    expect((await stream.next()).value).toMatchObject({ state_version: 2 });
    await stream.return();
    timers.pass(2_000);
    expect(questions().at(-1)).toBe("UNSUBSCRIBE");
  });

  test("a reader that is far behind misses samples, but no change: they are asked for again", async () => {
    topics.online();
    const stream = topicStream(topics, TOPIC, 0);
    const first = stream.next();
    const cast = (version: number): ServerFrame => ({
      type: "RUNNER_SCRATCHED",
      lobby_id: "demo",
      race_id: "race-1",
      state_version: version,
      runner: 1,
    });
    answer(cast(1));
    expect((await first).value).toMatchObject({ state_version: 1 });
    for (let version = 2; version <= 400; version += 1) topics.receive(cast(version));
    const second = stream.next();
    expect(sent.at(-1)).toMatchObject({ type: "RESUME", after_version: 1 });
    answer(cast(2), cast(3));
    expect((await second).value).toMatchObject({ state_version: 2 });
    expect((await stream.next()).value).toMatchObject({ state_version: 3 });
  });
});

test("a topic whose frames never come is asked for ever more seldom", () => {
  topics.watch("unheard:of", { frame: () => undefined });
  topics.online();
  const answerEach = (ms: number): number => {
    const before = sent.length;
    for (let passed = 0; passed < ms; passed += 10) {
      timers.pass(10);
      const last = sent.at(-1);
      topics.receive({ type: "SUBSCRIBED", id: last?.id ?? "", topic: "unheard:of" });
    }
    return sent.length - before;
  };
  answerEach(20_000);
  expect(answerEach(60_000)).toBeLessThan(15);
});

test("hands are a topic: the snapshot, then each change once", () => {
  const versions: number[] = [];
  topics.watch("hands", { frame: ({ version }) => versions.push(version) });
  topics.online();
  topics.receive({ type: "SUBSCRIBED", id: sent.at(-1)?.id ?? "", topic: "hands" });
  topics.receive({ type: "HANDS_SNAPSHOT", state_version: 3, hands: [], server_time: "" });
  for (const version of [4, 4, 5])
    topics.receive({ type: "HANDS_IMPORTED", state_version: version, count: 0, hands: [] });
  expect(versions).toEqual([3, 4, 5]);
});
