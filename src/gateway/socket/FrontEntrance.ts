/** `/ws` has two ways in: players show a token, trackers give a name. Who has neither is a player with a bad token. */
import type { Entrance } from "./Door.ts";
import type { PlayerEntrance } from "./PlayerEntrance.ts";
import { isTracker, type PokerEntrance, PokerSocket } from "./PokerEntrance.ts";
import type { Socket } from "./Socket.ts";

export const frontEntrance = (
  players: PlayerEntrance,
  trackers: PokerEntrance,
): Entrance<Socket> => ({
  path: "/ws",
  maxFrameBytes: players.maxFrameBytes,
  isOpen: true,

  socketOf: (req, options) =>
    isTracker(req, options) ? trackers.socketOf(req, options) : players.socketOf(req, options),

  refusal: (socket, caller) =>
    socket instanceof PokerSocket
      ? trackers.refusal(socket, caller)
      : players.refusal(socket, caller),

  admitted: (socket, caller) => {
    if (socket instanceof PokerSocket) trackers.admitted(socket, caller);
    else players.admitted(socket, caller);
  },

  message: (socket, text, waitMs) => {
    if (socket instanceof PokerSocket) trackers.message(socket, text, waitMs);
    else players.message(socket, text, waitMs);
  },

  left: (socket) => {
    if (socket instanceof PokerSocket) trackers.left(socket);
    else players.left(socket);
  },

  heartbeat: (now) => {
    players.heartbeat(now);
    trackers.heartbeat(now);
  },
});
