import type { ActBody } from "../../../../rpc/http/admin/acts.ts";
import { ALL_PAYMENTS, hashOf } from "../route.ts";

/** What an act is on: its name, and the page that shows it; null for an act on nothing that has one. */
export function actTarget({ target }: Pick<ActBody, "target">): {
  readonly name: string;
  readonly href: string | null;
} | null {
  const { player_id: playerId, lobby_id: lobbyId, raffle_id: raffleId, provider } = target;
  const { kind, entity_id: entityId, payment_id: paymentId } = target;
  if (playerId !== undefined) {
    return { name: playerId, href: hashOf({ page: "player", playerId }) };
  }
  if (lobbyId !== undefined) {
    const href = hashOf({ page: "entity", kind: "lobby", entityId: lobbyId, version: null });
    return { name: lobbyId, href };
  }
  if (raffleId !== undefined) {
    return { name: raffleId, href: hashOf({ page: "raffle", raffleId }) };
  }
  if (provider !== undefined) {
    const filter = { ...ALL_PAYMENTS, provider };
    return { name: provider, href: hashOf({ page: "payments", filter }) };
  }
  if (paymentId !== undefined) {
    const filter = { ...ALL_PAYMENTS, status: "refund_refused" };
    return { name: paymentId, href: hashOf({ page: "payments", filter }) };
  }
  if (kind !== undefined && entityId !== undefined) {
    return {
      name: `${kind}/${entityId}`,
      href: hashOf({ page: "entity", kind, entityId, version: null }),
    };
  }
  if (kind !== undefined) {
    return { name: kind, href: hashOf({ page: "entities", kind, prefix: "" }) };
  }
  // A process has gone when its act is read, more often than not.
  return target.process_id === undefined ? null : { name: target.process_id, href: null };
}
