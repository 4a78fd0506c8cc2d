/**
 * The way in for trackers: `/ws?client_name=…` without a token. It begins with `connection_ack` and the newest hands, or with
 * `?after_version=` with what came after that version, and then tells each new hand. With a token `/ws` is the players'.
 */
import type { HttpRequest, TemplatedApp } from "uWebSockets.js";
import { RateLimited, ValidationFailed } from "../../../rpc/http/failure.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import { HAND_FEED_ID, HandFeed } from "../../../rpc/handFeed.ts";
import { isoTime } from "../Wire.ts";
import type { Guests } from "./Door.ts";
import { messagesOf, snapshotMessage } from "./PokerMessages.ts";
import type { SlowReaders } from "./SlowReaders.ts";
import { CLOSE, Socket, type SocketOptions } from "./Socket.ts";
import type { SocketServices } from "./SocketServices.ts";
import { TopicFeeds } from "./TopicFeeds.ts";
import type { TopicKind } from "./TopicKinds.ts";
import { versionOf } from "./versionOf.ts";

const EVERYONE = "every tracker";
const TOPIC = `${HandFeed.kind}:${HAND_FEED_ID}`;
/** Sets these sockets apart from those that have the same topic as players. No client can name it: ids have no spaces. */
const CHANNEL = `track ${TOPIC}`;
/** Enough for a program's name and version. */
const MAX_NAME_LENGTH = 64;

export class PokerSocket extends Socket {
  readonly clientName: string;
  readonly after: number | undefined;

  constructor(options: SocketOptions, clientName: string, after: number | undefined) {
    super(options);
    this.clientName = clientName;
    this.after = after;
  }
}

/** Whether a client without a token comes in here. */
export const isTracker = (req: HttpRequest, { token }: SocketOptions): boolean =>
  token === "" && req.getQuery("client_name") !== undefined;

export interface PokerEntrance extends Guests<PokerSocket> {
  /** Sockets inside. */
  readonly count: () => number;
  readonly close: () => void;
}

export const pokerEntrance = (
  app: TemplatedApp,
  services: SocketServices,
  kind: TopicKind,
  slowReaders: SlowReaders,
): PokerEntrance => {
  const { clock, metrics, problems } = services;
  let inside = 0;
  const feeds = new TopicFeeds({
    topics: services.game.topics,
    clock,
    channelOf: () => CHANNEL,
    publish: (_, frame) => {
      const audience = app.numSubscribers(CHANNEL);
      if (audience === 0) return;
      const messages = messagesOf(frame);
      let bytes = 0;
      for (const text of messages) {
        app.publish(CHANNEL, text);
        bytes += text.length;
      }
      slowReaders.published(bytes);
      metrics.framesSent("poker_socket", audience * messages.length);
    },
    show: (socket, { frames, snapshot }) => {
      if (snapshot !== undefined) socket.sendText(snapshotMessage(snapshot));
      for (const frame of frames) for (const text of messagesOf(frame)) socket.sendText(text);
    },
  });
  const fail = (socket: PokerSocket, failure: Failure) => {
    const { body, code } = problems.of(failure);
    metrics.refused(code);
    socket.sendText(JSON.stringify({ type: "error", data: { code, detail: body.detail } }));
  };

  return {
    count: () => inside,

    socketOf: (req, options) =>
      new PokerSocket(options, req.getQuery("client_name") ?? "", versionOf(req)),

    refusal: ({ clientName }) =>
      clientName.length <= MAX_NAME_LENGTH
        ? undefined
        : `client_name has at most ${MAX_NAME_LENGTH} characters`,

    admitted: (socket) => {
      inside += 1;
      socket.subscribe(EVERYONE);
      socket.sendText(
        JSON.stringify({
          type: "connection_ack",
          data: {
            client_id: socket.clientId,
            client_name: socket.clientName,
            server_time: isoTime(clock.now()),
          },
        }),
      );
      const at = { topic: TOPIC, entityId: HAND_FEED_ID, kind };
      feeds.join(socket, at, socket.after, (joined) => {
        if (joined.ok) return socket.cork(() => feeds.show(socket, joined.value));
        fail(socket, joined.error);
        socket.close(CLOSE.tryAgainLater, "the feed of hands does not answer; connect again");
      });
    },

    message: (socket, _, waitMs) =>
      fail(
        socket,
        waitMs > 0
          ? new RateLimited({ retryAfterMs: waitMs })
          : new ValidationFailed({
              errors: [{ path: "", message: "Nothing can be asked here: hands are told." }],
            }),
      ),

    left: (socket) => {
      inside -= 1;
      for (const topic of socket.topics) feeds.leave(socket, topic);
    },

    heartbeat: (now) => {
      const data = { server_time: isoTime(now) };
      app.publish(EVERYONE, JSON.stringify({ type: "heartbeat", data }));
      metrics.framesSent("poker_socket", inside);
    },

    close: () => feeds.close(),
  };
};
