/**
 * Paying out of the player's own wallet. It is a provider like any other: `create` sets the money aside (a hold with the
 * payment's id), `capture` settles it onto the reservation's account, `cancel` releases it.
 *
 * Every command id follows from the payment's, so the wallet's stored replies are all the memory there is: the same command
 * again tells what it did the first time.
 */
import { reservationAccount } from "../../entities/ledger.ts";
import { releaseInFull } from "../../entities/wallet/release.ts";
import { branded, type CommandId, type HoldId } from "../../rpc/id.ts";
import { minor } from "../../rpc/money.ts";
import type { PaymentFailure } from "../../rpc/payment.ts";
import { Wallet } from "../../rpc/wallet.ts";
import type { Ask } from "../actor/Ask.ts";
import {
  type PaymentOrder,
  type PaymentProvider,
  type PlacedPayment,
  ProviderError,
  type ProviderPayment,
  type ProviderRefund,
  type ProviderStatus,
} from "./PaymentProvider.ts";

/** The holds' owner as the wallet asks it (`rpc/holdOwner.ts`). */
const OWNER_KIND = "reservation";
const PURPOSE = "ticket";

/** The wallet's refusals to set money aside, by the code that a payment fails with. */
const REFUSALS: Readonly<Record<string, string>> = {
  InsufficientFunds: "insufficient_funds",
  WalletFrozen: "wallet_frozen",
  HoldLimit: "hold_limit",
  WalletNotFound: "wallet_not_found",
};

interface Failure {
  readonly _tag: string;
  readonly message: string;
}

export class WalletProvider implements PaymentProvider {
  readonly name = "wallet";
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async create(order: PaymentOrder): Promise<ProviderPayment> {
    const { amountMinor, paymentId, playerId, raffleId, reservationId } = order;
    const answered = await this.#ask(Wallet, "Hold", {
      entityId: playerId,
      commandId: command("hold", order),
      holdId: holdOf(order),
      amountMinor: minor(amountMinor),
      purpose: PURPOSE,
      ref: raffleId,
      owner: { kind: OWNER_KIND, entityId: reservationId },
    });
    if (answered.ok) return payment(paymentId, "authorized");
    const code = REFUSALS[answered.error._tag];
    if (code === undefined) throw this.#noAnswer(answered.error);
    return payment(paymentId, "failed", { code, detail: answered.error.message });
  }

  /** As it stands now. What was given back is not told: `refund` answers that. */
  async get(placed: PlacedPayment): Promise<ProviderPayment> {
    const created = await this.create(placed);
    if (created.status === "failed") return created;
    const answered = await this.#ask(Wallet, "GetWallet", { entityId: placed.playerId });
    if (!answered.ok) throw this.#noAnswer(answered.error);
    const holdId = holdOf(placed);
    return answered.value.openHolds.some((hold) => hold.holdId === holdId)
      ? created
      : this.#ended(placed);
  }

  /**
   * Whoever drives the payment captures nothing that it has called off: a settlement of a hold that was released takes nothing
   * and looks the same.
   */
  async capture(placed: PlacedPayment): Promise<ProviderPayment> {
    const answered = await this.#ask(Wallet, "Settle", {
      entityId: placed.playerId,
      commandId: command("settle", placed),
      items: [
        {
          holdId: holdOf(placed),
          account: reservationAccount(placed.reservationId),
          payoutMinor: minor(0),
        },
      ],
      ref: placed.raffleId,
    });
    if (answered.ok) return payment(placed.paymentId, "succeeded");
    throw this.#noAnswer(answered.error);
  }

  /** The hold is asked for once more first: its stored reply tells whether there ever was one to release. */
  async cancel(placed: PlacedPayment): Promise<ProviderPayment> {
    const created = await this.create(placed);
    return created.status === "failed"
      ? payment(placed.paymentId, "cancelled")
      : this.#ended(placed);
  }

  /**
   * A payment is given back once and in full, whatever the refund is called. A wallet that cannot take it (`failed`) has said
   * so for good: the money stays on the reservation's account.
   */
  async refund(placed: PlacedPayment, refundId: string): Promise<ProviderRefund> {
    const answered = await this.#ask(Wallet, "Deposit", {
      entityId: placed.playerId,
      commandId: command("refund", placed),
      amountMinor: minor(placed.amountMinor),
      account: reservationAccount(placed.reservationId),
      ref: placed.raffleId,
    });
    if (answered.ok) return { ref: refundId, status: "succeeded" };
    const { _tag } = answered.error;
    if (_tag === "WalletNotFound" || _tag === "BalanceLimit")
      return { ref: refundId, status: "failed" };
    throw this.#noAnswer(answered.error);
  }

  /** Sees to it that a hold that was placed is over. A hold that cannot be released has been settled. */
  async #ended(placed: PlacedPayment): Promise<ProviderPayment> {
    const { paymentId, playerId } = placed;
    const released = await releaseInFull(this.#ask, { playerId, holdId: holdOf(placed) });
    if (released.ok) return payment(paymentId, "cancelled");
    if (released.error._tag === "HoldNotFound") return payment(paymentId, "succeeded");
    throw this.#noAnswer(released.error);
  }

  #noAnswer(failure: Failure): ProviderError {
    return new ProviderError(this.name, failure.message, {
      retryable: failure._tag === "Unavailable",
      cause: failure,
    });
  }
}

const holdOf = ({ paymentId }: PaymentOrder) => branded<HoldId>(paymentId);

const command = (step: string, { paymentId }: PaymentOrder) =>
  branded<CommandId>(`${step}:${paymentId}`);

const payment = (
  ref: string,
  status: ProviderStatus,
  failure: PaymentFailure | null = null,
): ProviderPayment => ({ ref, status, nextStep: null, failure });
