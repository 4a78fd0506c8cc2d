/** All WebSockets of the gateway: players at `/ws`, and whoever watches a raffle at the raffle's own address. */
import type { TemplatedApp } from "uWebSockets.js";
import { Raffle } from "../../../rpc/raffle.ts";
import { Door } from "./Door.ts";
import { playerEntrance } from "./PlayerEntrance.ts";
import { raffleEntrance } from "./RaffleEntrance.ts";
import type { SocketServices } from "./SocketServices.ts";
import { topicKinds } from "./TopicKinds.ts";

export interface Sockets {
  /** All that are open. */
  readonly count: () => number;
  /** Those of them that watch a raffle, by raffle. */
  readonly raffleWatchers: () => ReadonlyMap<string, number>;
  /** Closes all with 1012. */
  readonly close: () => void;
}

export const serveSockets = (app: TemplatedApp, services: SocketServices): Sockets => {
  const door = new Door(app, services);
  const kinds = topicKinds(services);
  const players = playerEntrance(app, services, kinds, door.slowReaders);
  const ofRaffle = kinds.get(Raffle.kind);
  if (ofRaffle === undefined) throw new Error("raffles have no topic");
  const watchers = raffleEntrance(app, services, ofRaffle, door.slowReaders);
  door.serve(players);
  door.serve(watchers);
  return {
    count: () => door.count,
    raffleWatchers: () => watchers.watchers,
    close: () => {
      door.close();
      players.close();
      watchers.close();
    },
  };
};
