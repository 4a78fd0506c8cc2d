/**
 * The administrator's calls. Types come from the contract; each answer's outline is checked, for a page must not break on
 * what a server of another release says.
 */
import { actCalls } from "./acts/ActCalls.ts";
import type { ActCalls } from "./acts/ActCalls.ts";
import { callAs } from "./call.ts";
import { clusterCalls } from "./cluster/ClusterCalls.ts";
import type { ClusterCalls } from "./cluster/ClusterCalls.ts";
import { entityCalls } from "./entity/EntityCalls.ts";
import type { EntityCalls } from "./entity/EntityCalls.ts";
import { lobbyCalls } from "./lobbies/LobbyCalls.ts";
import type { LobbyCalls } from "./lobbies/LobbyCalls.ts";
import { paymentCalls } from "./payments/PaymentCalls.ts";
import type { PaymentCalls } from "./payments/PaymentCalls.ts";
import { playerCalls } from "./players/PlayerCalls.ts";
import type { PlayerCalls } from "./players/PlayerCalls.ts";
import { queryCalls } from "./query/QueryCalls.ts";
import type { QueryCalls } from "./query/QueryCalls.ts";
import { raffleCalls } from "./raffles/RaffleCalls.ts";
import type { RaffleCalls } from "./raffles/RaffleCalls.ts";
import { unclaimedCalls } from "./unclaimed/UnclaimedCalls.ts";
import type { UnclaimedCalls } from "./unclaimed/UnclaimedCalls.ts";

export type AdminClient = ActCalls &
  ClusterCalls &
  EntityCalls &
  LobbyCalls &
  PaymentCalls &
  PlayerCalls &
  QueryCalls &
  RaffleCalls &
  UnclaimedCalls;

/** `onExpired` is called when the server no longer takes the token. */
export function openAdminClient(token: string, onExpired: () => void): AdminClient {
  const call = callAs(token, onExpired);
  return {
    ...actCalls(call),
    ...clusterCalls(call),
    ...entityCalls(call),
    ...lobbyCalls(call),
    ...paymentCalls(call),
    ...playerCalls(call),
    ...queryCalls(call),
    ...raffleCalls(call),
    ...unclaimedCalls(call),
  };
}
