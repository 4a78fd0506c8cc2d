import { Arbitrary, Either, FastCheck as fc, Schema } from "effect";
import { expect, test } from "vitest";
import { ClientFrame } from "../../../rpc/frames.ts";
import { decodeClientFrame } from "../../../src/gateway/socket/ClientFrames.ts";

test("every frame of the contract is understood as the whole union would", () => {
  fc.assert(
    fc.property(Arbitrary.make(ClientFrame), (frame) => {
      expect(decodeClientFrame(JSON.stringify(frame))).toEqual(
        Schema.decodeUnknownEither(ClientFrame)(frame),
      );
    }),
  );
});

test("no text makes it throw, and what it takes is a frame", () => {
  const isFrame = Schema.is(ClientFrame);
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const decoded = decodeClientFrame(text);
      expect(Either.isLeft(decoded) || isFrame(decoded.right)).toBe(true);
    }),
  );
});

test.each([
  ["", ""],
  ["null", "type"],
  ["[]", "type"],
  ['{"type":"constructor"}', "type"],
  ['{"type":"PLACE_BET","market":"win","selection":[1],"stake":100}', "idempotency_key"],
  [
    '{"type":"PLACE_BET","idempotency_key":"k","market":"win","selection":[1],"stake":1.5}',
    "stake",
  ],
  ['{"type":"RESUME","topic":"lobby:1","after_version":"7"}', "after_version"],
])("%s is refused for its field %j", (text, path) => {
  const decoded = decodeClientFrame(text);
  expect(Either.isLeft(decoded) && decoded.left.failure.errors.map((error) => error.path)).toEqual([
    path,
  ]);
});

test("a refusal bears the client's id when it can be read", () => {
  const decoded = decodeClientFrame('{"type":"NOPE","id":"7"}');
  expect(Either.isLeft(decoded) && decoded.left.id).toBe("7");
});
