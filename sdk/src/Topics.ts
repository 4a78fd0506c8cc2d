/**
 * The topics that are watched here. However many watch a topic, it is subscribed once, for as long as anyone watches; over
 * each new connection it is resumed after the version that was last seen, so that the server sends what was missed, or a
 * snapshot when it no longer remembers. Each watcher has its own `Cursor`, so one that comes late disturbs no other.
 */
import { createCursor } from "./Cursor.ts";
import type { Cursor } from "./Cursor.ts";
import type { Refusal } from "./Command.ts";
import type { Timers, Timing } from "./Timers.ts";
import { topicFrame } from "./TopicFrame.ts";
import type { TopicFrame } from "./TopicFrame.ts";
import type { ClientFrame, ServerFrame } from "./wire.ts";

export interface Watcher {
  readonly frame: (frame: TopicFrame) => void;
  /** The server does not give this topic: there is none of the name, or it is somebody else's. */
  readonly refused?: (refusal: Refusal) => void;
}

export interface TopicWatch {
  /** What the watcher got after `version` is to come again; null: from a snapshot on. */
  readonly rewind: (version: number | null) => void;
  readonly close: () => void;
}

export interface Topics {
  /** `after`: the version that the watcher has already; without it a snapshot comes first. */
  readonly watch: (topic: string, watcher: Watcher, after?: number | null) => TopicWatch;
  /** To be given every frame of the connection, in its order. */
  readonly receive: (frame: ServerFrame) => void;
  readonly online: () => void;
  readonly offline: () => void;
  readonly close: () => void;
}

export interface TopicsOptions {
  readonly send: (frame: ClientFrame) => void;
  /** An answer has not come in time. */
  readonly onSilence: () => void;
  readonly timers: Timers;
  readonly timing: Pick<Timing, "answerTimeoutMs">;
  readonly onError: (error: unknown) => void;
}

/** A topic that is watched again so soon was never left: pages change, components are replaced. */
const LINGER_MS = 2_000;
/** Frames of one answer come together; what is missing after that is asked for. */
const GAP_MS = 20;
/** The wait for what is missing doubles with each answer that brings nothing, up to GAP_MS · 2⁸, some 5 s. */
const MAX_DOUBLINGS = 8;
/** When the server does not say how long to wait. */
const RETRY_MS = 1_000;
const RETRIED_CODES: readonly string[] = ["unavailable", "rate_limited", "internal_error"];
/**
 * A snapshot older than what was seen may come from a gateway that lags behind for a moment. The second in a row says
 * that the server has gone back, to a backup perhaps, and what was seen is no longer true.
 */
const STEPS_BACK_BELIEVED = 2;

interface Watching {
  readonly cursor: Cursor;
  readonly watcher: Watcher;
}

interface Topic {
  readonly name: string;
  readonly watchings: Set<Watching>;
  /** Of the question that is under way. */
  requestId: string | null;
  /** Questions in a row whose answer was followed by no frame. */
  fruitless: number;
  stepsBack: number;
  isRefused: boolean;
  cancelTimer: () => void;
  cancelLinger: () => void;
}

