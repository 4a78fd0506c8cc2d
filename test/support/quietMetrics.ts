/** For systems whose figures a test does not look at. */
import type { ActorMetrics } from "../../src/actor/ActorEnvironment.ts";

export const quietMetrics: ActorMetrics = {
  decided: () => {},
  committed: () => {},
  fenced: () => {},
  didItself: () => {},
  resumed: () => {},
  recoveredFromSnapshot: () => {},
};
