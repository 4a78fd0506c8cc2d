/**
 * Property tests draw the same cases in each run of `npm test`: a change fails by what it changed, not by chance.
 * New cases are for `npm run fuzz`, which sets the variables below. Pure tests have this as their setup; any other test
 * that draws imports it.
 */
import * as FastCheck from "effect/FastCheck";
import fc from "fast-check";
import { beforeAll, beforeEach, type RunnerTask } from "vitest";

/** Any number: it was not chosen for what it draws. */
const SEED = 20_251_122;

/** The seed of the first time that a test runs, and of the only one unless it is repeated. */
const seed = Number(process.env["FAST_CHECK_SEED"] ?? SEED);
/** How often each pure test runs, each time with a seed of its own and within the same time limit. */
const times = Number(process.env["FAST_CHECK_TIMES"] ?? 1);

/** Seeds that follow each other draw alike at first; these do not. */
const STRIDE = 0x9e37_79b1;

const draw = (seed: number) => {
  const settings = { seed, includeErrorInReport: true };
  fc.configureGlobal(settings);
  // What Effect makes of schemas comes from a copy of its own.
  FastCheck.configureGlobal(settings);
};

// A file may draw before its tests.
draw(seed);

const repeat = (tasks: ReadonlyArray<RunnerTask>): void => {
  for (const task of tasks) {
    if (task.type === "suite") repeat(task.tasks);
    else task.repeats = times - 1;
  }
};

// Only what is pure may be sure to leave nothing behind for its next time.
if (times > 1)
  beforeAll((file) => {
    if (file.file.projectName === "pure") repeat(file.tasks);
  });
beforeEach(({ task }) => draw((seed + (task.result?.repeatCount ?? 0) * STRIDE) | 0));
