/** A watcher at the entity's own process that looks at nothing but the frames. */
import type { HubWatcher } from "../../src/actor/TopicHub.ts";

export const onFrame = (frame: HubWatcher["frame"]): HubWatcher => ({ frame, opened: () => {} });
