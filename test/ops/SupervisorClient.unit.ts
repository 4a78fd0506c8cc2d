import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { Unavailable } from "../../rpc/failure.ts";
import {
  openSupervision,
  type Supervise,
  type SupervisorChannel,
} from "../../src/ops/SupervisorClient.ts";

/** Nobody waits so long in a test that passes. */
const PATIENT_MS = 60_000;

/** A channel as Node's IPC has it: what is sent arrives as a copy. */
class Channel extends EventEmitter implements SupervisorChannel {
  connected = true;
  isBroken = false;
  readonly sent: Array<Supervise> = [];

  send(message: Supervise, sent: (failure: Error | null) => void): boolean {
    if (!this.isBroken) this.sent.push(JSON.parse(JSON.stringify(message)) as Supervise);
    sent(this.isBroken ? new Error("closed") : null);
    return !this.isBroken;
  }

  answer(to: number, answer: object): void {
    this.emit("message", { type: "supervised", id: this.sent[to]?.id, ...answer });
  }
}

const P2 = { processId: "p2-id", pid: 102 };

test("asks in the agreed words and tells what was done", async () => {
  const channel = new Channel();
  const supervision = openSupervision(channel, PATIENT_MS);
  expect(supervision.available).toBe(true);
  const killed = supervision.act("kill", P2);
  const added = supervision.act("add");
  expect(channel.sent).toEqual([
    { type: "supervise", id: 1, action: "kill", processId: "p2-id", pid: 102 },
    { type: "supervise", id: 2, action: "add" },
  ]);
  channel.answer(1, { ok: false, error: "five is enough" });
  channel.answer(0, { ok: true });
  expect(await killed).toEqual({ ok: true });
  expect(await added).toEqual({ ok: false, error: "five is enough" });
});

test("messages that are no answers of a supervisor's are left to others", async () => {
  const channel = new Channel();
  const supervision = openSupervision(channel, PATIENT_MS);
  const done = supervision.act("pause", P2);
  for (const message of [
    undefined,
    "hello",
    { type: "supervised" },
    { type: "other", id: 1, ok: true },
  ])
    channel.emit("message", message);
  channel.emit("message", { type: "supervised", id: 99, ok: false });
  channel.answer(0, { ok: true });
  expect(await done).toEqual({ ok: true });
});

test("a process without a channel has no supervision", async () => {
  const alone = openSupervision(new EventEmitter(), PATIENT_MS);
  expect(alone.available).toBe(false);
  await expect(alone.act("add")).rejects.toBeInstanceOf(Unavailable);
});

test("a supervisor that goes, is out of reach or does not answer is unavailable", async () => {
  const gone = new Channel();
  const supervision = openSupervision(gone, PATIENT_MS);
  const asked = supervision.act("stop", P2);
  gone.connected = false;
  gone.emit("disconnect");
  await expect(asked).rejects.toBeInstanceOf(Unavailable);
  expect(supervision.available).toBe(false);
  await expect(supervision.act("stop", P2)).rejects.toBeInstanceOf(Unavailable);
  expect(gone.sent).toHaveLength(1);

  const broken = new Channel();
  broken.isBroken = true;
  await expect(openSupervision(broken, PATIENT_MS).act("stop", P2)).rejects.toBeInstanceOf(
    Unavailable,
  );
  await expect(openSupervision(new Channel(), 1).act("stop", P2)).rejects.toBeInstanceOf(
    Unavailable,
  );
});