export function createTopics(options: TopicsOptions): Topics {
  const { onError, send, timers, timing } = options;
  const topics = new Map<string, Topic>();
  /** Topics that the server gives unasked, and has been told not to. */
  const unwanted = new Set<string>();
  let isOnline = false;
  let requests = 0;
  /** The topic whose question has just been answered: if the next frame is its snapshot, that is part of the answer. */
  let answered: Topic | null = null;

  const ask = (topic: Topic): void => {
    if (!isOnline || topic.requestId !== null || topic.watchings.size === 0) return;
    const versions = [...topic.watchings].map(({ cursor }) => cursor.version());
    const known = versions.filter((version) => version !== null);
    requests += 1;
    const id = `topic-${requests}`;
    topic.requestId = id;
    topic.isRefused = false;
    wait(topic, timing.answerTimeoutMs, () => {
      options.onSilence();
      topic.requestId = null;
      ask(topic);
    });
    if (known.length < versions.length) send({ type: "SUBSCRIBE", id, topic: topic.name });
    else send({ type: "RESUME", id, topic: topic.name, after_version: Math.min(...known) });
  };
  const wait = (topic: Topic, ms: number, run: () => void): void => {
    topic.cancelTimer();
    topic.cancelTimer = timers.after(ms, run);
  };
  const isIncomplete = (topic: Topic): boolean =>
    topic.stepsBack > 0 || [...topic.watchings].some(({ cursor }) => cursor.isMissing());
  const repair = (topic: Topic): void => {
    if (topic.requestId !== null || topic.isRefused || !isIncomplete(topic)) return;
    wait(topic, GAP_MS * 2 ** Math.min(topic.fruitless, MAX_DOUBLINGS), () => {
      if (isIncomplete(topic)) ask(topic);
    });
  };

  const accept = (frame: TopicFrame, isAnswer: boolean): void => {
    const topic = topics.get(frame.topic);
    if (topic === undefined) {
      if (unwanted.has(frame.topic)) return;
      unwanted.add(frame.topic);
      return send({ type: "UNSUBSCRIBE", topic: frame.topic });
    }
    topic.fruitless = 0;
    const isStepBack =
      isAnswer &&
      frame.kind === "snapshot" &&
      [...topic.watchings].some(({ cursor }) => frame.version < (cursor.version() ?? -1));
    topic.stepsBack = isStepBack ? topic.stepsBack + 1 : isAnswer ? 0 : topic.stepsBack;
    const isBelieved = topic.stepsBack >= STEPS_BACK_BELIEVED;
    if (isBelieved) topic.stepsBack = 0;
    for (const { cursor } of [...topic.watchings]) cursor.accept(frame, isBelieved);
    repair(topic);
  };

  const refuse = (topic: Topic, frame: Extract<ServerFrame, { readonly type: "ERROR" }>): void => {
    const { type: _type, id: _id, code, detail, ...fields } = frame;
    topic.requestId = null;
    if (RETRIED_CODES.includes(code)) {
      const waitMs = "retry_after_ms" in fields ? Number(fields.retry_after_ms) : RETRY_MS;
      return wait(topic, waitMs, () => ask(topic));
    }
    topic.cancelTimer();
    topic.isRefused = true;
    for (const { watcher } of [...topic.watchings]) {
      try {
        watcher.refused?.({ code, detail, fields });
      } catch (error) {
        onError(error);
      }
    }
  };
  const asked = (id: string | undefined): Topic | undefined =>
    id === undefined ? undefined : [...topics.values()].find(({ requestId }) => requestId === id);

  const open = (name: string): Topic => {
    const topic: Topic = {
      name,
      watchings: new Set(),
      requestId: null,
      fruitless: 0,
      stepsBack: 0,
      isRefused: false,
      cancelTimer: () => undefined,
      cancelLinger: () => undefined,
    };
    topics.set(name, topic);
    unwanted.delete(name);
    return topic;
  };
  const leave = (topic: Topic): void => {
    topic.cancelTimer();
    topics.delete(topic.name);
    send({ type: "UNSUBSCRIBE", topic: topic.name });
  };

  return {
    watch: (name, watcher, after = null) => {
      const topic = topics.get(name) ?? open(name);
      topic.cancelLinger();
      const cursor = createCursor(after, (frame) => {
        try {
          watcher.frame(frame);
        } catch (error) {
          onError(error);
        }
      });
      const watching = { cursor, watcher };
      topic.watchings.add(watching);
      ask(topic);
      return {
        rewind: (version) => {
          cursor.rewind(version);
          ask(topic);
        },
        close: () => {
          if (!topic.watchings.delete(watching) || topic.watchings.size > 0) return;
          topic.cancelLinger = timers.after(LINGER_MS, () => leave(topic));
        },
      };
    },
    receive: (frame) => {
      const ofTopic = topicFrame(frame);
      const before = answered;
      answered = null;
      const isAnswer = before !== null && before.name === ofTopic?.topic;
      // An answer without a snapshot: the server knows the version that was named.
      if (before !== null && !isAnswer) before.stepsBack = 0;
      if (ofTopic !== undefined) return accept(ofTopic, isAnswer);
      if (frame.type !== "SUBSCRIBED" && frame.type !== "ERROR") return;
      const topic = asked(frame.id);
      if (topic === undefined) return;
      if (frame.type === "ERROR") return refuse(topic, frame);
      topic.requestId = null;
      topic.cancelTimer();
      answered = topic;
      repair(topic);
      topic.fruitless += 1;
    },
    online: () => {
      isOnline = true;
      for (const topic of topics.values()) ask(topic);
    },
    offline: () => {
      isOnline = false;
      answered = null;
      unwanted.clear();
      for (const topic of topics.values()) {
        topic.cancelTimer();
        topic.requestId = null;
        for (const { cursor } of topic.watchings) cursor.connectionLost();
      }
    },
    close: () => {
      for (const topic of topics.values()) {
        topic.cancelTimer();
        topic.cancelLinger();
      }
      topics.clear();
    },
  };
}
