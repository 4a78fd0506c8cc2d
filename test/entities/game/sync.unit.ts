/** How often a lobby tells the present to those who watch it. */
import { describe, expect, it } from "vitest";
import type { ServerFrame } from "../../../rpc/frames.ts";
import { onFrame } from "../../support/onFrame.ts";
import { Casino, LOBBY } from "./Casino.ts";

type Sync = Extract<ServerFrame, { readonly type: "STATE_SYNC" }>;

/** Clients take a longer silence for a lost connection. */
const SILENCE_MS = 2_000;
/** How soon a change is to be seen. */
const LOOK_MS = 250;

const watch = (casino: Casino) => {
  const seen: Array<Sync & { readonly at: number }> = [];
  const { close } = casino.topics.watch(
    `lobby:${LOBBY}`,
    onFrame(({ text }) => {
      const frame = JSON.parse(text) as ServerFrame;
      if (frame.type === "STATE_SYNC") seen.push({ ...frame, at: casino.clock.now() });
    }),
  );
  return { seen, close };
};
const gaps = (seen: ReadonlyArray<{ readonly at: number }>) =>
  seen.slice(1).map(({ at }, i) => at - seen[i]!.at);
const win = (runner: number) => ({ market: "win", selection: [runner], stake: 10_000 }) as const;

describe("a lobby that takes bets", () => {
  it("is told seldom while nobody bets, and never later than clients wait", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: 60_000 });
    const { seen } = watch(casino);
    await casino.pass(20_000);
    const silences = gaps(seen);
    expect(Math.max(...silences)).toBeLessThanOrEqual(SILENCE_MS);
    expect(Math.min(...silences)).toBeGreaterThan(LOOK_MS * 4);
    expect(new Set(seen.map(({ state_version }) => state_version)).size).toBe(1);
  });

  it("is told soon after each change: a bet in any market, a bet taken back", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: 60_000 });
    const { seen } = watch(casino);
    await casino.pass(5_000);
    const placed = await casino.bet("ada", "k1", win(3));
    await casino.pass(LOOK_MS);
    expect(seen.at(-1)).toMatchObject({ at: casino.clock.now(), pools: { win: 10_000 } });
    await casino.bet("ada", "k2", { ...win(4), market: "place" });
    await casino.pass(LOOK_MS);
    expect(seen.at(-1)).toMatchObject({ at: casino.clock.now(), pools: { place: 10_000 } });
    if (placed?.ok !== true) throw new Error("the bet was refused");
    await casino.cancel("ada", "k3", placed.value.bet_id);
    await casino.pass(LOOK_MS);
    expect(seen.at(-1)).toMatchObject({ at: casino.clock.now(), pools: { win: 0 } });
    const told = seen.length;
    await casino.pass(LOOK_MS * 4);
    expect(seen).toHaveLength(told);
  });

  it("is told to who comes back, and after the clock was set back", async () => {
    const casino = await Casino.open(["ada"], { bettingMs: 3_600_000 });
    watch(casino).close();
    const { seen } = watch(casino);
    await casino.pass(SILENCE_MS);
    expect(seen.length).toBeGreaterThan(0);
    casino.clock.jump(-600_000);
    const told = seen.length;
    await casino.pass(LOOK_MS);
    expect(seen).toHaveLength(told + 1);
  });
});

it("a race is told at its rate, moved or not", async () => {
  const casino = await Casino.open(["ada"], { syncHz: 10 });
  await casino.until("racing");
  const { seen } = watch(casino);
  await casino.pass(1_000);
  expect(seen).toHaveLength(10);
  expect(new Set(gaps(seen))).toEqual(new Set([100]));
});
