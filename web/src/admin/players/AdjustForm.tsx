import "./AdjustForm.css";
import { useRef, useState } from "react";
import type { FormEvent } from "react";
import type { PlayerWalletBody } from "../../../../rpc/http/admin/players.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { Labelled } from "../Labelled.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { answered, newIntent, sending, unanswered } from "../command/Intent.ts";
import type { Intent } from "../command/Intent.ts";
import { textOf, memberOf } from "../command/draft.ts";
import { forgetIntent, keepIntent, keptIntent } from "../command/keptIntent.ts";
import { focusFault } from "../focusFault.ts";
import { newKey } from "../newKey.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { ReasonInput } from "../ReasonInput.tsx";
import { NO_ADJUSTMENT, readAdjustment } from "./adjustment.ts";
import type { AdjustmentFault, AdjustmentForm } from "./adjustment.ts";

/** Under which an adjustment that is unanswered is kept. */
const KIND = "player";
const TAG = "adjust";
const EXAMPLE_MINOR = 1_250;

/**
 * Puts a balance right. What is sent has a key until it is answered, over a reload of the page too: money is moved once,
 * however often one has to ask.
 */
export function AdjustForm({
  playerId,
  availableMinor,
  onDone,
}: {
  readonly playerId: string;
  readonly availableMinor: number;
  readonly onDone: () => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const format = useFormat();
  const formRef = useRef<HTMLFormElement>(null);
  const [kept] = useState(() => keptIntent(sessionStorage, KIND, playerId));
  const [form, setForm] = useState<AdjustmentForm>(() =>
    kept === null
      ? NO_ADJUSTMENT
      : {
          amount: textOf(memberOf(kept.draft, "amount")),
          reason: textOf(memberOf(kept.draft, "reason")),
          confirmation: textOf(memberOf(kept.draft, "confirmation")),
        },
  );
  const [intent, setIntent] = useState<Intent<PlayerWalletBody>>(() =>
    kept === null ? newIntent(newKey()) : unanswered(kept.key),
  );
  // What was booked, for the form is empty by then.
  const [bookedMinor, setBookedMinor] = useState(0);
  const [isChecked, setIsChecked] = useState(false);
  const reading = readAdjustment(form, availableMinor, format);
  const { amountMinor, afterMinor, isLarge, faults } = reading;
  const isUnanswered = intent.step === "unanswered";
  const faultOf = (field: AdjustmentFault) =>
    isChecked && !isUnanswered ? (faults.get(field) ?? null) : null;

  const type = (field: AdjustmentFault) => (text: string) =>
    setForm((form) => ({ ...form, [field]: text }));

  const send = async () => {
    // What is asked again is what was asked, whatever the balance is by now: it may have been booked.
    const canSend = isUnanswered || faults.size === 0;
    if (!canSend || amountMinor === undefined) {
      setIsChecked(true);
      return focusFault(formRef.current);
    }
    setIsChecked(false);
    const { key } = intent;
    keepIntent(sessionStorage, {
      kind: KIND,
      entityId: playerId,
      tag: TAG,
      key,
      draft: { ...form },
    });
    setIntent(sending);
    const reason = form.reason.trim();
    const answer = await client.adjust(playerId, { amountMinor, reason, key });
    const next = answered(intent, TAG, answer, newKey());
    setIntent(next);
    if (next.step === "unanswered") return;
    forgetIntent(sessionStorage, KIND, playerId);
    if (!answer.ok) return;
    setBookedMinor(amountMinor);
    setForm(NO_ADJUSTMENT);
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (intent.step !== "sending") void send();
  };

  return (
    <form ref={formRef} className="adjust" noValidate onSubmit={submit}>
      <p className="muted">{t("adjust.means")}</p>
      <fieldset disabled={intent.step !== "editing"}>
        <legend className="unseen">{t("adjust.title")}</legend>
        <Labelled
          label={t("adjust.amount")}
          note={t("adjust.amountNote", {
            credit: format.signedMoney(EXAMPLE_MINOR),
            debit: format.signedMoney(-EXAMPLE_MINOR),
          })}
          fault={faultOf("amount")}
        >
          {(control) => (
            <input
              {...control}
              className="input figure"
              value={form.amount}
              inputMode="text"
              autoComplete="off"
              required
              onChange={(event) => type("amount")(event.target.value)}
            />
          )}
        </Labelled>
        <ReasonInput
          value={form.reason}
          fault={faultOf("reason")}
          reader="player"
          onChange={type("reason")}
        />
        {isLarge && (
          <Labelled label={t("adjust.confirm")} note={null} fault={faultOf("confirmation")}>
            {(control) => (
              <input
                {...control}
                className="input figure"
                value={form.confirmation}
                autoComplete="off"
                required
                onChange={(event) => type("confirmation")(event.target.value)}
              />
            )}
          </Labelled>
        )}
      </fieldset>
      <p className="adjust-preview figure" aria-live="polite">
        {afterMinor !== undefined && !isUnanswered
          ? t("adjust.preview", {
              before: format.money(availableMinor),
              after: format.money(afterMinor),
            })
          : ""}
      </p>
      {isUnanswered && (
        <p className="notice" role="alert">
          <span>
            <strong>{t("adjust.unanswered")}</strong>
            {intent.last?.answer.ok === false ? `${intent.last.answer.problem.detail} ` : ""}
            {t("adjust.unansweredMeans")}
          </span>
        </p>
      )}
      <Outcome intent={intent} bookedMinor={bookedMinor} />
      <div className="modal-buttons">
        {isUnanswered && (
          <button
            type="button"
            className="button is-quiet"
            onClick={() => {
              forgetIntent(sessionStorage, KIND, playerId);
              setIntent(newIntent(newKey()));
            }}
          >
            {t("adjust.giveUp")}
          </button>
        )}
        <button
          type="submit"
          className="button is-main"
          data-key={intent.key}
          disabled={intent.step === "sending"}
        >
          {intent.step === "sending"
            ? t("adjust.sending")
            : isUnanswered
              ? t("adjust.again")
              : amountMinor === undefined || amountMinor === 0
                ? t("adjust.submitNone")
                : t("adjust.submit", { amount: format.signedMoney(amountMinor) })}
        </button>
      </div>
    </form>
  );
}

function Outcome({
  intent: { step, last },
  bookedMinor,
}: {
  readonly intent: Intent<PlayerWalletBody>;
  readonly bookedMinor: number;
}) {
  const { t } = useAdminText();
  const format = useFormat();
  if (last === null || step !== "editing") return null;
  if (!last.answer.ok) {
    return <ProblemNotice problem={last.answer.problem} title={t("adjust.refused")} />;
  }
  return (
    <p className="notice is-good" role="status" data-answer="ok">
      {t("adjust.done", {
        amount: format.signedMoney(bookedMinor),
        available: format.money(last.answer.body.balance_available),
      })}
    </p>
  );
}
