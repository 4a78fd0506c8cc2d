/** A body in pieces: nothing is lost, the client is held up and let go, and an end ends it. */
import { describe, expect, test } from "vitest";
import { BodyStream } from "../../src/gateway/BodyStream.ts";

const MIB = 1024 * 1024;

const stream = () => {
  const said: Array<"pause" | "resume"> = [];
  return {
    said,
    body: new BodyStream({ pause: () => said.push("pause"), resume: () => said.push("resume") }),
  };
};

const all = async (body: BodyStream) => {
  const pieces: Array<Uint8Array> = [];
  for await (const piece of body) pieces.push(piece);
  return [...Buffer.concat(pieces)];
};

describe("a body", () => {
  test("is read whole, whether it comes before the reader or after", async () => {
    const { body, said } = stream();
    body.push(Uint8Array.of(1, 2));
    const reading = all(body);
    body.push(Uint8Array.of(3));
    await Promise.resolve();
    body.push(Uint8Array.of(4));
    body.end();
    expect(await reading).toEqual([1, 2, 3, 4]);
    expect(said).toEqual([]);
  });

  test("holds the client up while much waits, and lets it go when half of that is read", async () => {
    const { body, said } = stream();
    for (let piece = 0; piece < 8; piece++) body.push(new Uint8Array(MIB / 4));
    expect(said).toEqual(["pause"]);
    const reader = body[Symbol.asyncIterator]();
    // The last piece that was given counts as waiting until the next is asked for.
    for (let piece = 0; piece < 6; piece++) await reader.next();
    expect(said).toEqual(["pause"]);
    await reader.next();
    expect(said).toEqual(["pause", "resume"]);
    body.push(new Uint8Array(MIB));
    expect(said).toEqual(["pause", "resume", "pause"]);
  });

  test("that ends while its client is held up lets it go; one that is cut off is not touched", async () => {
    const ended = stream();
    ended.body.push(new Uint8Array(2 * MIB));
    ended.body.end();
    expect(ended.said).toEqual(["pause", "resume"]);
    expect(await all(ended.body)).toHaveLength(2 * MIB);

    const cut = stream();
    cut.body.push(new Uint8Array(2 * MIB));
    cut.body.cut();
    cut.body.push(new Uint8Array(1));
    expect(await all(cut.body)).toHaveLength(2 * MIB);
    expect(cut.said).toEqual(["pause"]);
  });

  test("wakes a reader that waits when it is cut off", async () => {
    const { body } = stream();
    const reading = all(body);
    await Promise.resolve();
    body.cut();
    expect(await reading).toEqual([]);
  });
});
