/**
 * What players do about favors: work that spans a favor and the wallets of its two players.
 *
 * Offering and repaying set money aside first, in the player's own wallet under an id that follows from the intent, and
 * then tell the favor; if it refuses, the money is available again. An answer that moves money waits for the favor's own
 * steps by asking for the same commands (`process.ts`): whoever comes first does them, the other gets the stored reply. So a
 * repetition walks the same steps, and a crash between two of them leaves either a hold that the wallet asks the favor
 * about or work that the favor does itself.
 */
import type { FailureOf } from "../../rpc/contract.ts";
import { BorrowerNotFound, Favor, type FavorView } from "../../rpc/favor.ts";
import { NotYours } from "../../rpc/failure.ts";
import type { FavorChangedBody, OfferFavorBody } from "../../rpc/http/favor.ts";
import { branded, type CommandId, type FavorId, type HoldId } from "../../rpc/id.ts";
import { type Minor } from "../../rpc/money.ts";
import { type Balance, Wallet } from "../../rpc/wallet.ts";
import type { Ask, AskOptions, Outcome } from "../../src/actor/Ask.ts";
import type { Intent } from "../../rpc/intent.ts";
import { fingerprint, intentDigest } from "../intent.ts";
import { balances } from "../wallet/balances.ts";
import { releaseInFull } from "../wallet/release.ts";
import { favorBody } from "./body.ts";
import { collect, credit } from "./process.ts";
import { loanHold, type Work } from "./state.ts";

type WalletFailure<Tag extends "Hold" | "Settle" | "Release" | "Deposit"> = FailureOf<
  typeof Wallet,
  Tag
>;
type FavorFailure<Tag extends "Offer" | "Accept" | "Decline" | "Withdraw" | "Repay" | "GetFavor"> =
  FailureOf<typeof Favor, Tag>;

export type OfferFavorFailure = BorrowerNotFound | WalletFailure<"Hold"> | FavorFailure<"Offer">;
export type AcceptFavorFailure = FavorFailure<"GetFavor" | "Accept"> | WalletFailure<"Settle">;
export type DeclineFavorFailure = FavorFailure<"GetFavor" | "Decline"> | WalletFailure<"Settle">;
export type WithdrawFavorFailure =
  | FavorFailure<"GetFavor" | "Withdraw">
  | WalletFailure<"Settle" | "Release">;
export type RepayFavorFailure =
  | FavorFailure<"GetFavor" | "Repay">
  | WalletFailure<"Hold" | "Settle">;

type Changed<Failure> = Promise<Outcome<FavorChangedBody, Failure>>;

const by = ({ playerId, requestId }: Intent): AskOptions => ({ requestId, by: playerId });

const commandOf = (name: string, intent: Intent) =>
  branded<CommandId>(`${name}:${intentDigest(intent)}`);

const changed = (view: FavorView, balance: Balance, replayed: boolean) => ({
  ok: true as const,
  value: { ...favorBody(view), wallet: balances(balance) },
  replayed,
});

export const offerFavor = async (
  ask: Ask,
  intent: Intent,
  { amount, due_in_seconds, repay, to }: OfferFavorBody,
): Changed<OfferFavorFailure> => {
  const options = by(intent);
  // Nothing is asked of anyone before: who joins later can be lent to with the same key.
  const borrower = await ask(Wallet, "GetWallet", { entityId: to }, options);
  if (!borrower.ok) {
    const { error } = borrower;
    return error._tag === "Unavailable"
      ? { ok: false, error, replayed: false }
      : { ok: false, error: new BorrowerNotFound({ playerId: to }), replayed: false };
  }
  const favorId = branded<FavorId>(`f_${intentDigest(intent)}`);
  const holdId = branded<HoldId>(favorId);
  const asked = fingerprint(["favor", to, amount, repay, due_in_seconds]);
  const held = await hold(ask, intent, { favorId, holdId, amountMinor: amount, asked });
  if (!held.ok) return held;
  const offered = await ask(
    Favor,
    "Offer",
    {
      entityId: favorId,
      commandId: commandOf("offer", intent),
      lenderId: intent.playerId,
      borrowerId: to,
      amountMinor: amount,
      repayMinor: repay,
      dueInMs: due_in_seconds * 1000,
    },
    options,
  );
  if (!offered.ok) return refused(ask, intent, holdId, offered);
  return changed(offered.value, held.value.balance, offered.replayed);
};

export const acceptFavor = async (
  ask: Ask,
  intent: Intent,
  favorId: FavorId,
): Changed<AcceptFavorFailure> => {
  const options = by(intent);
  const claimed = await claim(ask, intent, favorId, "accept");
  if (!claimed.ok) return claimed;
  const accept = { commandId: commandOf("accept", intent), playerId: intent.playerId };
  const accepted = await ask(Favor, "Accept", { entityId: favorId, ...accept }, options);
  if (!accepted.ok) return accepted;
  const work: Work = { leg: "loan", step: "collect", holdId: loanHold(accepted.value) };
  const paid = await pay(ask, accepted.value, work, options);
  if (!paid.ok) return { ...paid, replayed: accepted.replayed };
  // The money is there; the favor will have heard of it in a moment.
  const view: FavorView = { ...accepted.value, status: "active" };
  return changed(view, paid.value.payee, accepted.replayed);
};

