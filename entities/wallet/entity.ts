/** The wallet as a durable actor. */
import { HashMap } from "effect";
import { Wallet } from "../../rpc/wallet.ts";
import { type AnyDurableActor, make } from "../../src/actor/DurableActor.ts";
import { Ledger } from "../ledger.ts";
import { decider, type WalletInternal } from "./decider.ts";
import { WalletEvent } from "./events.ts";
import { process } from "./process.ts";
import { project } from "./projection.ts";
import { balanceOf, WalletState } from "./state.ts";

export const wallet: AnyDurableActor = make<
  typeof Wallet,
  WalletState,
  WalletEvent,
  WalletInternal
>({
  contract: Wallet,
  decider,
  event: WalletEvent,
  snapshots: {
    schema: WalletState,
    revision: 1,
    everyEntries: 200,
    size: ({ holds, transfers }) => HashMap.size(holds) + HashMap.size(transfers),
  },
  recentReplies: 32,
  alarm: {
    dueAt: (state) => state.nextCheckAt ?? undefined,
    command: (_, now) => ({ _tag: "DoubtHolds", now }),
  },
  process,
  topic: {
    version: (state) => state.version,
    // Each frame is the whole balance, so a watcher that missed some needs only the latest.
    history: 0,
    frames: (_, after, { entityId }) => {
      const { availableMinor, lockedMinor, totalMinor, version } = balanceOf(after);
      const balances = {
        balance_total: totalMinor,
        balance_locked: lockedMinor,
        balance_available: availableMinor,
      };
      const frozen = after.freeze !== null;
      return [
        {
          version,
          frame: { type: "WALLET_UPDATED", player_id: entityId, version, ...balances, frozen },
        },
      ];
    },
  },
  projections: [Ledger],
  project,
});
