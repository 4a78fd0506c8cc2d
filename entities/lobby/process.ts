/**
 * A lobby pays what it owes: every bet and cast of a finished race, and every cancelled bet, has a hold in some wallet
 * that has to end. Each wallet is asked under a command id that names the race or the bet, so asking twice pays once;
 * what has been confirmed leaves the debts, and a crash at any point goes on with what is left.
 */
import { Array as Arr, HashMap } from "effect";
import { branded, type CommandId, type HoldId } from "../../rpc/id.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Process, ProcessContext } from "../../src/actor/DurableActor.ts";
import { house } from "../ledger.ts";
import { releaseCommand } from "../wallet/release.ts";
import type { LobbyInternal } from "./decider.ts";
import type { Debt, LobbyState } from "./state.ts";

/** Wallets asked at a time: enough to fill a group commit, few enough to leave room for bets. */
const CONCURRENT_WALLETS = 128;

type Context = ProcessContext<LobbyState, LobbyInternal>;
type Owed<Kind extends Debt["_tag"]> = readonly [HoldId, Extract<Debt, { readonly _tag: Kind }>];

export const process: Process<LobbyState, LobbyInternal> = {
  outstanding: (state) => !HashMap.isEmpty(state.debts),
  run: async (context) => {
    const settles: Array<Owed<"Settle">> = [];
    const releases: Array<Owed<"Release">> = [];
    for (const [holdId, debt] of context.state().debts) {
      if (debt._tag === "Settle") settles.push([holdId, debt]);
      else releases.push([holdId, debt]);
    }
    const byWallet = Object.values(
      Arr.groupBy(settles, ([, { playerId, raceId }]) => `${raceId}|${playerId}`),
    );
    const steps = [
      ...byWallet.map((items) => () => settle(context, items)),
      ...releases.map((item) => () => release(context, item)),
    ];
    for (const some of Arr.chunksOf(steps, CONCURRENT_WALLETS)) {
      const holdIds = (await Promise.all(some.map((step) => step()))).flat();
      if (holdIds.length > 0) await context.tell({ _tag: "ConfirmPaid", holdIds });
    }
  },
};

/** Ends all of a player's holds of one race; answers those that have ended. */
const settle = async (
  { ask }: Context,
  items: ReadonlyArray<Owed<"Settle">>,
): Promise<ReadonlyArray<HoldId>> => {
  const first = items[0];
  if (first === undefined) return [];
  const { playerId, raceId } = first[1];
  const settled = await ask(Wallet, "Settle", {
    entityId: playerId,
    commandId: branded<CommandId>(`settle:${raceId}`),
    items: items.map(([holdId, { account, payoutMinor }]) => ({ holdId, account, payoutMinor })),
    ref: raceId,
  });
  return settled.ok ? items.map(([holdId]) => holdId) : [];
};

/** Answers the hold when it has ended, whoever ended it. */
const release = async ({ ask }: Context, [holdId, { feeMinor, playerId }]: Owed<"Release">) => {
  const released = await ask(Wallet, "Release", {
    entityId: playerId,
    commandId: releaseCommand(holdId),
    holdId,
    feeMinor,
    feeAccount: house.fees,
  });
  return released.ok || released.error._tag === "HoldNotFound" ? [holdId] : [];
};
