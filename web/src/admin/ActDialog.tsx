import { useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import type { Answer, Problem } from "../http/request.ts";
import { Modal } from "./Modal.tsx";
import { ProblemNotice } from "./ProblemNotice.tsx";
import { ReasonInput } from "./ReasonInput.tsx";
import { focusFault } from "./focusFault.ts";
import { faultOfReason } from "./reason.ts";
import { useAdminText } from "./texts/useAdminText.ts";

/**
 * Asks for the reason of an act, and does it: once for each press, and open until the server has said that it is done. What is
 * refused is said in it, and can be tried again.
 */
export function ActDialog({
  title,
  children,
  reader = "house",
  action,
  isFinal,
  act,
  onDone,
  onClose,
}: {
  readonly title: string;
  /** What the act means, and what there is to choose. */
  readonly children: ReactNode;
  /** Who reads the reason; null: the act explains itself, and none is asked for. */
  readonly reader?: "house" | "everyone" | null;
  /** What the button does, in words. */
  readonly action: string;
  /** It cannot be taken back, or takes something away. */
  readonly isFinal: boolean;
  /** `reason` is empty where none is asked for. */
  readonly act: (reason: string) => Promise<Answer<unknown>>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useAdminText();
  const formRef = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = reader === null ? null : faultOfReason(reason);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsChecked(true);
    if (fault !== null) return focusFault(formRef.current);
    setIsSending(true);
    setProblem(null);
    const answer = await act(reason.trim());
    setIsSending(false);
    if (answer.ok) onDone();
    else setProblem(answer.problem);
  };
  return (
    <Modal title={title} onClose={onClose}>
      <form
        ref={formRef}
        className="modal-form"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        {children}
        {reader !== null && (
          <ReasonInput
            value={reason}
            fault={isChecked ? fault : null}
            reader={reader}
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
            className={isFinal ? "button is-danger" : "button is-main"}
            disabled={isSending}
          >
            {action}
          </button>
        </div>
      </form>
    </Modal>
  );
}
