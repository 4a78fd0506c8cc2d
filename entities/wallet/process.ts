/**
 * What a wallet owes to others, driven until it is done: transfers on their way, and questions about holds that have
 * been open for long. Each step is idempotent by its command id.
 */
import { createHash } from "node:crypto";
import { Array as Arr, HashMap } from "effect";
import { holdOwner } from "../../rpc/holdOwner.ts";
import { CommandId, PlayerId } from "../../rpc/id.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Process, ProcessContext } from "../../src/actor/DurableActor.ts";
import type { WalletInternal } from "./decider.ts";
import type { OpenHold, WalletState } from "./state.ts";

/** Steps taken at a time: enough to share commits, few enough to leave the owners room. */
const CONCURRENT_STEPS = 32;

type Context = ProcessContext<WalletState, WalletInternal>;

export const process: Process<WalletState, WalletInternal> = {
  outstanding: (state) => state.doubted > 0 || !HashMap.isEmpty(state.transfers),
  run: async (context) => {
    const { holds, transfers } = context.state();
    const doubted = [...HashMap.values(holds)].filter((hold) => hold.doubted);
    const steps = [
      ...[...HashMap.keys(transfers)].map((id) => () => sendTransfer(context, id)),
      ...doubted.map((hold) => () => askOwner(context, hold)),
    ];
    const failures: Array<unknown> = [];
    // A step that cannot be done keeps none of the others waiting.
    const attempt = (step: () => Promise<void>) =>
      step().catch((cause: unknown) => void failures.push(cause));
    for (const some of Arr.chunksOf(steps, CONCURRENT_STEPS)) await Promise.all(some.map(attempt));
    if (failures.length > 0)
      throw new AggregateError(failures, `not all that is owed was done: ${String(failures[0])}`);
  },
};

/** Of fixed length, so that ids of any length make a command id. */
const digest = (text: string) => createHash("sha256").update(text).digest("base64url");

const sendTransfer = async (context: Context, transferId: string): Promise<void> => {
  const sent = HashMap.get(context.state().transfers, transferId);
  if (sent._tag === "None") return;
  const { amountMinor, ref, to } = sent.value;
  const received = await context.ask(Wallet, "Receive", {
    entityId: to,
    commandId: CommandId.make(`receive:${digest(transferId)}`),
    from: PlayerId.make(context.entityId),
    transferId,
    amountMinor,
    ref,
  });
  if (received.ok) await context.tell({ _tag: "FinishTransfer", transferId, arrived: true });
  // Only a refusal is final. Anything else leaves it unknown whether it arrived: ask again later.
  else if (received.error._tag === "WalletNotFound" || received.error._tag === "BalanceLimit") {
    await context.tell({ _tag: "FinishTransfer", transferId, arrived: false });
  }
};

const askOwner = async (
  context: Context,
  { checkAt, holdId, owner, ref }: OpenHold,
): Promise<void> => {
  const answered = await context.ask(holdOwner(owner.kind), "ReconcileHold", {
    entityId: owner.entityId,
    commandId: CommandId.make(`reconcile:${digest(holdId)}:${checkAt}`),
    holdId,
    ref,
  });
  if (!answered.ok) return;
  await context.tell(
    answered.value.stands ? { _tag: "ConfirmHold", holdId } : { _tag: "VoidHold", holdId },
  );
};
