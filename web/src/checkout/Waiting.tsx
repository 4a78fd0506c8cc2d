import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PaymentBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Checkout } from "./Checkout.ts";

/** A payment is under way. It goes on by itself; who has not paid yet finds the way back, or another way. */
export function Waiting({
  payment,
  isGoing,
  checkout,
  onOther,
}: {
  readonly payment: PaymentBody;
  readonly isGoing: boolean;
  readonly checkout: Checkout;
  /** Another way to pay is wanted. */
  readonly onOther: () => void;
}) {
  const { t } = useTranslation("checkout");
  const { time } = useFormat();
  const [isAsking, setIsAsking] = useState(false);
  const { next_step: step, provider, status } = payment;
  const text = isGoing
    ? t("wait.redirecting")
    : status === "succeeded" || status === "authorized"
      ? t(provider === "wallet" ? "wait.wallet" : "wait.taken")
      : status === "cancelling"
        ? t("wait.cancelling")
        : status === "creating"
          ? t("wait.creating")
          : t("wait.pending");
  const isAtProvider = status === "pending" && !isGoing;
  return (
    <section className="panel checkout-wait" data-payment={status} aria-labelledby="wait-title">
      <div className="checkout-wait-sign" aria-hidden="true" />
      <h2 id="wait-title" role="status">
        {text}
      </h2>
      {isAtProvider && (
        <>
          <p>{t("wait.pendingMeaning")}</p>
          <p className="muted">
            {t(`provider.${provider}.name`)}, {t("wait.since", { time: time(payment.started_at) })}
          </p>
          <div className="checkout-wait-acts">
            {step !== null && (
              <button type="button" className="button" onClick={checkout.goOn}>
                {t("wait.back")}
              </button>
            )}
            <button
              type="button"
              className="button is-quiet"
              aria-describedby="wait-other"
              aria-expanded={isAsking}
              onClick={() => {
                setIsAsking(true);
                onOther();
              }}
            >
              {t("wait.other")}
            </button>
          </div>
          <p id="wait-other" className="muted checkout-small">
            {t("wait.otherMeaning")}
          </p>
        </>
      )}
    </section>
  );
}
