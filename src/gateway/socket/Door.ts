/**
 * The way in for every WebSocket of the gateway: upgrade, authentication, and the bounds that hold for all of them. What is
 * said inside is the business of each `Entrance`.
 */
import uWS, { type HttpRequest, type HttpResponse, type TemplatedApp } from "uWebSockets.js";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import type { Clock, Entropy } from "../../actor/Clock.ts";
import type { Metrics } from "../../ops/Metrics.ts";
import type { Cors } from "../Cors.ts";
import type { GatewayLog } from "../GatewayLog.ts";
import type { RateLimiter } from "../RateLimiter.ts";
import type { Tokens } from "../Tokens.ts";
import type { ClientKey } from "../TrustedProxies.ts";
import { HARD_LIMIT_BYTES, SlowReaders } from "./SlowReaders.ts";
import { CLOSE, type Socket, type SocketOptions, type UserData } from "./Socket.ts";
import type { Traffic } from "./Traffic.ts";

/** Every so often each socket hears something, and those whose token has expired are closed. */
const HEARTBEAT_MS = 30_000;
/** Four heartbeats: a peer that has not even acknowledged a ping for so long is gone. */
const IDLE_TIMEOUT_SECONDS = 120;
/** Some 5 KB each with its buffers; also a guard for the table of file descriptors. */
const MAX_SOCKETS = 50_000;
/**
 * A client that is told to wait and does not is cut off, for even refusing it costs the others time. Counted are refused frames
 * beyond those that were taken: in a row would let one go on that floods just slowly enough to be let in in between.
 */
const MAX_OVER_LIMIT = 500;
const CLIENT_ID_BYTES = 9;

/** Those who come in by an entrance, and what is said to them. */
export interface Guests<S extends Socket> {
  /** The request may be read only until this returns. */
  readonly socketOf: (req: HttpRequest, options: SocketOptions) => S;
  /** Why this caller is not let in; undefined when it is. */
  readonly refusal: (socket: S, caller: CallerClaims | undefined) => string | undefined;
  readonly admitted: (socket: S, caller: CallerClaims | undefined) => void;
  /** `waitMs` above 0: it comes too often, and should be refused. */
  readonly message: (socket: S, text: string, waitMs: number) => void;
  /** It had been let in and is gone. */
  readonly left: (socket: S) => void;
  readonly heartbeat: (now: number) => void;
}

/** An address that speaks WebSocket. */
export interface Entrance<S extends Socket> extends Guests<S> {
  /** `/ws` */
  readonly path: string;
  /** Longer frames end the connection. */
  readonly maxFrameBytes: number;
  /** Whether a client without a token is let in; one with a bad token never is. */
  readonly isOpen: boolean;
}

export interface DoorServices {
  readonly cors: Pick<Cors, "allows">;
  readonly tokens: Tokens;
  readonly clientKey: ClientKey;
  readonly addressLimit: RateLimiter;
  readonly playerLimit: RateLimiter;
  readonly metrics: Pick<Metrics, "refused">;
  readonly log: GatewayLog;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly isDraining: () => boolean;
  readonly traffic: Traffic;
}

export class Door {
  readonly slowReaders: SlowReaders;
  private readonly sockets = new Set<Socket>();
  private readonly beats: Array<(now: number) => void> = [];
  private readonly heartbeat: NodeJS.Timeout;
  private readonly app: TemplatedApp;
  private readonly services: DoorServices;

  constructor(app: TemplatedApp, services: DoorServices) {
    this.app = app;
    this.services = services;
    this.slowReaders = new SlowReaders({
      sockets: this.sockets,
      clock: services.clock,
      report: (closed) => services.log.warn("closed slow readers", { sockets: closed }),
    });
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
  }

  /** Open sockets, of all entrances. */
  get count(): number {
    return this.sockets.size;
  }

  /** Sockets that get a topic, by kind of topic. */
  topics(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { topics } of this.sockets)
      for (const topic of topics) {
        const kind = topic.slice(0, topic.indexOf(":"));
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
    return counts;
  }

  /** Closes all with 1012. */
  close(): void {
    clearInterval(this.heartbeat);
    this.slowReaders.stop();
    for (const socket of this.sockets) socket.close(CLOSE.serviceRestart, "restarting");
  }

  /** Closes sockets whose token has been revoked. Looking at 50,000 takes some milliseconds. */
  closeRevoked(): void {
    for (const socket of this.sockets)
      if (socket.caller !== undefined && this.services.tokens.isRevoked(socket.caller))
        socket.close(CLOSE.policyViolation, "token revoked");
  }

