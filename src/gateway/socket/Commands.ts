/** Carries out what a client's frames ask for. PLACE_BET and RESERVE_NUMBERS are the hot paths: no fiber, one decoding. */
import type { ClientFrame, ServerFrame } from "../../../rpc/frames.ts";
import { Unavailable } from "../../../rpc/failure.ts";
import { Forbidden, InternalError, NotFound, RateLimited } from "../../../rpc/http/failure.ts";
import type { Failure } from "../../../rpc/http/problem.ts";
import type { CallerClaims } from "../../../rpc/http/security.ts";
import { BetId, type PlayerId, RaffleId } from "../../../rpc/id.ts";
import { BetNotFound } from "../../../rpc/lobby.ts";
import { RaffleNotFound } from "../../../rpc/raffle.ts";
import { Schema } from "effect";
import type { Outcome } from "../../actor/Ask.ts";
import { attempt, failure } from "../Answer.ts";
import { isDatabaseAway } from "../../ops/DatabaseAway.ts";
import type { Metrics } from "../../ops/Metrics.ts";
import type { Calculations } from "../Calculations.ts";
import type { Game } from "../Game.ts";
import type { Intent } from "../../../rpc/intent.ts";
import type { GatewayLog } from "../GatewayLog.ts";
import { lobbyOf, NO_LOBBY } from "../LobbyOf.ts";
import type { Problems } from "../Problems.ts";
import type { RaffleSight } from "../RaffleSight.ts";
import { counted } from "../ReservationCount.ts";
import { isoTime } from "../Wire.ts";
import type { Socket } from "./Socket.ts";
import { SocketCalculations } from "./SocketCalculations.ts";
import type { TopicFeeds } from "./TopicFeeds.ts";
import { parseTopic, topicOf, type TopicKinds } from "./TopicKinds.ts";

/** A player taps faster than bets commit perhaps ten times; more in flight is a program that does not wait. */
const MAX_IN_FLIGHT = 64;
/** A lobby, a wallet, and what a busy screen shows beside. */
const MAX_TOPICS = 32;
const DATABASE_RETRY_MS = 1000;

const isBetId = Schema.is(BetId);
const isRaffleId = Schema.is(RaffleId);

export interface CommandServices {
  readonly game: Game;
  readonly calculations: Calculations;
  readonly feeds: TopicFeeds;
  readonly kinds: TopicKinds;
  readonly raffleSight: RaffleSight;
  readonly problems: Problems;
  readonly now: () => number;
  readonly log: GatewayLog;
  readonly refused: (code: string) => void;
  readonly metrics: Pick<Metrics, "reservation">;
  readonly isDraining: () => boolean;
  readonly began: () => void;
  readonly ended: () => void;
}

type Id = string | undefined;
const withId = (id: Id) => (id === undefined ? {} : { id });

export class Commands {
  private readonly services: CommandServices;
  private readonly equity: SocketCalculations;

  constructor(services: CommandServices) {
    this.services = services;
    this.equity = new SocketCalculations({
      calculations: services.calculations,
      fail: (socket, id, failure) => this.fail(socket, id, failure),
      died: (socket, id, defect) => this.fail(socket, id, this.failureOf(defect, socket)),
    });
  }

  /** The socket is gone. */
  left(socket: Socket): void {
    this.equity.left(socket);
  }

  handle(socket: Socket, caller: CallerClaims, frame: ClientFrame): void {
    switch (frame.type) {
      case "PING":
        return socket.send({
          type: "PONG",
          ...withId(frame.id),
          server_time: isoTime(this.services.now()),
        });
      case "PLACE_BET": {
        const { type: _, id, idempotency_key, ...body } = frame;
        const lobbyId = lobbyOf(body.lobby_id, socket.lobbyId);
        if (lobbyId === undefined) return this.fail(socket, id, NO_LOBBY);
        return this.command(
          socket,
          id,
          () => this.services.game.placeBet(intent(socket, caller, idempotency_key), lobbyId, body),
          (value) => ({ type: "BET_PLACED", ...withId(id), ...value }),
        );
      }
      case "CANCEL_BET": {
        const { id, bet_id } = frame;
        if (!isBetId(bet_id)) return this.fail(socket, id, new BetNotFound({ betId: bet_id }));
        return this.command(
          socket,
          id,
          () => this.services.game.cancelBet(intent(socket, caller, frame.idempotency_key), bet_id),
          (value) => ({ type: "BET_CANCELLED", ...withId(id), ...value }),
        );
      }
      case "CAST_POWER": {
        const { type: _, id, idempotency_key, ...body } = frame;
        const lobbyId = lobbyOf(body.lobby_id, socket.lobbyId);
        if (lobbyId === undefined) return this.fail(socket, id, NO_LOBBY);
        return this.command(
          socket,
          id,
          () =>
            this.services.game.castPower(intent(socket, caller, idempotency_key), lobbyId, body),
          (value) => ({ type: "POWER_CAST", ...withId(id), ...value }),
        );
      }
      case "RESERVE_NUMBERS": {
        const { id, idempotency_key, number_ids } = frame;
        if (!isRaffleId(frame.raffle_id))
          return this.fail(socket, id, new RaffleNotFound({ raffleId: frame.raffle_id }));
        const raffleId = frame.raffle_id;
        const { game, metrics, raffleSight } = this.services;
        return this.command(
          socket,
          id,
          async () => {
            const hidden = await raffleSight.hidden(caller, raffleId);
            if (hidden !== undefined) return failure(hidden);
            const asked = intent(socket, caller, idempotency_key);
            return counted(
              metrics,
              "reserve",
              game.reservations.reserve(asked, raffleId, number_ids.map(Number)),
            );
          },
          (reservation) => ({ type: "NUMBERS_RESERVED", ...withId(id), reservation }),
        );
      }
      case "GET_STATE_SNAPSHOT": {
        const lobbyId = lobbyOf(undefined, socket.lobbyId);
        if (lobbyId === undefined) return this.fail(socket, frame.id, NO_LOBBY);
        return this.join(socket, caller, `lobby:${lobbyId}`, { id: frame.id, quiet: true });
      }
      case "SUBSCRIBE":
        return this.join(socket, caller, frame.topic, { id: frame.id });
      case "RESUME":
        return this.join(socket, caller, frame.topic, {
          id: frame.id,
          after: frame.after_version,
        });
      case "UNSUBSCRIBE":
        this.services.feeds.leave(socket, topicOf(frame.topic));
        return socket.send({ type: "UNSUBSCRIBED", ...withId(frame.id), topic: frame.topic });
      case "CALCULATE_EQUITY":
        return this.equity.begin(socket, frame);
      case "CANCEL_EQUITY":
        return this.equity.cancel(socket, frame.id);
    }
  }

