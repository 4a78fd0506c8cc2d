/** An administrator's adjustment of a wallet: one for each key that the administrator makes, however often it is asked for. */
import type { FailureOf } from "../../rpc/contract.ts";
import type { AdjustBody } from "../../rpc/http/admin/players.ts";
import { branded, type CommandId, type PlayerId } from "../../rpc/id.ts";
import type { Intent } from "../../rpc/intent.ts";
import { type Standing, Wallet } from "../../rpc/wallet.ts";
import type { Ask, Outcome } from "../../src/actor/Ask.ts";
import { fingerprint, intentDigest } from "../intent.ts";

/** `intent` is the administrator's; `playerId` is whose wallet it is. */
export const adjustWallet = (
  ask: Ask,
  intent: Intent,
  playerId: PlayerId,
  { amount, reason }: AdjustBody,
): Promise<Outcome<Standing, FailureOf<typeof Wallet, "Adjust">>> =>
  ask(
    Wallet,
    "Adjust",
    {
      entityId: playerId,
      // As the inspector names an administrator's commands: one key, one command.
      commandId: branded<CommandId>(`admin:${intentDigest(intent)}`),
      amountMinor: amount,
      reason,
    },
    {
      requestId: intent.requestId,
      by: intent.playerId,
      fingerprint: fingerprint(["adjust", playerId, amount, reason]),
    },
  );