  serve<S extends Socket>(entrance: Entrance<S>): void {
    const { services, slowReaders } = this;
    this.beats.push(entrance.heartbeat);
    this.app.ws<UserData<S>>(entrance.path, {
      maxPayloadLength: entrance.maxFrameBytes,
      maxBackpressure: HARD_LIMIT_BYTES,
      idleTimeout: IDLE_TIMEOUT_SECONDS,
      sendPingsAutomatically: true,
      compression: uWS.DISABLED,

      upgrade: (res, req, context) => {
        const address = services.clientKey(res, req);
        const waitMs = services.addressLimit.take(address);
        if (waitMs > 0) return refuseUpgrade(res, services, waitMs);
        if (this.sockets.size >= MAX_SOCKETS || services.isDraining())
          return refuseUpgrade(res, services, undefined);
        const token = req.getQuery("token") ?? bearer(req);
        if (token === "" && !mayReadAs(req, services.cors)) return refuseOrigin(res, services);
        const socket = entrance.socketOf(req, {
          clientId: services.entropy.hex(CLIENT_ID_BYTES),
          token,
          address,
          traffic: services.traffic,
        });
        // Upgraded at once and verified when open. A later upgrade has to be corked, and after `res.cork` uWebSockets may
        // take the socket for the HTTP response that it was, read its memory as such, and by chance close it.
        res.upgrade<UserData<S>>(
          { socket },
          req.getHeader("sec-websocket-key"),
          req.getHeader("sec-websocket-protocol"),
          req.getHeader("sec-websocket-extensions"),
          context,
        );
      },

      open: (ws) => {
        const { socket } = ws.getUserData();
        socket.opened(ws);
        const known = services.tokens.recall(socket.token);
        if (known !== undefined || (entrance.isOpen && socket.token === ""))
          return this.admit(entrance, socket, known);
        services.tokens
          .verify(socket.token)
          .then((caller) =>
            caller === undefined
              ? socket.close(CLOSE.policyViolation, "bad token")
              : this.admit(entrance, socket, caller),
          )
          .catch((cause: unknown) => {
            services.log.error("a socket was not admitted", { clientId: socket.clientId, cause });
            socket.close(CLOSE.serviceRestart, "connect again");
          });
      },

      message: (ws, message) => {
        const { socket } = ws.getUserData();
        const text = Buffer.from(message).toString("utf8");
        if (socket.isIn) this.take(entrance, socket, text);
        else if (!socket.early(text))
          socket.close(CLOSE.policyViolation, "too much before being let in");
      },

      dropped: (ws) => {
        services.traffic.dropped += 1;
        slowReaders.skipped(ws.getUserData().socket);
      },

      close: (ws) => {
        const { socket } = ws.getUserData();
        socket.closed();
        if (this.sockets.delete(socket)) entrance.left(socket);
      },
    });
  }

  /** Lets a client in, with what it has sent meanwhile; closes one that may not come with 1008. */
  private admit<S extends Socket>(
    entrance: Entrance<S>,
    socket: S,
    caller: CallerClaims | undefined,
  ): void {
    if (!socket.isOpen) return;
    const reason = entrance.refusal(socket, caller);
    if (reason !== undefined) return socket.close(CLOSE.policyViolation, reason);
    const early = socket.admitted(caller);
    this.sockets.add(socket);
    entrance.admitted(socket, caller);
    for (const text of early) this.take(entrance, socket, text);
  }

  private take<S extends Socket>(entrance: Entrance<S>, socket: S, text: string): void {
    const { addressLimit, playerLimit } = this.services;
    const waitMs = Math.max(
      addressLimit.take(socket.address),
      socket.caller === undefined ? 0 : playerLimit.take(socket.caller.playerId),
    );
    socket.overLimit = waitMs === 0 ? Math.max(0, socket.overLimit - 1) : socket.overLimit + 1;
    if (socket.overLimit > MAX_OVER_LIMIT) return socket.close(CLOSE.policyViolation, "flooding");
    entrance.message(socket, text, waitMs);
  }

  private beat(): void {
    const now = this.services.clock.now();
    for (const socket of this.sockets)
      if (socket.caller !== undefined && socket.caller.expiresAt <= now)
        socket.close(CLOSE.policyViolation, "token expired");
    for (const beat of this.beats) beat(now);
  }
}

const bearer = (req: HttpRequest) => req.getHeader("authorization").replace(/^bearer /i, "");

/**
 * Whether the page that asks, if it is one, may read what is told without a token. Browsers keep answers of REST from pages of
 * other origins, but let any page open a socket to anywhere, such as to the server on its reader's own machine. Who shows
 * a token has been given it.
 */
const mayReadAs = (req: HttpRequest, cors: Pick<Cors, "allows">): boolean => {
  const origin = req.getHeader("origin");
  return origin === "" || cors.allows(origin) || hostOf(origin) === req.getHeader("host");
};

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined);

const refuseOrigin = (res: HttpResponse, services: DoorServices): void => {
  services.metrics.refused("forbidden");
  res.writeStatus("403 Forbidden").endWithoutBody(0, true);
};

/** No upgrade for this one: 429 for an address that floods, 503 when there is no room. */
const refuseUpgrade = (
  res: HttpResponse,
  services: DoorServices,
  waitMs: number | undefined,
): void => {
  services.metrics.refused(waitMs === undefined ? "unavailable" : "rate_limited");
  res
    .writeStatus(waitMs === undefined ? "503 Service Unavailable" : "429 Too Many Requests")
    .writeHeader("Retry-After", String(Math.max(1, Math.ceil((waitMs ?? 1000) / 1000))))
    .endWithoutBody(0, true);
};
