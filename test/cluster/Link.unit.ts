/** Two ends of a connection between processes, over the loopback: whole messages, in order, or none any more. */
import { EventEmitter, once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import fc from "fast-check";
import { Packr } from "msgpackr";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../src/actor/Clock.ts";
import { type Hello, Link } from "../../src/cluster/Link.ts";
import { type PeerMessage, PROTOCOL } from "../../src/cluster/PeerMessage.ts";
import type { ProcessInfo } from "../../src/cluster/ProcessReport.ts";
import { ManualClock } from "../support/ManualClock.ts";
import { signal, Tally } from "../support/Signal.ts";

const MAX_HELLO_BYTES = 4096;
const MAX_FRAME_BYTES = 64 * 1024 * 1024;
const MAX_MESSAGES_PER_FRAME = 1000;
const MEGABYTE = 1024 * 1024;

const HELLO: Hello = {
  protocol: PROTOCOL,
  token: "secret",
  info: { processId: "p", name: "p1" } as ProcessInfo,
};

const frame = (version: number, text = ""): PeerMessage => ({
  _tag: "Frame",
  topic: "lobby:l",
  version,
  sampled: false,
  text,
});

/** An end, with what it has heard. */
class End {
  readonly hellos: Array<Hello> = [];
  readonly batches: Array<ReadonlyArray<PeerMessage>> = [];
  readonly causes: Array<string> = [];
  readonly heard = new Tally("messages");
  readonly greeted = signal("a hello");
  readonly closed = signal("the end of the link");
  readonly link: Link;

  constructor(socket: Socket, clock = systemClock) {
    this.link = new Link(socket, clock, {
      hello: (hello) => {
        this.hellos.push(hello);
        this.greeted.fire();
      },
      messages: (messages) => {
        this.batches.push(messages);
        for (const _ of messages) this.heard.add();
      },
      closed: (cause) => {
        this.causes.push(cause);
        this.closed.fire();
      },
    });
  }

  get messages() {
    return this.batches.flat();
  }
}

const open: Array<() => void> = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** Both ends of a new connection over the loopback. */
const sockets = async (): Promise<readonly [Socket, Socket]> => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  const accepted = once(server, "connection") as Promise<[Socket]>;
  const dialled = connect(address.port, "127.0.0.1");
  // A reset is one of the ways to end.
  dialled.on("error", () => undefined);
  const [other] = await accepted;
  open.push(() => {
    dialled.destroy();
    other.destroy();
    server.close();
  });
  return [dialled, other];
};

/** Two ends that have introduced themselves. */
const linked = async (): Promise<readonly [End, End]> => {
  const [one, other] = (await sockets()).map((socket) => new End(socket)) as [End, End];
  one.link.introduce(HELLO);
  other.link.introduce(HELLO);
  await one.greeted.fired();
  await other.greeted.fired();
  return [one, other];
};

/** A stranger's bytes, and the end that gets them. */
const stranger = async () => {
  const [raw, socket] = await sockets();
  return { raw, end: new End(socket) };
};

const framed = (body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
};
const hello = framed(Buffer.from(JSON.stringify(HELLO)));

