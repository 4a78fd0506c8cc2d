import type { Page } from "playwright-core";
import type { ServerFrame } from "../../../rpc/frames.ts";

/**
 * What the server tells the page by WebSocket, over sockets opened from now on. For what the page shows for a moment
 * only, which on a busy machine may be over before it is painted.
 */
export function hear(page: Page): readonly ServerFrame[] {
  const heard: ServerFrame[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      heard.push(JSON.parse(String(payload)) as ServerFrame);
    });
  });
  return heard;
}
