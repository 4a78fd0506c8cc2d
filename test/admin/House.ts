/** Real wallets, lobbies, favors, raffles and reservations of one process on a fresh PostgreSQL, with the inspector that looks into them. */
import type pg from "pg";
import { favor } from "../../entities/favor/entity.ts";
import { lobby } from "../../entities/lobby/entity.ts";
import { raffle } from "../../entities/raffle/entity.ts";
import { reservation } from "../../entities/reservation/entity.ts";
import { wallet } from "../../entities/wallet/entity.ts";
import { Account, CommandId, HoldId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import { Wallet } from "../../rpc/wallet.ts";
import { ActorSystem } from "../../src/actor/ActorSystem.ts";
import { systemClock, systemEntropy } from "../../src/actor/Clock.ts";
import { PgJournal } from "../../src/actor/PgJournal.ts";
import { makeInspector } from "../../src/game.ts";
import type { Inspector } from "../../src/gateway/Inspector.ts";
import type { PaymentProvider } from "../../src/payments/PaymentProvider.ts";
import { WalletProvider } from "../../src/payments/WalletProvider.ts";
import { openPool } from "../support/journals.ts";
import { freshDatabase } from "../support/postgres.ts";

export const GRANT = 100_000;

export interface House {
  readonly pool: pg.Pool;
  readonly system: ActorSystem;
  readonly inspector: Inspector;
  readonly open: (player: string) => Promise<void>;
  /** Locks money of a player's wallet under a hold of this id. */
  readonly hold: (player: string, holdId: string, amount: number) => Promise<boolean>;
  readonly release: (player: string, holdId: string) => Promise<boolean>;
  /** The wallet as its actor has it in memory. */
  readonly wallet: (player: string) => Promise<{ total: number; holds: ReadonlyArray<string> }>;
  readonly close: () => Promise<void>;
}

/** No beacon, and no way to pay but by wallet and by `others`. */
export const openHouse = async (others: ReadonlyArray<PaymentProvider> = []): Promise<House> => {
  const database = await freshDatabase();
  const pool = openPool(database.url);
  const providers = new Map<string, PaymentProvider>(others.map((one) => [one.name, one]));
  const actors = [
    wallet,
    lobby,
    favor,
    raffle({ round: async () => undefined }),
    reservation({ of: (name) => providers.get(name) }),
  ];
  const projections = [...new Set(actors.flatMap((actor) => actor.projections))];
  const journal = new PgJournal({ url: database.url, pool, projections, log: () => undefined });
  const nothing = () => undefined;
  const system = new ActorSystem({
    actors,
    journal,
    clock: systemClock,
    entropy: systemEntropy,
    metrics: {
      decided: nothing,
      committed: nothing,
      fenced: nothing,
      didItself: nothing,
      resumed: nothing,
      recoveredFromSnapshot: nothing,
    },
    log: nothing,
  });
  const { ask } = system;
  providers.set("wallet", new WalletProvider(ask));
  return {
    pool,
    system,
    inspector: makeInspector(system, pool),
    open: async (player) => {
      const commandId = CommandId.make("open");
      const opened = await ask(Wallet, "Open", {
        entityId: player,
        commandId,
        grantMinor: minor(GRANT),
      });
      if (!opened.ok) throw opened.error;
    },
    hold: async (player, holdId, amount) => {
      const held = await ask(
        Wallet,
        "Hold",
        {
          entityId: player,
          commandId: CommandId.make(`hold:${holdId}`),
          holdId: HoldId.make(holdId),
          amountMinor: minor(amount),
          purpose: "bet",
          ref: "race-1",
          owner: { kind: "lobby", entityId: "demo" },
        },
        { by: player, requestId: `r-${holdId}` },
      );
      return held.ok;
    },
    release: async (player, holdId) => {
      const released = await ask(Wallet, "Release", {
        entityId: player,
        commandId: CommandId.make(`release:${holdId}`),
        holdId: HoldId.make(holdId),
        feeMinor: minor(0),
        feeAccount: Account.make("house:fees"),
      });
      return released.ok;
    },
    wallet: async (player) => {
      const read = await ask(Wallet, "GetWallet", { entityId: player });
      if (!read.ok) throw read.error;
      const { balance, openHolds } = read.value;
      return { total: balance.totalMinor, holds: openHolds.map(({ holdId }) => holdId).toSorted() };
    },
    close: async () => {
      await system.shutdown();
      await journal.close();
      await pool.end();
      await database.drop();
    },
  };
};
