/** The release of a hold is one command, whether its owner gives it or the one who waits for it. */
import { branded, type CommandId, type HoldId, type PlayerId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Ask, AskOptions } from "../../src/actor/Ask.ts";
import { house } from "../ledger.ts";

export const releaseCommand = (holdId: HoldId) => branded<CommandId>(`release:${holdId}`);

/** Ends a hold without a fee. */
export const releaseInFull = (
  ask: Ask,
  { holdId, playerId }: { readonly playerId: PlayerId; readonly holdId: HoldId },
  options?: AskOptions,
) =>
  ask(
    Wallet,
    "Release",
    {
      entityId: playerId,
      commandId: releaseCommand(holdId),
      holdId,
      feeMinor: minor(0),
      feeAccount: house.fees,
    },
    options,
  );
