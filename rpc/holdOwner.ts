/**
 * Whoever has money held in a wallet answers for it. A hold names its owner, by kind and id; when it has been open for
 * long, the wallet asks that entity, whatever it is, whether it still stands behind it. So a contract whose entities own
 * holds includes this command, and a wallet knows none of them.
 */
import { RpcGroup } from "@effect/rpc";
import { Schema } from "effect";
import { command, contract } from "./contract.ts";
import { HoldId } from "./id.ts";

/**
 * Does the entity stand behind the hold, or is it about to end it itself? If not, it refuses the hold's id from now on, so
 * that the wallet may release the money. `ref` is the hold's own.
 */
export const ReconcileHold = command("ReconcileHold", {
  payload: { holdId: HoldId, ref: Schema.String },
  success: Schema.Struct({ stands: Schema.Boolean }),
});

const HoldOwnerRpcs = RpcGroup.make(ReconcileHold);

/** What may be said to the owner of a hold, of whatever kind. */
export const holdOwner = (kind: string) => contract(kind, HoldOwnerRpcs);
