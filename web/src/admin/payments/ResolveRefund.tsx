import { useId, useRef, useState } from "react";
import type { FormEvent } from "react";
import type { AdminPaymentBody } from "../../../../rpc/http/payment.ts";
import type { RefundRemedy } from "../../../../rpc/payment.ts";
import type { Problem } from "../../http/request.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { Modal } from "../Modal.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { focusFault } from "../focusFault.ts";
import { newKey } from "../newKey.ts";
import { ReasonInput } from "../players/ReasonInput.tsx";
import { faultOfReason } from "../players/adjustment.ts";
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
  const formRef = useRef<HTMLFormElement>(null);
  // One key for as long as this is asked: money goes back once, however often one has to press.
  const [key] = useState(newKey);
  const [remedy, setRemedy] = useState<RefundRemedy>("retry");
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = faultOfReason(reason);
  const provider = providerText(payment.provider, t);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsChecked(true);
    if (fault !== null) return focusFault(formRef.current);
    setIsSending(true);
    setProblem(null);
    const order = { remedy, reason: reason.trim(), key };
    const answer = await client.resolveRefund(payment.id, order);
    setIsSending(false);
    if (answer.ok) onClose();
    else setProblem(answer.problem);
  };
  return (
    <Modal title={t("payments.resolveAsk", { amount: money(payment.amount) })} onClose={onClose}>
      <form
        ref={formRef}
        className="modal-form"
        noValidate
        onSubmit={(event) => void submit(event)}
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
        <ReasonInput value={reason} fault={isChecked ? fault : null} onChange={setReason} />
        {problem !== null && <ProblemNotice problem={problem} />}
        <div className="modal-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("leaveIt")}
          </button>
          <button type="submit" className="button is-main" disabled={isSending}>
            {t("payments.resolve")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
