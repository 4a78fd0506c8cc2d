import { useRef, useState } from "react";
import type { FormEvent } from "react";
import type { RaffleBooksBody } from "../../../../rpc/http/raffle.ts";
import type { RaffleBody } from "../../../../rpc/raffleBody.ts";
import type { Problem } from "../../http/request.ts";
import { Modal } from "../Modal.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { focusFault } from "../focusFault.ts";
import { ReasonInput } from "../players/ReasonInput.tsx";
import { faultOfReason } from "../players/adjustment.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import type { RaffleAct } from "./RaffleCalls.ts";
import { isFinal, needsReason } from "./acts.ts";
import { useMeanings } from "./useMeanings.ts";

/** Says what an act will do to this raffle as it stands, and does it. Twice is as good as once, so it needs no key. */
export function ActDialog({
  act,
  raffle,
  books,
  onDone,
  onClose,
}: {
  readonly act: RaffleAct;
  readonly raffle: RaffleBody;
  /** Null when it could not be read. */
  readonly books: RaffleBooksBody | null;
  readonly onDone: (said: string) => void;
  readonly onClose: () => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const formRef = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const meanings = useMeanings({ act, raffle, books });
  const asksReason = needsReason(act);
  const fault = asksReason ? faultOfReason(reason) : null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsChecked(true);
    if (fault !== null) return focusFault(formRef.current);
    setIsSending(true);
    setProblem(null);
    const answer = await client.actOnRaffle(raffle.id, act, asksReason ? reason.trim() : null);
    setIsSending(false);
    if (answer.ok) onDone(t(`raffle.done.${act}`));
    else setProblem(answer.problem);
  };
  return (
    <Modal title={t(`raffle.ask.${act}`, { title: raffle.title })} onClose={onClose}>
      <form
        ref={formRef}
        className="modal-form"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        {meanings.map((meaning) => (
          <p key={meaning}>{meaning}</p>
        ))}
        {asksReason && (
          <ReasonInput
            value={reason}
            fault={isChecked ? fault : null}
            reader="everyone"
            onChange={setReason}
          />
        )}
        {problem !== null && <ProblemNotice problem={problem} />}
        <div className="modal-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("leaveIt")}
          </button>
          <button
            type="submit"
            className={isFinal(act) ? "button is-danger" : "button is-main"}
            disabled={isSending}
          >
            {t(`raffle.act.${act}`)}
          </button>
        </div>
      </form>
    </Modal>
  );
}
