/**
 * Where a player's WebSocket should go: to the gateway of the process that has the player's wallet, for there the wallet's
 * asks need not cross to another. It is advice: every gateway serves every player.
 */
import type { Cluster } from "../cluster/Cluster.ts";
import { Wallet } from "../../rpc/wallet.ts";

/** The home's address; undefined when that is this process, or one that is not known to take work. */
export const homeSocketUrl = (cluster: Cluster, playerId: string): string | undefined => {
  const owner = cluster.ownerOf(Wallet.kind, playerId);
  if (owner === undefined || owner.processId === cluster.self.processId) return undefined;
  const report = cluster.reports().find(({ info }) => info.processId === owner.processId);
  return report?.state === "up" ? socketUrl(owner.url) : undefined;
};

/** `https://play.example/x` → `wss://play.example/x/ws` */
const socketUrl = (url: string) => `${url.replace(/^http/, "ws").replace(/\/$/, "")}/ws`;
