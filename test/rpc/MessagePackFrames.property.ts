import * as fc from "fast-check";
import { RpcSerialization } from "@effect/rpc";
import { describe, expect, it } from "vitest";
import { MessagePackFrames, MessageRefused } from "../../src/rpc/MessagePackFrames.ts";

const MAX_BYTES = 4096;
const parser = RpcSerialization.makeMsgPack({ useRecords: false }).unsafeMake();
const pack = (value: unknown) => Buffer.from(parser.encode(value) as Uint8Array);

/** Cuts bytes at the given places, each taken modulo what is there. */
const cut = (bytes: Uint8Array, places: ReadonlyArray<number>) => {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted(
    (a, b) => a - b,
  );
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length));
};

const places = fc.array(fc.nat(), { maxLength: 20 });
const json = fc.jsonValue({ maxDepth: 4 });

describe("MessagePackFrames", () => {
  it("gives back all messages, whole and in order, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(json, { maxLength: 5 }), places, (messages, at) => {
        const stream = Buffer.concat(messages.map(pack));
        const frames = new MessagePackFrames(1_000_000);
        const read = cut(stream, at).flatMap((chunk) => {
          const whole = frames.push(chunk);
          return whole.length === 0 ? [] : parser.decode(whole);
        });
        expect(read).toEqual(messages.length === 0 ? [] : parser.decode(stream));
        expect(read).toHaveLength(messages.length);
      }),
    );
  });

  it("never gives a part of a message", () => {
    fc.assert(
      fc.property(json, fc.nat(), (message, at) => {
        const bytes = pack(message);
        const frames = new MessagePackFrames(1_000_000);
        expect(frames.push(bytes.subarray(0, at % bytes.length))).toHaveLength(0);
      }),
    );
  });

  it("reads or refuses any bytes, and keeps no more of them than a message may have", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), places, (bytes, at) => {
        const frames = new MessagePackFrames(MAX_BYTES);
        try {
          for (const chunk of cut(bytes, at)) frames.push(chunk);
        } catch (refusal) {
          expect(refusal).toBeInstanceOf(MessageRefused);
        }
      }),
    );
  });

  it.each([
    ["an array of 33 million", [0xdd, 0x01, 0xff, 0xff, 0xff]],
    ["a map of 4 billion", [0xdf, 0xff, 0xff, 0xff, 0xff]],
    ["a string of 4 GB", [0xdb, 0xff, 0xff, 0xff, 0xff]],
    ["arrays in arrays that add up", Array.from({ length: 100 }, () => [0xdc, 0x00, 0xff]).flat()],
    ["an array in an array, and so on", Array(65).fill(0x91)],
    ["an extension of the decoder's own", [0xd4, 0x72, 0x40]],
    ["a byte that MessagePack never uses", [0xc1]],
  ])("refuses %s when it is announced", (_, bytes) => {
    const frames = new MessagePackFrames(MAX_BYTES);
    expect(() => frames.push(Uint8Array.from(bytes))).toThrow(MessageRefused);
  });

  it("refuses a message that grows beyond the limit, and takes one just below", () => {
    const chunk = (length: number) => Buffer.alloc(length, 0x01);
    const header = Buffer.from([0xdc, 0x0f, 0x00]);
    const frames = new MessagePackFrames(MAX_BYTES);
    expect(frames.push(header)).toHaveLength(0);
    expect(frames.push(chunk(0x0f00))).toHaveLength(0x0f00 + 3);
    expect(() => frames.push(Buffer.from([0xda, 0x10, 0x00]))).toThrow(MessageRefused);
  });
});
