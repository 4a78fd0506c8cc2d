/** What players say and hear at `/ws`. */
import type { TemplatedApp } from "uWebSockets.js";
import { Either } from "effect";
import { InternalError, RateLimited } from "../../../rpc/http/failure.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { isoTime } from "../Wire.ts";
import { decodeClientFrame } from "./ClientFrames.ts";
import { Commands } from "./Commands.ts";
import type { Guests } from "./Door.ts";
import type { SlowReaders } from "./SlowReaders.ts";
import { Socket } from "./Socket.ts";
import type { SocketServices } from "./SocketServices.ts";
import { TopicFeeds } from "./TopicFeeds.ts";
import type { TopicKinds } from "./TopicKinds.ts";

/** A bet is 200 bytes; nothing that a client may say comes near. */
const MAX_FRAME_BYTES = 16 * 1024;
/** Every socket has it; no client can name it, for its kind does not exist. */
const EVERYONE = "everyone";

export interface PlayerEntrance extends Guests<Socket> {
  readonly maxFrameBytes: number;
  readonly close: () => void;
}

export const playerEntrance = (
  app: TemplatedApp,
  services: SocketServices,
  kinds: TopicKinds,
  slowReaders: SlowReaders,
): PlayerEntrance => {
  const { clock, metrics } = services;
  let inside = 0;
  const feeds = new TopicFeeds({
    topics: services.game.topics,
    clock,
    publish: (topic, frame) => {
      app.publish(topic, frame.text);
      slowReaders.published(frame.text.length);
      metrics.framesSent(topic.slice(0, topic.indexOf(":")), app.numSubscribers(topic));
    },
    show: (socket, { frames, snapshot }) => {
      if (snapshot !== undefined) socket.send(snapshot.frame);
      for (const frame of frames) socket.sendText(frame.text);
    },
  });
  const commands = new Commands({
    ...services,
    feeds,
    kinds,
    now: clock.now,
    refused: metrics.refused,
  });

  const handle = (socket: Socket, caller: CallerClaims, text: string, waitMs: number): void => {
    const decoded = decodeClientFrame(text);
    if (waitMs > 0)
      return commands.fail(
        socket,
        Either.isRight(decoded) ? decoded.right.id : decoded.left.id,
        new RateLimited({ retryAfterMs: waitMs }),
      );
    if (Either.isRight(decoded)) commands.handle(socket, caller, decoded.right);
    else commands.fail(socket, decoded.left.id, decoded.left.failure);
  };

  return {
    maxFrameBytes: MAX_FRAME_BYTES,

    socketOf: (req, options) =>
      new Socket({ ...options, lobbyId: req.getQuery("lobby_id") || undefined }),

    refusal: ({ lobbyId }, caller) => {
      if (caller === undefined) return "bad token";
      const isOther =
        lobbyId !== undefined && caller.lobbyId !== undefined && lobbyId !== caller.lobbyId;
      return isOther ? "the token is of another lobby" : undefined;
    },

    admitted: (socket, caller) => {
      if (caller === undefined) return;
      inside += 1;
      socket.subscribe(EVERYONE);
      socket.send({
        type: "CONNECTION_ACK",
        client_id: socket.clientId,
        server_time: isoTime(clock.now()),
      });
      if (socket.lobbyId !== undefined)
        commands.join(socket, caller, `lobby:${socket.lobbyId}`, {});
      // The administrator plays no games and has no wallet.
      if (caller.roles.includes("player"))
        commands.join(socket, caller, `wallet:${caller.playerId}`, {});
    },

    message: (socket, text, waitMs) => {
      const { caller } = socket;
      if (caller === undefined) return;
      // What is thrown into uWebSockets ends the process.
      try {
        handle(socket, caller, text, waitMs);
      } catch (cause) {
        services.log.error("frame failed", { clientId: socket.clientId, cause });
        commands.fail(socket, undefined, new InternalError());
      }
    },

    left: (socket) => {
      inside -= 1;
      commands.left(socket);
      for (const topic of socket.topics) feeds.leave(socket, topic);
    },

    heartbeat: (now) => {
      app.publish(EVERYONE, JSON.stringify({ type: "HEARTBEAT", server_time: isoTime(now) }));
      metrics.framesSent(EVERYONE, inside);
    },

    close: () => feeds.close(),
  };
};
