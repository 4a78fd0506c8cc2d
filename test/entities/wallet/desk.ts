import { decider } from "../../../entities/wallet/decider.ts";
import { WalletEvent } from "../../../entities/wallet/events.ts";
import { project } from "../../../entities/wallet/projection.ts";
import { WalletState } from "../../../entities/wallet/state.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { desk } from "../../support/DeciderRun.ts";

export const walletDesk = desk(
  { contract: Wallet, decider, project },
  { event: WalletEvent, state: WalletState },
);
