import { Switch } from "@base-ui/react/switch";
import { useState } from "react";
import type { ProviderBody } from "../../../../rpc/http/payment.ts";
import type { Problem } from "../../http/request.ts";
import { Confirm } from "../Confirm.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { usePoll } from "../usePoll.ts";
import { providerText } from "./kinds.ts";

/** As often as a process looks at the switches. */
const POLL_MS = 2_000;

/** Who takes payments: switched on and off here, with how each one is doing. */
export function Providers() {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const [providers, setProviders] = useState<readonly ProviderBody[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState<ProviderBody | null>(null);
  const refresh = usePoll(async () => {
    const answer = await client.providers();
    if (answer.ok) setProviders(answer.body.providers);
  }, POLL_MS);

  const set = async ({ name }: ProviderBody, enabled: boolean) => {
    setProblem(null);
    const answer = await client.switchProvider(name, enabled);
    if (!answer.ok) setProblem(answer.problem);
    refresh();
  };
  return (
    <section className="payments-providers" aria-labelledby="providers-title">
      <h2 id="providers-title" className="unseen">
        {t("payments.providersTitle")}
      </h2>
      {problem !== null && <ProblemNotice problem={problem} />}
      <ul>
        {providers.map((provider) => (
          <li key={provider.name}>
            <Provider
              provider={provider}
              onSwitch={(enabled) => {
                // Nobody waits for one to be switched on; switched off, players notice.
                if (enabled) void set(provider, true);
                else setAsking(provider);
              }}
            />
          </li>
        ))}
      </ul>
      {asking !== null && (
        <Confirm
          title={t("payments.offAsk", { provider: providerText(asking.name, t) })}
          action={t("payments.off")}
          onConfirm={() => void set(asking, false)}
          onClose={() => setAsking(null)}
        >
          <p>{t("payments.offMeans")}</p>
          <p>{t("payments.offBegun")}</p>
        </Confirm>
      )}
    </section>
  );
}

function Provider({
  provider,
  onSwitch,
}: {
  readonly provider: ProviderBody;
  readonly onSwitch: (enabled: boolean) => void;
}) {
  const { t } = useAdminText();
  const { circuit, configured, enabled, name } = provider;
  const label = providerText(name, t);
  return (
    <article
      className="panel payments-provider"
      data-provider={name}
      data-circuit={circuit}
      data-enabled={enabled && configured}
    >
      <div>
        <h3>{label}</h3>
        <p className="muted">{t(`payments.providerMeans.${name}`)}</p>
      </div>
      <Switch.Root
        className="payments-switch"
        checked={enabled && configured}
        disabled={!configured}
        aria-label={t("payments.takes", { provider: label })}
        onCheckedChange={onSwitch}
      >
        <Switch.Thumb className="payments-thumb" />
      </Switch.Root>
      <p className="payments-condition">
        <Condition provider={provider} />
      </p>
    </article>
  );
}

function Condition({ provider }: { readonly provider: ProviderBody }) {
  const { t } = useAdminText();
  const { circuit, configured, enabled } = provider;
  if (!configured) return <span className="tag">{t("payments.unconfigured")}</span>;
  if (!enabled) return <span className="tag is-note">{t("payments.switchedOff")}</span>;
  const tone = circuit === "closed" ? "is-good" : circuit === "open" ? "is-bad" : "is-note";
  return (
    <>
      <span className={`tag ${tone}`}>{t(`payments.circuit.${circuit}`)}</span>{" "}
      <span className="muted">{t(`payments.circuitMeans.${circuit}`)}</span>
    </>
  );
}
