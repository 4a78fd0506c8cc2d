/**
 * Fan-out with nothing around it: a bare uWebSockets.js server that publishes the same bytes to every socket, on the
 * same schedule. What ours spends beyond this is what its sessions, topics and versions cost.
 */
import uWS from "uWebSockets.js";
import { serveWorker } from "../support/Worker.ts";

export interface PublishRequest {
  /** A frame of ours; its tick, the one thing that changes, is counted up. */
  readonly sample: string;
  readonly framesPerSecond: number;
}

export interface PublishReply {
  readonly port: number;
}

const TOPIC = "lobby";
/** As much as ours lets a slow reader owe. */
const MAX_BACKPRESSURE_BYTES = 1024 * 1024;

function numbered(sample: string, tick: number) {
  return sample.replace(/"tick":\d+/, `"tick":${tick}`);
}

serveWorker<PublishRequest, PublishReply>(({ sample, framesPerSecond }) => {
  const app = uWS.App();
  app.ws("/*", {
    maxBackpressure: MAX_BACKPRESSURE_BYTES,
    open: (socket) => {
      socket.subscribe(TOPIC);
    },
  });
  const intervalMs = 1000 / framesPerSecond;
  // As many digits as in the sample, so that the length stays the same.
  let tick = 10 ** ((/"tick":(\d+)/.exec(sample)?.[1]?.length ?? 1) - 1);
  let dueAt = performance.now();
  function publish() {
    app.publish(TOPIC, numbered(sample, tick), false);
    tick += 1;
    // Due by the clock, not by the timer, which drifts; what a stall has missed is not sent in a burst after it.
    const now = performance.now();
    dueAt = Math.max(dueAt + intervalMs, now);
    setTimeout(publish, dueAt - now);
  }
  return new Promise((resolve, reject) => {
    app.listen("127.0.0.1", 0, (listening) => {
      if (listening === false) return reject(new Error("The server could not listen."));
      publish();
      resolve({ port: uWS.us_socket_local_port(listening) });
    });
  });
});
