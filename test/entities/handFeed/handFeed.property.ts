/** Any sequence of announcements, each as often and as late as crashes may make it, against a set and a sorted list. */
import { Schema } from "effect";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topic } from "../../../entities/handFeed/frames.ts";
import { broken } from "../../../entities/handFeed/invariants.ts";
import { LATEST_HANDS } from "../../../entities/handFeed/state.ts";
import { ServerFrame } from "../../../rpc/frames.ts";
import { DeciderRun } from "../../support/DeciderRun.ts";
import { batchOf, FEED, handFeedDesk } from "./desk.ts";

const AT = 1_700_000_000_000;
const BATCHES = 12;

/** How many hands each batch has, and in which order they are announced, again and again. */
const story = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 80 }), { minLength: BATCHES, maxLength: BATCHES }),
  order: fc.array(fc.integer({ min: 1, max: BATCHES }), { maxLength: 40 }),
});

const batchesOf = (sizes: ReadonlyArray<number>) => {
  let seq = 0;
  return sizes.map((size, n) => batchOf(n + 1, seq + 1, (seq += size)));
};

const decodeFrame = Schema.decodeUnknownSync(ServerFrame);

describe("the feed", () => {
  it("tells of each batch once, in frames without a gap, and shows the newest hands of all", () => {
    fc.assert(
      fc.property(story, ({ order, sizes }) => {
        const batches = batchesOf(sizes);
        const run = new DeciderRun(handFeedDesk, FEED);
        const told = new Set<number>();
        for (const batchId of order) {
          const batch = batches[batchId - 1];
          if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
          const decided = run.command("Announce", batch, AT);
          expect(decided).toMatchObject({
            ok: true,
            events: told.has(batchId) ? [] : [{ batchId }],
            reply: { stateVersion: told.add(batchId).size },
          });
          expect(broken(run.state)).toEqual([]);
        }
        const shown = batches.filter(({ batchId }) => told.has(batchId));
        expect(run.query("GetLatest", AT)).toEqual({
          stateVersion: told.size,
          announced: shown.reduce((sum, { hands }) => sum + hands, 0),
          latest: shown
            .flatMap(({ latest }) => latest)
            .toSorted((a, b) => b.seq - a.seq)
            .slice(0, LATEST_HANDS),
        });
        const frames = run.steps.flatMap(({ after, event, meta }) =>
          topic.frames(event, after, meta),
        );
        expect(frames.map(({ version }) => version)).toEqual(frames.map((_, n) => n + 1));
        for (const { frame } of frames) expect(decodeFrame(frame)).toEqual(frame);
        run.expectReplayToAgree();
      }),
    );
  });
});
