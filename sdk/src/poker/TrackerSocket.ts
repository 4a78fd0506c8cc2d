/**
 * The trackers' entrance, which needs no token (`/ws?client_name=`). It has its own messages; here they become the frames
 * that players get of the same hands, so that all the rest need know one kind.
 */
import type { OpenSocket } from "../Socket.ts";
import type { HandSummaryBody, ServerFrame } from "../wire.ts";

export const TRACKER_PATH = "/ws?client_name=croupier-sdk";

/** Below its type a message is trusted, as a frame is. */
type Message =
  | {
      readonly type: "connection_ack";
      readonly data: { readonly client_id: string; readonly server_time: string };
    }
  | { readonly type: "heartbeat"; readonly data: { readonly server_time: string } }
  | {
      readonly type: "snapshot";
      readonly data: { readonly hands: readonly HandSummaryBody[] };
      readonly state_version: number;
    }
  | { readonly type: "new_hand"; readonly data: HandSummaryBody; readonly state_version: number }
  | {
      readonly type: "hands_imported";
      readonly data: { readonly count: number };
      readonly state_version: number;
    };

/** Opens sockets whose messages come translated; those that have no translation come as they are. */
export const trackerSocket =
  (open: OpenSocket): OpenSocket =>
  (url, events) =>
    open(url, { ...events, message: (text) => events.message(translated(text)) });

function translated(text: string): string {
  let message: Message;
  try {
    message = JSON.parse(text) as Message;
  } catch {
    return text;
  }
  const frame = frameOf(message);
  return frame === undefined ? text : JSON.stringify(frame);
}

function frameOf(message: Message): ServerFrame | undefined {
  switch (message?.type) {
    case "connection_ack":
      return { type: "CONNECTION_ACK", ...message.data };
    case "heartbeat":
      return { type: "HEARTBEAT", ...message.data };
    case "snapshot": {
      const { data, state_version } = message;
      return { type: "HANDS_SNAPSHOT", state_version, hands: data.hands, server_time: "" };
    }
    case "new_hand": {
      const { data, state_version } = message;
      return { type: "HANDS_IMPORTED", state_version, count: 1, hands: [data] };
    }
    case "hands_imported": {
      const { data, state_version } = message;
      return { type: "HANDS_IMPORTED", state_version, count: data.count, hands: [] };
    }
    default:
      return undefined;
  }
}
