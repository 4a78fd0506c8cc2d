/** The WebSocket side of the fake server: who is connected, what they ask and are told, and connections that break when told to. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import type { ClientFrame, ServerFrame } from "../../../rpc/frames.ts";
import { carryOut, refusal } from "./FakeCommands.ts";
import type { Command, FakeHouse } from "./FakeCommands.ts";
import { LOBBY_ID, nowText } from "./FakeLobby.ts";
import type { FakeLobby } from "./FakeLobby.ts";
import { walletOf } from "./FakePlayers.ts";
import type { FakePlayer } from "./FakePlayers.ts";

const POLICY_VIOLATION = 1008;

export class FakeSockets {
  /** Every command frame received, resent ones again. */
  readonly commands: Command[] = [];
  /** Every other frame received. */
  readonly requests: ClientFrame[] = [];
  readonly #sockets = new Map<WebSocket, FakePlayer>();
  readonly #server = new WebSocketServer({ noServer: true });
  #losesAnswer = false;

  broadcast(frame: ServerFrame): void {
    for (const socket of this.#sockets.keys()) send(socket, frame);
  }

  tell(player: FakePlayer, frame: ServerFrame): void {
    for (const [socket, owner] of this.#sockets) if (owner === player) send(socket, frame);
  }

  /** Carries out the next command but does not answer it. */
  loseNextAnswer(): void {
    this.#losesAnswer = true;
  }

  /** Ends all connections as a broken network does. */
  cut(): void {
    for (const socket of this.#sockets.keys()) socket.terminate();
    this.#sockets.clear();
  }

  /** Lets somebody in who has a player's token. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, house: FakeHouse): void {
    const token = new URL(request.url ?? "/", "http://localhost").searchParams.get("token") ?? "";
    this.#server.handleUpgrade(request, stream, head, (socket) => {
      const player = house.players.byToken(token);
      if (player === undefined) return socket.close(POLICY_VIOLATION, "unauthorized");
      this.#sockets.set(socket, player);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("message", (data) => {
        const frame = JSON.parse(String(data)) as ClientFrame;
        for (const answer of this.#answers(house, player, frame)) send(socket, answer);
      });
      send(socket, { type: "CONNECTION_ACK", client_id: "client-1", server_time: nowText() });
    });
  }

  #answers(house: FakeHouse, player: FakePlayer, frame: ClientFrame): readonly ServerFrame[] {
    if (!("idempotency_key" in frame)) {
      this.requests.push(frame);
      return answersTo(frame, player, house.lobby);
    }
    this.commands.push(frame);
    const answer = player.answers.get(frame.idempotency_key) ?? carryOut(house, player, frame);
    player.answers.set(frame.idempotency_key, answer);
    const isLost = this.#losesAnswer;
    this.#losesAnswer = false;
    return isLost ? [] : [answer];
  }
}

const send = (socket: WebSocket, frame: ServerFrame) => socket.send(JSON.stringify(frame));

function answersTo(
  frame: Exclude<ClientFrame, Command>,
  player: FakePlayer,
  lobby: FakeLobby,
): readonly ServerFrame[] {
  const echo = "id" in frame && frame.id !== undefined ? { id: frame.id } : {};
  const snapshot = (): ServerFrame => ({
    type: "STATE_SNAPSHOT",
    ...lobby.body,
    server_time: nowText(),
  });
  switch (frame.type) {
    case "GET_STATE_SNAPSHOT":
      return [{ ...snapshot(), ...echo }];
    case "PING":
      return [{ type: "PONG", ...echo, server_time: nowText() }];
    case "UNSUBSCRIBE":
      return [{ type: "UNSUBSCRIBED", ...echo, topic: frame.topic }];
    case "SUBSCRIBE":
    case "RESUME": {
      const { topic } = frame;
      const subscribed: ServerFrame = { type: "SUBSCRIBED", ...echo, topic };
      if (topic === `wallet:${player.id}`) return [subscribed, walletOf(player)];
      if (topic !== `lobby:${LOBBY_ID}`)
        return [refusal("not_found", "There is no such topic.", frame.id)];
      return frame.type === "SUBSCRIBE"
        ? [subscribed, snapshot()]
        : [subscribed, ...lobby.since(frame.after_version)];
    }
    // Of what is not played here.
    default:
      return [];
  }
}