  /** `quiet` sends the snapshot alone, with the client's id, where it was asked for by itself. */
  join(
    socket: Socket,
    caller: CallerClaims,
    named: string,
    options: { readonly id?: Id; readonly after?: number; readonly quiet?: boolean },
  ): void {
    const { id, after, quiet } = options;
    const topic = topicOf(named);
    const parsed = parseTopic(topic);
    const kind = parsed === undefined ? undefined : this.services.kinds.get(parsed.kind);
    if (parsed === undefined || kind === undefined) return this.fail(socket, id, new NotFound());
    if (!kind.mayWatch(caller, parsed.entityId)) return this.fail(socket, id, new Forbidden());
    if (socket.topics.size >= MAX_TOPICS && !socket.topics.has(topic))
      return this.fail(socket, id, new RateLimited({ retryAfterMs: DATABASE_RETRY_MS }));
    this.services.feeds.join(
      socket,
      { topic, entityId: parsed.entityId, kind, caller },
      after,
      (joined) => {
        if (!joined.ok) return this.fail(socket, id, joined.error);
        const { snapshot, frames } = joined.value;
        socket.cork(() => {
          if (quiet !== true) socket.send({ type: "SUBSCRIBED", ...withId(id), topic: named });
          if (snapshot !== undefined)
            socket.send(
              quiet === true && id !== undefined
                ? ({ ...snapshot.frame, id } as ServerFrame)
                : snapshot.frame,
            );
          for (const frame of frames) socket.sendText(frame.text);
        });
      },
    );
  }

  fail(socket: Socket, id: Id, failure: Failure): void {
    const { code, body } = this.services.problems.of(failure);
    this.services.refused(code);
    const { type: _type, title: _title, status: _status, ...told } = body;
    socket.answer({ type: "ERROR", ...withId(id), ...told });
  }

  private command<A>(
    socket: Socket,
    id: Id,
    run: () => Promise<Outcome<A, Failure>>,
    answer: (value: A) => ServerFrame,
  ): void {
    const { services } = this;
    if (services.isDraining())
      return this.fail(
        socket,
        id,
        new Unavailable({ reason: "restarting", retryAfterMs: DATABASE_RETRY_MS }),
      );
    if (socket.inFlight >= MAX_IN_FLIGHT)
      return this.fail(socket, id, new RateLimited({ retryAfterMs: 100 }));
    socket.inFlight += 1;
    services.began();
    attempt(run).then(
      (outcome) => {
        if (outcome.ok) socket.answer(answer(outcome.value));
        else this.fail(socket, id, outcome.error);
        socket.inFlight -= 1;
        services.ended();
      },
      (defect: unknown) => {
        this.fail(socket, id, this.failureOf(defect, socket));
        socket.inFlight -= 1;
        services.ended();
      },
    );
  }

  private failureOf(defect: unknown, socket: Socket): Failure {
    if (defect instanceof Unavailable) return defect;
    if (isDatabaseAway(defect))
      return new Unavailable({ reason: "database", retryAfterMs: DATABASE_RETRY_MS });
    this.services.log.error("command failed", { clientId: socket.clientId, cause: defect });
    return new InternalError();
  }
}

const intent = (socket: Socket, caller: CallerClaims, key: string): Intent => ({
  playerId: caller.playerId as PlayerId,
  key,
  requestId: socket.nextRequestId(),
});
