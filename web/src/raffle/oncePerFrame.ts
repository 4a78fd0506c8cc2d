import type { Readable } from "../../../sdk/src/index.ts";

/**
 * The same value, told of at most once a frame: in a rush a raffle changes a thousand times a second, and nobody sees more
 * than one picture a frame. In a page that is not looked at it waits until it is.
 */
export function oncePerFrame<Value>({ get, subscribe }: Readable<Value>): Readable<Value> {
  let shown = get();
  return {
    get: () => shown,
    subscribe: (listener) => {
      let request = 0;
      const show = () => {
        request = 0;
        const next = get();
        if (Object.is(next, shown)) return;
        shown = next;
        listener();
      };
      const plan = () => {
        if (request === 0) request = requestAnimationFrame(show);
      };
      const stop = subscribe(plan);
      // What has happened before it was listened to.
      plan();
      return () => {
        stop();
        cancelAnimationFrame(request);
      };
    },
  };
}
