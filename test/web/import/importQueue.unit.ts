import { expect, test } from "vitest";
import { countHands } from "../../../web/src/import/countHands.ts";
import {
  again,
  cancelled,
  totalsOf,
  withFiles,
  withItem,
} from "../../../web/src/import/importQueue.ts";
import type { Item } from "../../../web/src/import/importQueue.ts";

const done = (imported: number, failed_count = 0): Item["state"] => ({
  kind: "done",
  result: { imported, duplicates: 1, summaries: 0, failed: [], failed_count },
});
const two = withFiles(
  [],
  [
    { path: "a.txt", bytes: 100 },
    { path: "b.txt", bytes: 300 },
  ],
);

test("a file that is there or went through is not taken again; one that failed is", () => {
  const items = withItem(two, 0, { state: done(3) });
  expect(withFiles(items, [{ path: "a.txt", bytes: 100 }])).toHaveLength(2);
  expect(withFiles(items, [{ path: "a.txt", bytes: 101 }])).toHaveLength(3);
  const failed = withItem(two, 0, {
    state: { kind: "failed", refusal: { code: "offline", detail: "", fields: {} } },
  });
  expect(withFiles(failed, [{ path: "a.txt", bytes: 100 }])).toHaveLength(3);
});

test("progress counts what has gone of all, results what has come of it", () => {
  const sending = withItem(withItem(two, 0, { state: done(3, 2) }), 1, {
    state: { kind: "sending", sentBytes: 50, isWaiting: false },
    hands: 7,
  });
  expect(totalsOf(sending)).toMatchObject({
    files: 2,
    ended: 1,
    bytes: 400,
    sentBytes: 150,
    hands: 7,
    imported: 3,
    duplicates: 1,
    refused: 2,
    isRunning: true,
  });
});

test("what is cancelled can be sent again; what has come through stays", () => {
  const items = withItem(two, 0, { state: done(3) });
  const stopped = cancelled(items);
  expect(stopped.map(({ state }) => state.kind)).toEqual(["done", "cancelled"]);
  expect(again(stopped).map(({ state }) => state.kind)).toEqual(["done", "waiting"]);
});

test("hands are counted by the lines that begin them, wherever a chunk ends", async () => {
  const header = "Winamax Poker - CashGame - HandId: #1-2-3 - Holdem no limit (0.01€/0.02€)\r\n";
  const text = `\uFEFF${header}Seat 1: x\n\n\n${header}he said ${header}\n`;
  expect(await countHands(new Blob([text]))).toBe(2);
  const bytes = [...new TextEncoder().encode(text)];
  const chunked = {
    stream: () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          for (let at = 0; at < bytes.length; at += 7)
            controller.enqueue(Uint8Array.from(bytes.slice(at, at + 7)));
          controller.close();
        },
      }),
  } as Blob;
  expect(await countHands(chunked)).toBe(2);
  expect(await countHands(new Blob(["Winamax Poker - Tournament summary : x(1)\n"]))).toBe(0);
});
