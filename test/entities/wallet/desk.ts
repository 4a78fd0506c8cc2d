import { decider, type WalletInternal } from "../../../entities/wallet/decider.ts";
import { WalletEvent } from "../../../entities/wallet/events.ts";
import { project } from "../../../entities/wallet/projection.ts";
import { WalletState } from "../../../entities/wallet/state.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import type { Desk } from "../../support/DeciderRun.ts";

export const walletDesk: Desk<typeof Wallet, WalletState, WalletEvent, WalletInternal> = {
  contract: Wallet,
  decider,
  event: WalletEvent,
  state: WalletState,
  project,
};
