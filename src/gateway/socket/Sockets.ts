/** The WebSocket at `/ws`: upgrade, authentication, heartbeats, and the end of those that must go. */
import uWS, { type HttpRequest, type HttpResponse, type TemplatedApp } from "uWebSockets.js";
import { Either } from "effect";
import { InternalError, RateLimited } from "../../../rpc/http/failure.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import type { Clock, Entropy } from "../../actor/Clock.ts";
import type { Metrics } from "../../ops/Metrics.ts";
import type { Game } from "../Game.ts";
import type { GatewayLog } from "../GatewayLog.ts";
import type { Problems } from "../Problems.ts";
import type { RateLimiter } from "../RateLimiter.ts";
import { addressKey } from "../RemoteAddress.ts";
import type { Tokens } from "../Tokens.ts";
import { isoTime } from "../Wire.ts";
import { decodeClientFrame } from "./ClientFrames.ts";
import { Commands } from "./Commands.ts";
import { HARD_LIMIT_BYTES, SlowReaders } from "./SlowReaders.ts";
import { CLOSE, Socket, type UserData } from "./Socket.ts";
import { TopicFeeds } from "./TopicFeeds.ts";
import { topicKinds } from "./TopicKinds.ts";

/** A bet is 200 bytes; nothing that a client may say comes near. Above it the connection is closed. */
const MAX_FRAME_BYTES = 16 * 1024;
const HEARTBEAT_MS = 30_000;
/** Four heartbeats: a peer that has not even acknowledged a ping for so long is gone. */
const IDLE_TIMEOUT_SECONDS = 120;
/** Some 5 KB each with its buffers; also a guard for the table of file descriptors. */
const MAX_SOCKETS = 50_000;
/** A client that is told to wait and does not is cut off, for even refusing it costs the others time. */
const MAX_LIMITED_IN_A_ROW = 500;
/** Every socket has it; no client can name it, for its kind does not exist. */
const EVERYONE = "everyone";
const CLIENT_ID_BYTES = 9;

export interface SocketServices {
  readonly game: Game;
  readonly tokens: Tokens;
  readonly problems: Problems;
  readonly addressLimit: RateLimiter;
  readonly playerLimit: RateLimiter;
  readonly metrics: Pick<Metrics, "refused" | "framesSent">;
  readonly log: GatewayLog;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly isDraining: () => boolean;
  readonly began: () => void;
  readonly ended: () => void;
}

export interface Sockets {
  readonly count: () => number;
  /** Closes all with 1012. */
  readonly close: () => void;
}

