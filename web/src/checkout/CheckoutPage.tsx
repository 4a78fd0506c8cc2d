import "./Checkout.css";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PaymentBody, RaffleBody, Refusal, ReservationBody } from "../../../sdk/src/index.ts";
import { Refused } from "../app/Refused.tsx";
import { paths } from "../app/paths.ts";
import { useCroupier } from "../app/useSeat.ts";
import { useTableState } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { PushOffer } from "../push/PushOffer.tsx";
import { CountdownRing } from "../raffle/CountdownRing.tsx";
import { numberText } from "../raffle/grid/layout.ts";
import { Blank } from "../shell/Blank.tsx";
import { PageHead } from "../shell/PageHead.tsx";
import { useTitle } from "../shell/useTitle.ts";
import type { Attempt, ProviderName } from "./attempt.ts";
import { CancelDialog } from "./CancelDialog.tsx";
import { createCheckout } from "./Checkout.ts";
import type { Checkout, CheckoutState } from "./Checkout.ts";
import { Over, Sold } from "./Outcome.tsx";
import { ProviderChoice } from "./ProviderChoice.tsx";
import { choiceOf, offered } from "./providers.ts";
import { raffleIdOf, standingOf } from "./standing.ts";
import { Ticket } from "./Ticket.tsx";
import { useProviders } from "./useProviders.ts";
import { Waiting } from "./Waiting.tsx";

const MS_PER_SECOND = 1_000;

/** Five minutes to pay, and what comes of it. */
export default function CheckoutPage({ reservationId }: { readonly reservationId: string }) {
  const { t } = useTranslation("checkout");
  const croupier = useCroupier();
  const raffleId = raffleIdOf(reservationId);
  const checkout = useMemo(
    () =>
      createCheckout({
        croupier,
        reservationId,
        storage: localStorage,
        returnUrl: `${location.origin}/#${paths.checkout(reservationId)}`,
        go: (url) => location.assign(url),
      }),
    [croupier, reservationId],
  );
  const state = useSyncExternalStore(checkout.store.subscribe, checkout.store.get);
  useEffect(() => checkout.follow(), [checkout]);
  const raffle = useRaffleBody(raffleId);
  const { absence, isFailed, reservation } = state;
  useTitle(t("title"));
  return (
    <main
      className="page is-narrow checkout"
      id="main"
      tabIndex={-1}
      aria-busy={reservation === null && absence === null && !isFailed}
    >
      <p className="page-back">
        <Link href={paths.raffle(raffleId)}>{t("back")}</Link>
      </p>
      <PageHead title={t("title")} lead={raffle?.title} />
      {absence !== null ? (
        <Blank icon="tickets" title={t(absence === "missing" ? "missing" : "notYours")}>
          <Link className="button" href={paths.raffles}>
            {t("toRaffles")}
          </Link>
        </Blank>
      ) : reservation === null ? (
        !isFailed && <div className="checkout-waiting" aria-hidden="true" />
      ) : (
        <Room
          key={reservationId}
          reservation={reservation}
          raffle={raffle}
          state={state}
          checkout={checkout}
        />
      )}
      {isFailed && (
        <div className="notice is-bad checkout-failed" role="alert">
          <p>
            <strong>{t("failed")}</strong>
            {t("failedMeaning")}
          </p>
          <button type="button" className="button is-small" onClick={() => void checkout.read()}>
            {t("tryAgain", { ns: "shell" })}
          </button>
        </div>
      )}
    </main>
  );
}

function Room({
  reservation,
  raffle,
  state,
  checkout,
}: {
  readonly reservation: ReservationBody;
  readonly raffle: RaffleBody | null;
  readonly state: CheckoutState;
  readonly checkout: Checkout;
}) {
  const { t } = useTranslation("checkout");
  const standing = standingOf(reservation);
  const [isCancelling, setIsCancelling] = useState(false);
  /** The payment that another way is wanted for. */
  const [given, setGiven] = useState<string | null>(null);
  if (standing.kind === "sold") return <Sold reservation={reservation} raffle={raffle} />;
  if (standing.kind === "over" || standing.kind === "refunded")
    return <Over standing={standing} reservation={reservation} />;
  const isGivenUp = standing.kind === "wait" && standing.payment.id === given;
  const isPaying = state.payingBy !== null;
  return (
    <div className="checkout-columns">
      <div className="checkout-main">
        {standing.kind === "selection" && (
          <section className="panel checkout-early">
            <h2>{t("selection.title")}</h2>
            <p>{t("selection.meaning")}</p>
            <div className="checkout-acts">
              <button
                type="button"
                className="button is-main"
                disabled={state.isActing}
                onClick={() => void checkout.toCheckout()}
              >
                {t("selection.go")}
              </button>
              <Link className="button" href={paths.raffle(reservation.raffle_id)}>
                {t("back")}
              </Link>
            </div>
          </section>
        )}
        {standing.kind === "wait" && !isPaying && (
          <Waiting
            payment={standing.payment}
            isGoing={state.isGoing}
            checkout={checkout}
            onOther={() => setGiven(standing.payment.id)}
          />
        )}
        {(standing.kind === "choose" || isGivenUp || (standing.kind === "wait" && isPaying)) && (
          <Choose
            reservation={reservation}
            last={standing.kind === "choose" ? standing.last : null}
            state={state}
            checkout={checkout}
          />
        )}
        {standing.kind !== "selection" && <PushOffer />}
      </div>
      <Summary reservation={reservation} raffle={raffle} />
      <button
        type="button"
        className="button is-quiet checkout-cancel"
        disabled={state.isActing || isPaying}
        onClick={() => setIsCancelling(true)}
      >
        {t("cancel")}
      </button>
      {isCancelling && (
        <CancelDialog
          onKeep={() => setIsCancelling(false)}
          onCancel={() => {
            setIsCancelling(false);
            void checkout.cancel();
          }}
        />
      )}
    </div>
  );
}

