import { expect, it } from "vitest";
import { InFlight } from "../../src/gateway/InFlight.ts";

it("settles at once when nothing is under way, and when the last of it ends", async () => {
  const inFlight = new InFlight();
  expect(await inFlight.settled(0)).toBe(0);
  inFlight.began();
  inFlight.began();
  const settled = inFlight.settled(60_000);
  inFlight.ended();
  inFlight.ended();
  expect(await settled).toBe(0);
});

it("waits no longer than it is told to, and says how much is left", async () => {
  const inFlight = new InFlight();
  inFlight.began();
  inFlight.began();
  inFlight.ended();
  expect(await inFlight.settled(1)).toBe(1);
});
