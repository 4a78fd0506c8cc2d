import * as fc from "fast-check";
import { expect, test } from "vitest";
import { clientFrame, FrameReader, OPCODE } from "../../bench/load/WebSocketFrames.ts";

/** A server's frame: unmasked. */
const serverFrame = (payload: Buffer) => {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.of(0x80 | OPCODE.text, length), payload]);
  if (length < 65_536) {
    const head = Buffer.of(0x80 | OPCODE.text, 126, 0, 0);
    head.writeUInt16BE(length, 2);
    return Buffer.concat([head, payload]);
  }
  const head = Buffer.alloc(10);
  head.set([0x80 | OPCODE.text, 127]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
};

const payload = fc
  .tuple(fc.constantFrom(0, 1, 125, 126, 127, 300, 65_535, 65_536), fc.nat(255))
  .map(([length, byte]) => Buffer.alloc(length, byte));

test("frames come out whole and in order, wherever the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(payload, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (payloads, cuts) => {
        const stream = Buffer.concat(payloads.map(serverFrame));
        const got: Array<Buffer> = [];
        const reader = new FrameReader((bytes, start, end) =>
          got.push(Buffer.from(bytes.subarray(start, end))),
        );
        const edges = [0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length];
        const ends = edges.toSorted((a, b) => a - b);
        for (const [index, end] of ends.entries()) {
          // The same buffer each time, as a socket's reads are.
          const chunk = Buffer.from(stream.subarray(ends[index - 1] ?? 0, end));
          reader.push(chunk);
          chunk.fill(0);
        }
        expect(got.length).toBe(payloads.length);
        for (const [index, expected] of payloads.entries())
          expect(got[index]!.equals(expected)).toBe(true);
      },
    ),
    { numRuns: 50 },
  );
});

test("a client's frame is final, masked with zero, and bears its length", () => {
  expect([...clientFrame(OPCODE.text, Buffer.from("hi"))]).toEqual([
    0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69,
  ]);
  const long = clientFrame(OPCODE.text, Buffer.alloc(300));
  expect([...long.subarray(0, 8)]).toEqual([0x81, 0x80 | 126, 1, 44, 0, 0, 0, 0]);
  expect(() => clientFrame(OPCODE.text, Buffer.alloc(65_536))).toThrow(RangeError);
});