function Choose({
  reservation,
  last,
  state,
  checkout,
}: {
  readonly reservation: ReservationBody;
  /** The payment before, which came to nothing; null before the first. */
  readonly last: PaymentBody | null;
  readonly state: CheckoutState;
  readonly checkout: Checkout;
}) {
  const { t } = useTranslation("checkout");
  const { money } = useFormat();
  const wallet = useTableState(({ wallet }) => wallet);
  const all = useProviders(true);
  const [wanted, setWanted] = useState<ProviderName | null>(state.attempt?.provider ?? null);
  const amountMinor = reservation.total_amount;
  const { attempt, isGoing, payingBy, refusal } = state;
  const providers = all === null ? null : offered(all);
  const chosen =
    payingBy ?? (providers === null ? null : choiceOf(providers, wanted, wallet, amountMinor));
  const isBusy = payingBy !== null || isGoing;
  return (
    <form
      className="panel checkout-pay"
      aria-busy={isBusy}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) void checkout.pay(chosen);
      }}
    >
      <Trouble refusal={refusal} last={last} attempt={attempt} isBusy={isBusy} />
      {providers === null ? (
        <div className="checkout-waiting is-low" aria-hidden="true" />
      ) : (
        <ProviderChoice
          providers={providers}
          chosen={chosen}
          onChoose={setWanted}
          wallet={wallet}
          amountMinor={amountMinor}
          isDisabled={isBusy}
        />
      )}
      <button
        type="submit"
        className="button is-main checkout-go"
        disabled={chosen === null || isBusy}
        aria-busy={isBusy}
      >
        {isGoing
          ? t("wait.redirecting")
          : payingBy === "wallet"
            ? t("wait.wallet")
            : payingBy !== null
              ? t("wait.creating")
              : t("pay", { amount: money(amountMinor) })}
      </button>
      <p className="muted checkout-small">{t("secure")}</p>
    </form>
  );
}

/** What became of the attempt before. */
function Trouble({
  refusal,
  last,
  attempt,
  isBusy,
}: {
  readonly refusal: Refusal | null;
  readonly last: PaymentBody | null;
  readonly attempt: Attempt | null;
  readonly isBusy: boolean;
}) {
  const { t } = useTranslation("checkout");
  if (isBusy) return null;
  if (refusal !== null && attempt !== null) {
    return (
      <div className="notice" role="alert" data-trouble="unanswered">
        <div>
          <strong>{t("unanswered.title")}</strong>
          {t("unanswered.meaning")}
        </div>
      </div>
    );
  }
  if (last?.status === "failed") {
    return (
      <div className="notice is-bad" role="alert" data-trouble="declined">
        <div>
          <strong>{t("declined.title")}</strong>
          {last.failure !== null && `${last.failure.detail} `}
          {t("declined.meaning")}
        </div>
      </div>
    );
  }
  if (refusal !== null) return <Refused refusal={refusal} />;
  if (last?.status === "cancelled") {
    return (
      <div className="notice" role="status" data-trouble="cancelled">
        {t("called")}
      </div>
    );
  }
  return null;
}

function Summary({
  reservation,
  raffle,
}: {
  readonly reservation: ReservationBody;
  readonly raffle: RaffleBody | null;
}) {
  const { t } = useTranslation("checkout");
  const { money } = useFormat();
  const { expires_at: expiresAt, numbers, phase, total_amount: total } = reservation;
  const seconds = phase === "checkout" ? raffle?.checkout_seconds : raffle?.selection_seconds;
  return (
    <section className="panel checkout-summary" aria-labelledby="summary-title">
      <div className="checkout-time">
        <CountdownRing
          size="large"
          endsAtMs={Date.parse(expiresAt)}
          givenMs={(seconds ?? 0) * MS_PER_SECOND}
          key={phase}
        />
        <p className="muted">{t(phase === "checkout" ? "timeLeft" : "timeSelection")}</p>
      </div>
      <h2 id="summary-title">{t("summary")}</h2>
      <ul className="tickets-row">
        {numbers.map(({ id, number }, place) => (
          <Ticket
            key={id}
            text={raffle === null ? id : numberText(number, raffle.total_numbers)}
            isOwn={false}
            place={place}
          />
        ))}
      </ul>
      <dl className="checkout-sum figure">
        <div>
          <dt>
            {t("count", { count: numbers.length })}
            {raffle !== null && ` ${t("each", { price: money(raffle.ticket_price) })}`}
          </dt>
          <dd>{money(total)}</dd>
        </div>
        <div className="is-total">
          <dt>{t("total")}</dt>
          <dd>{money(total)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** What the raffle is called and how many numbers it has. */
function useRaffleBody(raffleId: string): RaffleBody | null {
  const croupier = useCroupier();
  const raffle = croupier.raffle(raffleId);
  return useSyncExternalStore(raffle.subscribe, () => raffle.get().raffle);
}
