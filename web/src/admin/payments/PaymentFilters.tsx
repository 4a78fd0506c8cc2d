import { useId } from "react";
import { ALL_PAYMENTS } from "../route.ts";
import type { PaymentFilter } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { navigate } from "../useRoute.ts";
import { PAYMENT_STATUSES, PROVIDER_NAMES, providerText } from "./kinds.ts";

/** Which payments are shown. It stands in the address, so that a view can be sent to someone. */
export function PaymentFilters({ filter }: { readonly filter: PaymentFilter }) {
  const { t } = useAdminText();
  const id = useId();
  const choose = (change: Partial<PaymentFilter>) =>
    navigate({ page: "payments", filter: { ...filter, ...change } }, "replace");
  const isAll = Object.values(filter).every((asked) => asked === null);
  return (
    <form
      className="payments-filters"
      aria-label={t("payments.filters")}
      onSubmit={(event) => event.preventDefault()}
    >
      <div>
        <label className="field-label" htmlFor={`${id}-status`}>
          {t("payments.status")}
        </label>
        <select
          id={`${id}-status`}
          className="input"
          value={filter.status ?? ""}
          onChange={(event) => choose({ status: event.target.value || null })}
        >
          <option value="">{t("payments.any")}</option>
          {PAYMENT_STATUSES.map((status) => (
            <option key={status} value={status}>
              {t(`payments.statuses.${status}`)}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label className="field-label" htmlFor={`${id}-provider`}>
          {t("payments.provider")}
        </label>
        <select
          id={`${id}-provider`}
          className="input"
          value={filter.provider ?? ""}
          onChange={(event) => choose({ provider: event.target.value || null })}
        >
          <option value="">{t("payments.any")}</option>
          {PROVIDER_NAMES.map((name) => (
            <option key={name} value={name}>
              {providerText(name, t)}
            </option>
          ))}
        </select>
      </div>
      {(["raffle", "player"] as const).map((part) => (
        <div key={part}>
          <label className="field-label" htmlFor={`${id}-${part}`}>
            {t(`payments.${part}`)}
          </label>
          <input
            id={`${id}-${part}`}
            className="input mono"
            type="search"
            placeholder={t("payments.anyId")}
            value={filter[part] ?? ""}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => choose({ [part]: event.target.value.trim() || null })}
          />
        </div>
      ))}
      {!isAll && (
        <button
          type="button"
          className="button is-quiet"
          onClick={() => navigate({ page: "payments", filter: ALL_PAYMENTS })}
        >
          {t("payments.clear")}
        </button>
      )}
    </form>
  );
}
