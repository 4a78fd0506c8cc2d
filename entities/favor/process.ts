/**
 * What a favor has to do in the two wallets, step by step until it is done. A step's command id names the hold that it is
 * about, so doing it twice does it once, whether the favor asks or the one who waits for it (`favor.ts`); a wallet's refusal
 * is remembered under that id too, and is final. Between `collect` and `credit` the money is on the favor's account.
 */
import { branded, type CommandId, type HoldId, type PlayerId } from "../../rpc/id.ts";
import type { FavorView } from "../../rpc/favor.ts";
import { minor } from "../../rpc/money.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Ask, AskOptions } from "../../src/actor/Ask.ts";
import type { Process } from "../../src/actor/DurableActor.ts";
import { favorAccount } from "../ledger.ts";
import { releaseInFull } from "../wallet/release.ts";
import type { FavorInternal } from "./decider.ts";
import { type FavorState, paymentOf, type Work } from "./state.ts";

/** No payment has more: collect, credit, return. */
const MAX_STEPS = 3;

/** Takes the held money onto the favor's account. */
export const collect = (ask: Ask, view: FavorView, work: Work, options?: AskOptions) => {
  const account = favorAccount(view.favorId);
  return ask(
    Wallet,
    "Settle",
    {
      entityId: paymentOf(view, work.leg).from,
      commandId: stepCommand("settle", work.holdId),
      items: [{ holdId: work.holdId, account, payoutMinor: minor(0) }],
      ref: view.favorId,
    },
    options,
  );
};

/** Gives what is on the favor's account to one of the two. */
const deposit = (
  ask: Ask,
  view: FavorView,
  work: Work,
  { name, to }: { readonly name: string; readonly to: PlayerId },
  options?: AskOptions,
) =>
  ask(
    Wallet,
    "Deposit",
    {
      entityId: to,
      commandId: stepCommand(name, work.holdId),
      amountMinor: paymentOf(view, work.leg).amountMinor,
      account: favorAccount(view.favorId),
      ref: view.favorId,
    },
    options,
  );

export const credit = (ask: Ask, view: FavorView, work: Work, options?: AskOptions) =>
  deposit(ask, view, work, { name: "credit", to: paymentOf(view, work.leg).to }, options);

const giveBack = (ask: Ask, view: FavorView, work: Work) =>
  deposit(ask, view, work, { name: "return", to: paymentOf(view, work.leg).from });

const stepCommand = (name: string, holdId: HoldId) => branded<CommandId>(`${name}:${holdId}`);

/** What a wallet answers to a step. */
const doStep = (ask: Ask, view: FavorView, work: Work) => {
  switch (work.step) {
    case "release":
      return releaseInFull(ask, { playerId: paymentOf(view, work.leg).from, holdId: work.holdId });
    case "collect":
      return collect(ask, view, work);
    case "credit":
      return credit(ask, view, work);
    case "return":
      return giveBack(ask, view, work);
  }
};

export const process: Process<FavorState, FavorInternal> = {
  outstanding: ({ favor }) => favor !== null && favor.work !== null,
  run: async ({ ask, state, tell }) => {
    for (let n = 0; n < MAX_STEPS; n++) {
      const { favor } = state();
      if (favor === null || favor.work === null) return;
      const { view, work } = favor;
      const answered = await doStep(ask, view, work);
      // A release that finds no hold has nothing left to do; a payment that a wallet refuses goes elsewhere.
      const isAnswer =
        answered.ok ||
        (work.step === "release"
          ? answered.error._tag === "HoldNotFound"
          : work.step !== "collect" && isFull(answered.error));
      if (!isAnswer) throw new Error(`${work.step} of ${work.holdId}: ${answered.error.message}`);
      const refused = !answered.ok && work.step !== "release";
      if (!(await tell({ _tag: "Finish", work, refused }))) return;
    }
  },
};

/** A wallet's refusal to take money in. */
const isFull = ({ _tag }: { readonly _tag: string }) =>
  _tag === "BalanceLimit" || _tag === "WalletNotFound";
