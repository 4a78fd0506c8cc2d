/**
 * The WebSocket at `/api/v1/raffles/{id}/ws`: one raffle, for whoever watches it, with a token or without. It begins with a
 * snapshot, or with `?after_version=` with what came after that version, and then says what changes.
 *
 * A frame is translated once, and each of its messages is published once for all watchers of the raffle.
 */
import type { HttpRequest, TemplatedApp } from "uWebSockets.js";
import { Schema } from "effect";
import { RaffleId } from "../../../rpc/id.ts";
import { Raffle } from "../../../rpc/raffle.ts";
import { isoTime } from "../Wire.ts";
import type { Entrance } from "./Door.ts";
import { messagesOf, snapshotMessage } from "./RaffleMessages.ts";
import type { SlowReaders } from "./SlowReaders.ts";
import { CLOSE, Socket, type SocketOptions } from "./Socket.ts";
import type { SocketServices } from "./SocketServices.ts";
import { TopicFeeds } from "./TopicFeeds.ts";
import type { TopicKind } from "./TopicKinds.ts";
import { versionOf } from "./versionOf.ts";

/** Clients have nothing to say here. */
const MAX_FRAME_BYTES = 1024;
const EVERYONE = "every watcher of raffles";
/** Sets these sockets apart from those that have the same topic at `/ws`. No client can name it: ids have no spaces. */
const channelOf = (topic: string) => `watch ${topic}`;

const isRaffleId = Schema.is(RaffleId);

class RaffleSocket extends Socket {
  readonly raffleId: RaffleId | undefined;
  readonly after: number | undefined;
  /** Whether it is counted among the raffle's watchers. */
  isWatching = false;

  constructor(options: SocketOptions, raffleId: RaffleId | undefined, after: number | undefined) {
    super(options);
    this.raffleId = raffleId;
    this.after = after;
  }
}

export interface RaffleEntrance extends Entrance<RaffleSocket> {
  /** Watchers by raffle. */
  readonly watchers: ReadonlyMap<string, number>;
  readonly close: () => void;
}

export const raffleEntrance = (
  app: TemplatedApp,
  services: SocketServices,
  kind: TopicKind,
  slowReaders: SlowReaders,
): RaffleEntrance => {
  const { clock, metrics } = services;
  const watchers = new Map<string, number>();
  let inside = 0;
  const count = (raffleId: string, by: 1 | -1) => {
    const watching = (watchers.get(raffleId) ?? 0) + by;
    if (watching === 0) watchers.delete(raffleId);
    else watchers.set(raffleId, watching);
  };
  const feeds = new TopicFeeds({
    topics: services.game.topics,
    clock,
    channelOf,
    publish: (topic, frame) => {
      const channel = channelOf(topic);
      const audience = app.numSubscribers(channel);
      if (audience === 0) return;
      const messages = messagesOf(frame);
      let bytes = 0;
      for (const text of messages) {
        app.publish(channel, text);
        bytes += text.length;
      }
      slowReaders.published(bytes);
      metrics.framesSent("raffle_socket", audience * messages.length);
    },
    show: (socket, { frames, snapshot }) => {
      if (snapshot !== undefined) socket.sendText(snapshotMessage(snapshot));
      for (const frame of frames) for (const text of messagesOf(frame)) socket.sendText(text);
    },
  });

  return {
    path: "/api/v1/raffles/:raffle_id/ws",
    maxFrameBytes: MAX_FRAME_BYTES,
    isOpen: true,
    watchers,

    socketOf: (req, options) => new RaffleSocket(options, raffleOf(req), versionOf(req)),

    refusal: ({ raffleId }) => (raffleId === undefined ? "no such raffle" : undefined),

    admitted: (socket, caller) => {
      const { after, raffleId } = socket;
      if (raffleId === undefined) return;
      inside += 1;
      socket.subscribe(EVERYONE);
      const at = { topic: `${Raffle.kind}:${raffleId}`, entityId: raffleId, kind, caller };
      feeds.join(socket, at, after, (joined) => {
        if (joined.ok) {
          socket.isWatching = true;
          count(raffleId, 1);
          socket.cork(() => feeds.show(socket, joined.value));
        } else if (joined.error._tag === "RaffleNotFound")
          socket.close(CLOSE.policyViolation, "no such raffle");
        else socket.close(CLOSE.tryAgainLater, "the raffle does not answer; connect again");
      });
    },

    message: () => {},

    left: (socket) => {
      inside -= 1;
      for (const topic of socket.topics) feeds.leave(socket, topic);
      if (socket.isWatching && socket.raffleId !== undefined) count(socket.raffleId, -1);
    },

    heartbeat: (now) => {
      const data = { server_time: isoTime(now) };
      app.publish(EVERYONE, JSON.stringify({ type: "heartbeat", data }));
      metrics.framesSent("raffle_socket", inside);
    },

    close: () => feeds.close(),
  };
};

const raffleOf = (req: HttpRequest): RaffleId | undefined => {
  try {
    const id = decodeURIComponent(req.getParameter(0) ?? "");
    return isRaffleId(id) ? id : undefined;
  } catch {
    // A broken escape names nothing.
    return undefined;
  }
};