export const declineFavor = async (
  ask: Ask,
  intent: Intent,
  favorId: FavorId,
): Changed<DeclineFavorFailure> => {
  const claimed = await claim(ask, intent, favorId, "decline");
  if (!claimed.ok) return claimed;
  const decline = { commandId: commandOf("decline", intent), playerId: intent.playerId };
  const declined = await ask(Favor, "Decline", { entityId: favorId, ...decline }, by(intent));
  return declined.ok ? changed(declined.value, claimed.value, declined.replayed) : declined;
};

export const withdrawFavor = async (
  ask: Ask,
  intent: Intent,
  favorId: FavorId,
): Changed<WithdrawFavorFailure> => {
  const options = by(intent);
  const claimed = await claim(ask, intent, favorId, "withdraw");
  if (!claimed.ok) return claimed;
  const withdraw = { commandId: commandOf("withdraw", intent), playerId: intent.playerId };
  const withdrawn = await ask(Favor, "Withdraw", { entityId: favorId, ...withdraw }, options);
  if (!withdrawn.ok) return withdrawn;
  const { playerId } = intent;
  const released = await releaseInFull(
    ask,
    { playerId, holdId: loanHold(withdrawn.value) },
    options,
  );
  if (!released.ok) return released;
  return changed(withdrawn.value, released.value.balance, withdrawn.replayed);
};

export const repayFavor = async (
  ask: Ask,
  intent: Intent,
  favorId: FavorId,
): Changed<RepayFavorFailure> => {
  const options = by(intent);
  const found = await ask(Favor, "GetFavor", { entityId: favorId }, options);
  if (!found.ok) return found;
  // Who owes how much to whom never changes, so a repetition sees the same.
  const { borrowerId, repayMinor } = found.value;
  if (borrowerId !== intent.playerId) return { ok: false, error: new NotYours(), replayed: false };
  const holdId = branded<HoldId>(`repay:${intentDigest(intent)}`);
  const asked = fingerprint(["repay", favorId]);
  const held = await hold(ask, intent, { favorId, holdId, amountMinor: repayMinor, asked });
  if (!held.ok) return held;
  const repay = { commandId: commandOf("repay", intent), playerId: intent.playerId, holdId };
  const accepted = await ask(Favor, "Repay", { entityId: favorId, ...repay }, options);
  if (!accepted.ok) return refused(ask, intent, holdId, accepted);
  const work: Work = { leg: "repayment", step: "collect", holdId };
  const paid = await pay(ask, accepted.value, work, options);
  if (!paid.ok) return { ...paid, replayed: accepted.replayed };
  const view: FavorView = { ...accepted.value, status: "repaid" };
  return changed(view, paid.value.payer, accepted.replayed);
};

/**
 * Takes the key for this request. Every money command takes its key in the player's own wallet, under one name, so that a
 * key used for one is refused for another; a request that sets no money aside settles nothing there, and learns the
 * balance. What is asked about a favor that does not exist is not remembered.
 */
const claim = async (ask: Ask, intent: Intent, favorId: FavorId, verb: string) => {
  const found = await ask(Favor, "GetFavor", { entityId: favorId }, by(intent));
  if (!found.ok) return found;
  return ask(
    Wallet,
    "Settle",
    {
      entityId: intent.playerId,
      commandId: commandOf("hold", intent),
      items: [],
      ref: favorId,
    },
    { ...by(intent), fingerprint: fingerprint([verb, favorId]) },
  );
};

interface SetAside {
  readonly favorId: FavorId;
  readonly holdId: HoldId;
  readonly amountMinor: Minor;
  /** Fingerprint of the request. */
  readonly asked: string;
}

/** Sets money of the player aside for the favor. */
const hold = (ask: Ask, intent: Intent, { amountMinor, asked, favorId, holdId }: SetAside) =>
  ask(
    Wallet,
    "Hold",
    {
      entityId: intent.playerId,
      commandId: commandOf("hold", intent),
      holdId,
      amountMinor,
      purpose: "favor",
      ref: favorId,
      owner: { kind: Favor.kind, entityId: favorId },
    },
    { ...by(intent), fingerprint: asked },
  );

/** A refusal is final, so the money goes back. Without an answer it may yet be accepted: the hold stays until it is known. */
const refused = async <Failure extends { readonly _tag: string }>(
  ask: Ask,
  intent: Intent,
  holdId: HoldId,
  failure: { readonly ok: false; readonly error: Failure; readonly replayed: boolean },
) => {
  if (failure.error._tag === "Unavailable") return failure;
  const { playerId } = intent;
  const released = await releaseInFull(ask, { playerId, holdId }, by(intent));
  return !released.ok && released.error._tag === "Unavailable"
    ? { ...released, error: released.error }
    : failure;
};

/** Waits until the money has come from one wallet to the other. */
const pay = async (ask: Ask, view: FavorView, work: Work, options: AskOptions) => {
  const collected = await collect(ask, view, work, options);
  if (!collected.ok) return collected;
  const credited = await credit(ask, view, work, options);
  if (!credited.ok) return credited;
  return { ok: true as const, value: { payer: collected.value, payee: credited.value } };
};
