import { expect, it } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import type { AnyOutcome, Delivery, Letter } from "../../src/actor/Message.ts";
import { Outbox } from "../../src/actor/Outbox.ts";

const MAX_BATCH = 256;
const CAPACITY = 4096;

/** A transport that keeps its calls until the test answers them. */
const openOutbox = () => {
  const calls: Array<{
    readonly to: string;
    readonly tags: ReadonlyArray<string>;
    readonly answer: () => Promise<void>;
    readonly lose: () => Promise<void>;
  }> = [];
  const outbox = new Outbox(
    (kind, entityId, letters) =>
      new Promise((resolve, reject) => {
        const handled = () => new Promise<void>((done) => void setImmediate(done));
        calls.push({
          to: `${kind}:${entityId}`,
          tags: letters.map(({ tag }) => tag),
          answer: () => {
            resolve(letters.map(({ tag }) => ({ ok: true, value: tag, replayed: false })));
            return handled();
          },
          lose: () => {
            reject(new Error("the line is dead"));
            return handled();
          },
        });
      }),
  );
  const answers = new Map<string, AnyOutcome>();
  const send = (tag: string, entityId = "a") => {
    const letter: Letter = {
      tag,
      payload: { entityId },
      requestId: undefined,
      by: undefined,
      fingerprint: undefined,
    };
    const delivery: Delivery = { ...letter, answer: (outcome) => void answers.set(tag, outcome) };
    outbox.send("counter", delivery);
  };
  return { answers, calls, send };
};

it("has one call an entity in flight; what comes meanwhile goes together in the next", async () => {
  const { answers, calls, send } = openOutbox();
  for (const tag of ["1", "2", "3"]) send(tag);
  send("other", "b");
  expect(calls.map(({ tags, to }) => [to, tags])).toEqual([
    ["counter:a", ["1"]],
    ["counter:b", ["other"]],
  ]);
  await calls[0]?.answer();
  expect(calls[2]?.tags).toEqual(["2", "3"]);
  await calls[2]?.answer();
  expect(["1", "2", "3"].map((tag) => answers.get(tag))).toEqual(
    ["1", "2", "3"].map((value) => ({ ok: true, value, replayed: false })),
  );
  send("4");
  expect(calls[3]?.tags).toEqual(["4"]);
});

it("says of a lost call that its outcome is unknown, and goes on", async () => {
  const { answers, calls, send } = openOutbox();
  for (const tag of ["1", "2"]) send(tag);
  await calls[0]?.lose();
  const lost = answers.get("1");
  expect(lost?.ok === false && lost.error).toBeInstanceOf(Unavailable);
  expect(lost).toMatchObject({ error: { reason: expect.stringContaining("unknown") } });
  expect(calls[1]?.tags).toEqual(["2"]);
});

it("bounds a call and what waits for one entity", async () => {
  const { answers, calls, send } = openOutbox();
  for (let i = 0; i <= CAPACITY + 1; i++) send(`${i}`);
  expect([...answers.keys()]).toEqual([`${CAPACITY + 1}`]);
  expect(answers.get(`${CAPACITY + 1}`)).toMatchObject({ error: { _tag: "Unavailable" } });
  await calls[0]?.answer();
  expect(calls[1]?.tags).toHaveLength(MAX_BATCH);
});
