import { useTranslation } from "react-i18next";
import type { RaffleBody } from "../../../sdk/src/index.ts";
import { isLive } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { CountdownRing } from "./CountdownRing.tsx";
import { numberText } from "./grid/layout.ts";
import { ownOf } from "./Selection.ts";
import type { Selection, SelectionState } from "./Selection.ts";

const MS_PER_SECOND = 1_000;

/** What one has chosen, what it comes to, how long it is kept, and the way on. It floats above the grid's lower end. */
export function CheckoutBar({
  raffle,
  state,
  selection,
  onReserve,
  onCheckout,
}: {
  readonly raffle: RaffleBody;
  readonly state: SelectionState;
  readonly selection: Selection;
  readonly onReserve: () => void;
  readonly onCheckout: () => void;
}) {
  const { t } = useTranslation("raffle");
  const { money } = useFormat();
  const { held, picked } = ownOf(state);
  const reservation = isLive(state.reservation) ? state.reservation : null;
  const numbers = reservation === null ? [...picked, ...held] : held;
  if (numbers.length === 0) return null;
  const isAtCheckout = reservation?.phase === "checkout";
  const seconds = isAtCheckout ? raffle.checkout_seconds : raffle.selection_seconds;
  const isOrdering = state.adding.length + state.removing.length > 0;
  return (
    <section
      className="checkout-bar"
      aria-label={t("bar.label")}
      data-bar={reservation?.phase ?? (state.isReserving ? "reserving" : "picking")}
    >
      {reservation !== null && (
        <CountdownRing
          endsAtMs={reservation.expiresAtMs}
          givenMs={seconds * MS_PER_SECOND}
          key={reservation.phase}
        />
      )}
      <div className="checkout-bar-what">
        <p className="checkout-bar-sum">
          <strong className="figure">{money(numbers.length * raffle.ticket_price)}</strong>
          <span className="muted">{t("bar.count", { count: numbers.length })}</span>
        </p>
        <ul className="checkout-bar-numbers" aria-label={t("bar.numbers")}>
          {numbers
            .toSorted((a, b) => a - b)
            .map((number) => {
              const text = numberText(number, raffle.total_numbers);
              const canRemove =
                !state.isReserving && !isAtCheckout && !state.adding.includes(number);
              return (
                <li key={number} data-number={number} data-ordered={state.adding.includes(number)}>
                  {canRemove ? (
                    <button
                      type="button"
                      className="number-chip figure"
                      aria-label={t("bar.remove", { number: text })}
                      onClick={() => selection.toggle(number)}
                    >
                      {text}
                      <span aria-hidden="true">×</span>
                    </button>
                  ) : (
                    <span className="number-chip figure">{text}</span>
                  )}
                </li>
              );
            })}
        </ul>
      </div>
      <div className="checkout-bar-acts">
        {reservation === null ? (
          <>
            <button
              type="button"
              className="button is-quiet"
              disabled={state.isReserving}
              onClick={selection.clear}
            >
              {t("bar.clear")}
            </button>
            <button
              type="button"
              className="button is-main"
              aria-busy={state.isReserving}
              disabled={state.isReserving}
              data-act="reserve"
              onClick={onReserve}
            >
              {t(state.isReserving ? "bar.reserving" : "bar.reserve", { count: numbers.length })}
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              className="button is-quiet"
              disabled={state.isLeaving}
              onClick={() => void selection.cancel()}
            >
              {t("bar.cancel")}
            </button>
            <button
              type="button"
              className="button is-main"
              disabled={state.isLeaving || isOrdering}
              aria-busy={state.isLeaving}
              data-act="checkout"
              onClick={onCheckout}
            >
              {t(isAtCheckout ? "bar.pay" : "bar.checkout")}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
