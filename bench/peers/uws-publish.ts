/**
 * Fan-out with nothing around it: a bare uWebSockets.js server that publishes the same bytes to every socket, on the
 * same schedule. What ours spends beyond this is what its sessions, topics and versions cost.
 */
import uWS from "uWebSockets.js";
import { serveWorker } from "../support/Worker.ts";

export interface PublishRequest {
  /** A frame of ours; its number in `field`, the one thing that changes, is counted up. */
  readonly sample: string;
  readonly field: "tick" | "state_version";
  readonly framesPerSecond: number;
}

export interface PublishReply {
  readonly port: number;
}

const TOPIC = "watched";
/** As much as ours lets a slow reader owe. */
const MAX_BACKPRESSURE_BYTES = 1024 * 1024;

serveWorker<PublishRequest, PublishReply>(({ field, framesPerSecond, sample }) => {
  const app = uWS.App();
  app.ws("/*", {
    maxBackpressure: MAX_BACKPRESSURE_BYTES,
    open: (socket) => {
      socket.subscribe(TOPIC);
    },
  });
  const intervalMs = 1000 / framesPerSecond;
  const numberAt = new RegExp(`"${field}":(\\d+)`);
  // As many digits as in the sample, so that the length stays the same.
  let number = 10 ** ((numberAt.exec(sample)?.[1]?.length ?? 1) - 1);
  let dueAt = performance.now();
  function publish() {
    app.publish(TOPIC, sample.replace(numberAt, `"${field}":${number}`), false);
    number += 1;
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
