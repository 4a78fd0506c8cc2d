import { useTranslation } from "react-i18next";
import type { ProviderBody, WalletState } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { ProviderName } from "./attempt.ts";
import { obstacleOf } from "./providers.ts";

/** Who is to take the money: each with what it means, and why it cannot be had where it cannot. */
export function ProviderChoice({
  providers,
  chosen,
  onChoose,
  wallet,
  amountMinor,
  isDisabled,
}: {
  readonly providers: readonly ProviderBody[];
  readonly chosen: ProviderName | null;
  readonly onChoose: (provider: ProviderName) => void;
  /** Null until it has been read. */
  readonly wallet: WalletState | null;
  readonly amountMinor: number;
  readonly isDisabled: boolean;
}) {
  const { t } = useTranslation("checkout");
  const { money } = useFormat();
  return (
    <fieldset className="providers" disabled={isDisabled}>
      <legend>{t("how")}</legend>
      {providers.map((provider) => {
        const { name } = provider;
        const obstacle = obstacleOf(provider, wallet, amountMinor);
        return (
          <label
            key={name}
            className="provider"
            data-provider={name}
            data-obstacle={obstacle ?? undefined}
          >
            <input
              type="radio"
              name="provider"
              value={name}
              checked={chosen === name}
              disabled={obstacle !== null}
              onChange={() => onChoose(name)}
            />
            <Sign name={name} />
            <span className="provider-text">
              <strong>{t(`provider.${name}.name`)}</strong>
              <span className="muted">
                {obstacle === null
                  ? t(`provider.${name}.what`)
                  : t(`why.${obstacle}`, {
                      missing: money(Math.max(0, amountMinor - (wallet?.available ?? 0))),
                    })}
              </span>
            </span>
            {name === "wallet" && wallet !== null && (
              <dl className="provider-balance figure">
                <div>
                  <dt>{t("balance")}</dt>
                  <dd>{money(wallet.available)}</dd>
                </div>
                {obstacle === null && (
                  <div>
                    <dt>{t("after")}</dt>
                    <dd>{money(wallet.available - amountMinor)}</dd>
                  </div>
                )}
              </dl>
            )}
          </label>
        );
      })}
    </fieldset>
  );
}

const SIGNS: Readonly<Record<ProviderName, string>> = {
  wallet: "M4 7.5V18a2 2 0 0 0 2 2h13.5V9.5H6a2 2 0 1 1 0-4h11.5v4M16 14.8h.01",
  sandbox_card: "M3 6.5h18v11H3zM3 10.5h18M6.5 14.5h4",
  stripe: "M3 6.5h18v11H3zM3 10.5h18M14 14.5h4",
};

function Sign({ name }: { readonly name: ProviderName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="28"
      height="28"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={SIGNS[name]} />
    </svg>
  );
}
