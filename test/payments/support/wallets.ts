/** Wallets in memory, for paying out of them. */
import { wallet } from "../../../entities/wallet/entity.ts";
import { CommandId, PlayerId } from "../../../rpc/id.ts";
import { minor } from "../../../rpc/money.ts";
import { Wallet } from "../../../rpc/wallet.ts";
import { ActorSystem } from "../../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../../src/actor/Clock.ts";
import { MemoryJournal } from "../../../src/actor/MemoryJournal.ts";
import { quietMetrics } from "../../support/quietMetrics.ts";

export interface Wallets {
  readonly system: ActorSystem;
  readonly journal: MemoryJournal;
  /** Opens one with so much in it. */
  readonly open: (playerId: string, grantMinor: number) => Promise<void>;
  readonly money: (
    playerId: string,
  ) => Promise<{ readonly totalMinor: number; readonly lockedMinor: number }>;
}

export const openWallets = (): Wallets => {
  const journal = new MemoryJournal();
  const system = new ActorSystem({
    actors: [wallet],
    journal,
    clock: systemClock,
    entropy: systemEntropy,
    metrics: quietMetrics,
    log: () => undefined,
  });
  return {
    system,
    journal,
    open: async (playerId, grantMinor) => {
      const opened = await system.ask(Wallet, "Open", {
        entityId: PlayerId.make(playerId),
        commandId: CommandId.make("open"),
        grantMinor: minor(grantMinor),
      });
      if (!opened.ok) throw opened.error;
    },
    money: async (playerId) => {
      const answered = await system.ask(Wallet, "GetWallet", { entityId: playerId });
      if (!answered.ok) throw answered.error;
      const { lockedMinor, totalMinor } = answered.value.balance;
      return { lockedMinor, totalMinor };
    },
  };
};