describe("messages", () => {
  it("arrive whole and in order, those of one turn together", async () => {
    const [one, other] = await linked();
    const sent = Array.from({ length: MAX_MESSAGES_PER_FRAME * 2 + 500 }, (_, i) => frame(i));
    for (const message of sent) one.link.send(message);
    await other.heard.more(sent.length);
    expect(other.messages).toEqual(sent);
    expect(other.batches.map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(one.batches).toEqual([]);
  });

  it("of several megabytes arrive", async () => {
    const [one, other] = await linked();
    const sent = [frame(1, "é".repeat(5 * MEGABYTE)), frame(2)];
    for (const message of sent) one.link.send(message);
    await other.heard.more(2);
    expect(other.messages).toEqual(sent);
  });

  it("keep what a contract's payload may hold", async () => {
    const [one, other] = await linked();
    const value = { text: "ü", big: 2 ** 52 + 1, part: 0.1, none: null, list: [true, { a: 1 }] };
    const sent = { _tag: "Answer", id: 1, ok: true, value, replayed: false } as const;
    one.link.send(sent);
    await other.heard.more(1);
    expect(other.messages).toEqual([sent]);
  });

  it("are the same wherever the bytes were cut on their way", async () => {
    const batch = fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 300 })), { minLength: 1 });
    const clock = new ManualClock();
    await fc.assert(
      fc.asyncProperty(
        fc.array(batch, { maxLength: 5 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        async (batches, cuts) => {
          const wire = new Wire();
          const sender = new End(wire.socket, clock);
          sender.link.introduce(HELLO);
          const sent = batches.map((some) => some.map(([version, text]) => frame(version, text)));
          for (const some of sent) {
            for (const message of some) sender.link.send(message);
            await clock.settled();
          }
          const far = new Wire();
          const receiver = new End(far.socket, clock);
          for (let at = 0; at < wire.bytes.length;) {
            const { value: size } = cuts.next();
            far.emitter.emit("data", wire.bytes.subarray(at, at + size));
            at += size;
          }
          expect(receiver.hellos).toEqual([HELLO]);
          expect(receiver.batches).toEqual(sent);
          expect(receiver.causes).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** A socket that keeps what is written; what arrives is what the test emits. */
class Wire {
  readonly emitter = new EventEmitter();
  bytes = Buffer.alloc(0);
  readonly socket = Object.assign(this.emitter, {
    writableLength: 0,
    setNoDelay: () => undefined,
    cork: () => undefined,
    uncork: () => undefined,
    destroy: () => undefined,
    write: (chunk: Buffer) => {
      this.bytes = Buffer.concat([this.bytes, chunk]);
    },
  }) as unknown as Socket;
}

describe("a stranger", () => {
  it("is heard as nothing but a hello, whatever it says first", async () => {
    const { end, raw } = await stranger();
    raw.write(framed(new Packr({ useRecords: false }).pack([frame(1)])));
    await end.closed.fired();
    expect([end.hellos, end.batches]).toEqual([[], []]);
    expect(end.causes).toEqual([expect.stringContaining("not understood")]);
  });

  it("may say a small hello only, and is cut off before it has said more", async () => {
    const { end, raw } = await stranger();
    raw.write(framed(Buffer.alloc(MAX_HELLO_BYTES + 1, " ")).subarray(0, 4));
    await end.closed.fired();
    expect([end.hellos, end.causes]).toEqual([[], [`a frame of ${MAX_HELLO_BYTES + 1} bytes`]]);
  });

  it("that has introduced itself may say more at once, and no more than a frame", async () => {
    const { end, raw } = await stranger();
    raw.write(hello);
    await end.greeted.fired();
    const length = Buffer.alloc(4);
    length.writeUInt32BE(MAX_FRAME_BYTES + 1);
    raw.write(length);
    await end.closed.fired();
    expect(end.causes).toEqual([`a frame of ${MAX_FRAME_BYTES + 1} bytes`]);
  });

  it("that says what is no MessagePack is cut off", async () => {
    const { end, raw } = await stranger();
    raw.write(hello);
    raw.write(framed(Buffer.from([0xc1, 0xc1])));
    await end.closed.fired();
    expect([end.batches, end.causes]).toEqual([[], [expect.stringContaining("not understood")]]);
  });
});

describe("an end that does not read", () => {
  it("is given up when too much waits for it", async () => {
    const [raw, socket] = await sockets();
    raw.pause();
    const { causes, closed, link } = new End(socket);
    const text = "x".repeat(8 * MEGABYTE);
    let sent = 0;
    while (link.isOpen && sent < 20) {
      link.send(frame(sent++, text));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await closed.fired();
    expect(causes).toEqual(["the peer reads too slowly"]);
    // Not at the first big message.
    expect(sent).toBeGreaterThanOrEqual(8);
  });
});

describe("the end", () => {
  it("is told once at both ends, and nothing is sent or heard afterwards", async () => {
    const [one, other] = await linked();
    one.link.send(frame(1));
    one.link.close("enough");
    one.link.close("more than enough");
    one.link.send(frame(2));
    await other.closed.fired();
    expect([one.causes, one.link.isOpen, other.link.isOpen]).toEqual([["enough"], false, false]);
    expect([other.causes.length, other.batches]).toEqual([1, []]);
  });

  it("in order lets everything be heard that was said before", async () => {
    const [one, other] = await linked();
    const sent = Array.from({ length: 3000 }, (_, i) => frame(i));
    for (const message of sent) one.link.send(message);
    one.link.end("the process is stopping");
    await other.closed.fired();
    expect(other.messages).toEqual(sent);
    expect(one.causes).toEqual(["the process is stopping"]);
  });

  it("comes with a reset, too", async () => {
    const { end, raw } = await stranger();
    raw.write(hello);
    await end.greeted.fired();
    raw.resetAndDestroy();
    await end.closed.fired();
    expect(end.causes).toHaveLength(1);
  });
});

it("knows when the other end was last heard", async () => {
  const clock = new ManualClock();
  const [raw, socket] = await sockets();
  const end = new End(socket, clock);
  const began = clock.now();
  expect(end.link.heardAt).toBe(began);
  await clock.advance(500);
  raw.write(hello);
  await end.greeted.fired();
  expect(end.link.heardAt).toBe(began + 500);
});
