/** The simulator is worth what it finds: with each of these faults put back, its own checks find it, and soon. */
import { expect, it } from "vitest";
import { SABOTAGES } from "./sabotage.ts";
import { simulate } from "./Simulation.ts";

const MAX_SEEDS = 1000;
const TIMEOUT_MS = 120_000;

it.each(Object.entries(SABOTAGES))(
  "%s",
  async (name, sabotage) => {
    let found: string | undefined;
    let seed = 0;
    while (found === undefined && seed < MAX_SEEDS)
      found = (await simulate(++seed, sabotage)).violation;
    expect(found).toBeDefined();
    console.log(`${name}: found with seed ${seed}: ${found}`);
  },
  TIMEOUT_MS,
);
