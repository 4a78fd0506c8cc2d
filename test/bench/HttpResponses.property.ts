import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HttpResponses } from "../../bench/load/HttpResponses.ts";

const withLength = (status: number, body: string) =>
  `HTTP/1.1 ${status} Reason\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const inChunks = (status: number, body: string) => {
  const half = Math.ceil(body.length / 2);
  const chunks = [body.slice(0, half), body.slice(half), ""];
  const sent = chunks.filter((chunk, index) => chunk !== "" || index === 2);
  return `HTTP/1.1 ${status} Reason\r\nTransfer-Encoding: chunked\r\n\r\n${sent
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    .join("")}`;
};

const response = fc.record({
  status: fc.constantFrom(200, 201, 409, 503),
  body: fc.string({ maxLength: 40 }),
  chunked: fc.boolean(),
});

test("responses are counted once each, in order, wherever the stream is cut", () => {
  fc.assert(
    fc.property(
      fc.array(response, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      (responses, cuts) => {
        const stream = Buffer.from(
          responses
            .map(({ status, body, chunked }) => (chunked ? inChunks : withLength)(status, body))
            .join(""),
        );
        const got: Array<number> = [];
        const bodies: Array<string> = [];
        const reader = new HttpResponses((status, body) => {
          got.push(status);
          bodies.push(body());
        });
        const ends = [...cuts.map((cut) => cut % (stream.length + 1)), stream.length];
        let from = 0;
        for (const end of ends.toSorted((a, b) => a - b)) {
          reader.push(stream.subarray(from, end));
          from = end;
        }
        expect(got).toEqual(responses.map(({ status }) => status));
        for (const [index, { body, chunked }] of responses.entries())
          // A chunked body is given as it came.
          expect(bodies[index]).toContain(
            chunked ? body.slice(0, Math.ceil(body.length / 2)) : body,
          );
      },
    ),
  );
});

test("a response without a length is an error, not a guess", () => {
  const reader = new HttpResponses(() => {});
  expect(() => reader.push(Buffer.from("HTTP/1.1 200 OK\r\n\r\nbody"))).toThrow("without a length");
});
