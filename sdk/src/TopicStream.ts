/**
 * A topic as an endless sequence to be read with `for await`. Who reads slowly gets samples less often, but no change
 * less: when too many wait, they are dropped together and asked for again once the reader has come so far.
 */
import type { Refusal } from "./Command.ts";
import type { TopicFrame } from "./TopicFrame.ts";
import type { Topics } from "./Topics.ts";
import type { ServerFrame } from "./wire.ts";

/** Why a topic cannot be read. */
export class TopicRefused extends Error {
  readonly refusal: Refusal;

  constructor(topic: string, refusal: Refusal) {
    super(`${topic}: ${refusal.detail}`);
    this.name = "TopicRefused";
    this.refusal = refusal;
  }
}

/** As many changes as the server remembers for those who resume. */
const MAX_WAITING = 256;

/** Throws `TopicRefused` when the server does not give the topic. Ends when the reader leaves its loop. */
export async function* topicStream(
  topics: Topics,
  topic: string,
  after: number | null,
): AsyncGenerator<ServerFrame, void, undefined> {
  let waiting: TopicFrame[] = [];
  let refusal: Refusal | undefined;
  /** Of what the reader has been given. */
  let version = after;
  let isBehind = false;
  let wake = (): void => undefined;
  const watch = topics.watch(
    topic,
    {
      frame: (frame) => {
        if (isBehind) return;
        waiting = waiting.filter(({ kind }) => kind !== "sample" || frame.kind !== "sample");
        waiting.push(frame);
        if (waiting.length > MAX_WAITING) {
          isBehind = true;
          waiting = [];
        }
        wake();
      },
      refused: (why) => {
        refusal = why;
        wake();
      },
    },
    after,
  );
  try {
    for (;;) {
      const next = waiting.shift();
      if (next !== undefined) {
        version = next.version;
        yield next.frame;
      } else if (refusal !== undefined) {
        throw new TopicRefused(topic, refusal);
      } else {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (isBehind) {
          isBehind = false;
          watch.rewind(version);
        }
        await more;
      }
    }
  } finally {
    watch.close();
  }
}
