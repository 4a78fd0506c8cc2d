import { useId, useState } from "react";
import type { AdminPaymentBody } from "../../../../rpc/http/payment.ts";
import type { RefundRemedy } from "../../../../rpc/payment.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { ActDialog } from "../ActDialog.tsx";
import { newKey } from "../newKey.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { providerText } from "./kinds.ts";

const REMEDIES: ReadonlyArray<RefundRemedy> = ["retry", "wallet", "by_hand"];

/** What becomes of money that its provider will not give back: the button, and the question that it asks. */
export function ResolveRefund({ payment }: { readonly payment: AdminPaymentBody }) {
  const { t } = useAdminText();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <button type="button" className="button is-small is-main" onClick={() => setIsAsking(true)}>
        {t("payments.resolve")}
      </button>
      {isAsking && <Question payment={payment} onClose={() => setIsAsking(false)} />}
    </>
  );
}

function Question({
  payment,
  onClose,
}: {
  readonly payment: AdminPaymentBody;
  readonly onClose: () => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const { money } = useFormat();
  const id = useId();
  // One key for as long as this is asked: money goes back once, however often one has to press.
  const [key] = useState(newKey);
  const [remedy, setRemedy] = useState<RefundRemedy>("retry");
  const provider = providerText(payment.provider, t);
  return (
    <ActDialog
      title={t("payments.resolveAsk", { amount: money(payment.amount) })}
      action={t("payments.resolve")}
      isFinal={false}
      act={(reason) => client.resolveRefund(payment.id, { remedy, reason, key })}
      onDone={onClose}
      onClose={onClose}
    >
      <p>{t("payments.resolveMeans", { provider, why: payment.failure_code ?? "?" })}</p>
      <fieldset className="payments-remedies">
        <legend className="field-label">{t("payments.remedy")}</legend>
        {REMEDIES.map((one) => (
          <div key={one}>
            <input
              id={`${id}-${one}`}
              type="radio"
              name={`${id}-remedy`}
              value={one}
              checked={remedy === one}
              onChange={() => setRemedy(one)}
            />
            <label htmlFor={`${id}-${one}`}>{t(`payments.remedies.${one}`, { provider })}</label>
          </div>
        ))}
      </fieldset>
    </ActDialog>
  );
}
