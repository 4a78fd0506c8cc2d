/** All WebSockets of the gateway: players and trackers at `/ws`, and whoever watches a raffle at the raffle's own address. */
import type { TemplatedApp } from "uWebSockets.js";
import { HandFeed } from "../../../rpc/handFeed.ts";
import type { SocketStatsBody } from "../../../rpc/http/config.ts";
import { Raffle } from "../../../rpc/raffle.ts";
import { Door } from "./Door.ts";
import { frontEntrance } from "./FrontEntrance.ts";
import { playerEntrance } from "./PlayerEntrance.ts";
import { pokerEntrance } from "./PokerEntrance.ts";
import { raffleEntrance } from "./RaffleEntrance.ts";
import type { SocketServices } from "./SocketServices.ts";
import { type TopicKinds, topicKinds } from "./TopicKinds.ts";
import { Traffic } from "./Traffic.ts";

export interface Sockets {
  /** All that are open. */
  readonly count: () => number;
  /** Those of them that watch a raffle, by raffle. */
  readonly raffleWatchers: () => ReadonlyMap<string, number>;
  /** Those of them that are told hands and have no token. */
  readonly trackers: () => number;
  readonly stats: () => SocketStatsBody;
  /** Closes those whose token has been revoked, with 1008. */
  readonly closeRevoked: () => void;
  /** Closes all with 1012. */
  readonly close: () => void;
}

const kindOf = (kinds: TopicKinds, name: string) => {
  const kind = kinds.get(name);
  if (kind === undefined) throw new Error(`${name} has no topic`);
  return kind;
};

export const serveSockets = (
  app: TemplatedApp,
  options: Omit<SocketServices, "traffic">,
): Sockets => {
  const traffic = new Traffic();
  const { metrics } = options;
  const services: SocketServices = {
    ...options,
    traffic,
    metrics: {
      refused: metrics.refused,
      reservation: metrics.reservation,
      framesSent: (type, count) => {
        traffic.framesSent += count;
        metrics.framesSent(type, count);
      },
    },
  };
  const door = new Door(app, services);
  const kinds = topicKinds(services);
  const players = playerEntrance(app, services, kinds, door.slowReaders);
  const trackers = pokerEntrance(app, services, kindOf(kinds, HandFeed.kind), door.slowReaders);
  const watchers = raffleEntrance(app, services, kindOf(kinds, Raffle.kind), door.slowReaders);
  door.serve(frontEntrance(players, trackers));
  door.serve(watchers);
  return {
    count: () => door.count,
    raffleWatchers: () => watchers.watchers,
    trackers: trackers.count,
    stats: () => ({
      connections: door.count,
      topics: door.topics(),
      frames_sent: traffic.framesSent,
      dropped: traffic.dropped,
    }),
    closeRevoked: () => door.closeRevoked(),
    close: () => {
      door.close();
      players.close();
      trackers.close();
      watchers.close();
    },
  };
};