export const serveSockets = (app: TemplatedApp, services: SocketServices): Sockets => {
  const { clock, metrics, tokens } = services;
  const sockets = new Set<Socket>();
  const kinds = topicKinds(services.game, clock.now);
  const slowReaders = new SlowReaders({
    sockets,
    clock,
    report: (closed) => services.log.warn("closed slow readers", { sockets: closed }),
  });
  const feeds = new TopicFeeds({
    topics: services.game.topics,
    clock,
    publish: (topic, frame) => {
      app.publish(topic, frame.text);
      slowReaders.published(frame.text.length);
      metrics.framesSent(topic.slice(0, topic.indexOf(":")), app.numSubscribers(topic));
    },
  });
  const commands = new Commands({
    ...services,
    feeds,
    kinds,
    now: clock.now,
    refused: metrics.refused,
  });

  /** Milliseconds to wait when one of the buckets is empty. */
  const limitMs = (socket: Socket, caller: CallerClaims) =>
    Math.max(
      services.addressLimit.take(socket.address),
      services.playerLimit.take(caller.playerId),
    );

  const receive = (socket: Socket, text: string): void => {
    const { caller } = socket;
    if (caller === undefined) {
      if (!socket.early(text)) socket.close(CLOSE.policyViolation, "too much before being let in");
      return;
    }
    const waitMs = limitMs(socket, caller);
    socket.limitedInARow = waitMs === 0 ? 0 : socket.limitedInARow + 1;
    if (socket.limitedInARow > MAX_LIMITED_IN_A_ROW)
      return socket.close(CLOSE.policyViolation, "flooding");
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

  const take = (socket: Socket, text: string): void => {
    // What is thrown into uWebSockets ends the process.
    try {
      receive(socket, text);
    } catch (cause) {
      services.log.error("frame failed", { clientId: socket.clientId, cause });
      commands.fail(socket, undefined, new InternalError());
    }
  };

  /** Lets in who shows a good token, with what it has sent meanwhile; closes anyone else with 1008. */
  const admit = (socket: Socket, caller: CallerClaims | undefined): void => {
    if (!socket.isOpen) return;
    const reason = refusal(caller, socket.lobbyId);
    if (caller === undefined || reason !== undefined)
      return socket.close(CLOSE.policyViolation, reason ?? "bad token");
    const early = socket.admitted(caller);
    sockets.add(socket);
    socket.subscribe(EVERYONE);
    socket.send({
      type: "CONNECTION_ACK",
      client_id: socket.clientId,
      server_time: isoTime(clock.now()),
    });
    if (socket.lobbyId !== undefined) commands.join(socket, caller, `lobby:${socket.lobbyId}`, {});
    // The administrator plays no games and has no wallet.
    if (caller.roles.includes("player"))
      commands.join(socket, caller, `wallet:${caller.playerId}`, {});
    for (const text of early) take(socket, text);
  };

  app.ws<UserData>("/ws", {
    maxPayloadLength: MAX_FRAME_BYTES,
    maxBackpressure: HARD_LIMIT_BYTES,
    idleTimeout: IDLE_TIMEOUT_SECONDS,
    sendPingsAutomatically: true,
    compression: uWS.DISABLED,

    upgrade: (res, req, context) => {
      const address = addressKey(res.getRemoteAddress());
      const waitMs = services.addressLimit.take(address);
      if (waitMs > 0) return refuseUpgrade(res, services, waitMs);
      if (sockets.size >= MAX_SOCKETS || services.isDraining())
        return refuseUpgrade(res, services, undefined);
      // Upgraded at once and verified when open. A later upgrade has to be corked, and after `res.cork` uWebSockets may
      // take the socket for the HTTP response that it was, read its memory as such, and by chance close it.
      res.upgrade<UserData>(
        {
          socket: new Socket({
            clientId: services.entropy.hex(CLIENT_ID_BYTES),
            token: req.getQuery("token") ?? bearer(req),
            lobbyId: req.getQuery("lobby_id") || undefined,
            address,
          }),
        },
        req.getHeader("sec-websocket-key"),
        req.getHeader("sec-websocket-protocol"),
        req.getHeader("sec-websocket-extensions"),
        context,
      );
    },

    open: (ws) => {
      const socket = ws.getUserData().socket;
      socket.opened(ws);
      const known = tokens.recall(socket.token);
      if (known !== undefined) return admit(socket, known);
      tokens
        .verify(socket.token)
        .then((caller) => admit(socket, caller))
        .catch((cause: unknown) => {
          services.log.error("a socket was not admitted", { clientId: socket.clientId, cause });
          socket.close(CLOSE.serviceRestart, "connect again");
        });
    },

    message: (ws, message) => {
      const { socket } = ws.getUserData();
      take(socket, Buffer.from(message).toString("utf8"));
    },

    dropped: (ws) => slowReaders.skipped(ws.getUserData().socket),

    close: (ws) => {
      const socket = ws.getUserData().socket;
      socket.closed();
      sockets.delete(socket);
      for (const topic of socket.topics) feeds.leave(socket, topic);
    },
  });

  const heartbeat = setInterval(() => {
    const now = clock.now();
    for (const socket of sockets)
      if (socket.caller !== undefined && socket.caller.expiresAt <= now)
        socket.close(CLOSE.policyViolation, "token expired");
    app.publish(EVERYONE, JSON.stringify({ type: "HEARTBEAT", server_time: isoTime(now) }));
    metrics.framesSent(EVERYONE, sockets.size);
  }, HEARTBEAT_MS);

  return {
    count: () => sockets.size,
    close: () => {
      clearInterval(heartbeat);
      slowReaders.stop();
      for (const socket of sockets) socket.close(CLOSE.serviceRestart, "restarting");
      feeds.close();
    },
  };
};

const bearer = (req: HttpRequest) => req.getHeader("authorization").replace(/^bearer /i, "");

/** Why the caller is not let in; undefined when it is. */
const refusal = (
  caller: CallerClaims | undefined,
  lobbyId: string | undefined,
): string | undefined => {
  if (caller === undefined) return "bad token";
  const isOther =
    lobbyId !== undefined && caller.lobbyId !== undefined && lobbyId !== caller.lobbyId;
  return isOther ? "the token is of another lobby" : undefined;
};

/** No upgrade for this one: 429 for an address that floods, 503 when there is no room. */
const refuseUpgrade = (
  res: HttpResponse,
  services: SocketServices,
  waitMs: number | undefined,
): void => {
  services.metrics.refused(waitMs === undefined ? "unavailable" : "rate_limited");
  res
    .writeStatus(waitMs === undefined ? "503 Service Unavailable" : "429 Too Many Requests")
    .writeHeader("Retry-After", String(Math.max(1, Math.ceil((waitMs ?? 1000) / 1000))))
    .endWithoutBody(0, true);
};
