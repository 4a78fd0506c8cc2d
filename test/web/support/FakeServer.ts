/**
 * A server that speaks the console's part of the protocol and plays one scripted lobby, so that the console can be tried
 * without database or gateway. The races are run by the real simulation; money and rules are only as good as a
 * console's test needs. Faults can be ordered: cut connections, refused connections, answers that get lost.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { once } from "node:events";
import type { ClientFrame, LobbyBody } from "../../../rpc/frames.ts";
import type { Command } from "./FakeCommands.ts";
import { FakeLobby } from "./FakeLobby.ts";
import type { FakeLobbyOptions } from "./FakeLobby.ts";
import { FakePlayers } from "./FakePlayers.ts";
import { answer } from "./FakeRest.ts";
import { FakeSockets } from "./FakeSockets.ts";

export interface FakeServerOptions extends FakeLobbyOptions {
  /** Folder of the built console. */
  readonly root: string;
  /** Any that is free, unless it is to be where another one has been. */
  readonly port?: number;
}

export interface FakeServer {
  readonly url: string;
  /** Every command frame received, resent ones again. */
  readonly commands: readonly Command[];
  /** Every other frame received. */
  readonly requests: readonly ClientFrame[];
  readonly lobby: () => LobbyBody;
  /** Ends the betting phase or the results at once. */
  readonly advance: () => void;
  readonly scratch: (runner: number) => void;
  /** Ends all connections as a broken network does; `refusing` does not let them back in until called with false. */
  readonly cutConnections: (options: { readonly refusing: boolean | "sockets" }) => void;
  readonly acceptConnections: () => void;
  /** Carries out the next command but does not answer it. */
  readonly loseNextAnswer: () => void;
  /** Holds the race where it is, for who wants to look at it for longer than it lasts. */
  readonly freezeRace: () => void;
  readonly releaseRace: () => void;
  /** Sends so many `STATE_SYNC` a second, each with other odds and pools; resolves with their number at the end. */
  readonly storm: (options: { readonly perSecond: number; readonly ms: number }) => Promise<number>;
  readonly stop: () => Promise<void>;
}

export async function startFakeServer({
  root,
  port = 0,
  ...lobbyOptions
}: FakeServerOptions): Promise<FakeServer> {
  let isRefusing: boolean | "sockets" = false;
  const sockets = new FakeSockets();
  const players = new FakePlayers((player, frame) => sockets.tell(player, frame));
  const server = createServer((request, response) => void receive(request, response));
  server.on("upgrade", (request, stream, head) => {
    if (isRefusing !== false) stream.destroy();
    else sockets.upgrade(request, stream, head, { lobby, players });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port.");
  const url = `http://127.0.0.1:${address.port}`;
  const lobby = new FakeLobby(lobbyOptions, {
    players,
    broadcast: (frame) => sockets.broadcast(frame),
  });
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    if (isRefusing === true) request.socket.destroy();
    else await answer({ lobby, players }, { root, url }, request, response);
  };

  return {
    url,
    commands: sockets.commands,
    requests: sockets.requests,
    lobby: () => lobby.body,
    advance: () => lobby.advance(),
    scratch: (runner) => lobby.scratch(runner),
    cutConnections: ({ refusing }) => {
      isRefusing = refusing;
      sockets.cut();
    },
    acceptConnections: () => {
      isRefusing = false;
    },
    loseNextAnswer: () => sockets.loseNextAnswer(),
    freezeRace: () => lobby.freeze(true),
    releaseRace: () => lobby.freeze(false),
    storm: (options) => lobby.storm(options),
    stop: async () => {
      lobby.close();
      sockets.cut();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
