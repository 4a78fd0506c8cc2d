import { useRef, useState } from "react";
import type { FormEvent } from "react";
import type { AccountBody } from "../../../../rpc/http/admin/players.ts";
import type { Problem } from "../../http/request.ts";
import { Modal } from "../Modal.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { focusFault } from "../focusFault.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { ReasonInput } from "./ReasonInput.tsx";
import { faultOfReason } from "./adjustment.ts";

type Act = "revokeTokens" | "grantAdmin" | "revokeAdmin";

interface Asked {
  readonly playerId: string;
  readonly account: AccountBody;
  readonly onDone: (said: string) => void;
}

/** What the house can do about how an account comes in, each with a reason. Twice is as good as once, so none has a key. */
export function AccessActs({ onDone, ...asked }: Asked) {
  const { t } = useAdminText();
  const [asking, setAsking] = useState<Act | null>(null);
  return (
    <div className="access-acts">
      {actsOn(asked.account).map((act) => (
        <button key={act} type="button" className="button is-small" onClick={() => setAsking(act)}>
          {t(`access.${act}`)}
        </button>
      ))}
      {asking !== null && (
        <Question
          {...asked}
          act={asking}
          onClose={() => setAsking(null)}
          onDone={(said) => {
            setAsking(null);
            onDone(said);
          }}
        />
      )}
    </div>
  );
}

/** A guest has no password to come in with as an administrator. */
function actsOn({ roles, username }: AccountBody): readonly Act[] {
  if (roles.includes("admin")) return ["revokeTokens", "revokeAdmin"];
  return username === null ? ["revokeTokens"] : ["revokeTokens", "grantAdmin"];
}

function Question({
  playerId,
  account,
  act,
  onClose,
  onDone,
}: Asked & { readonly act: Act; readonly onClose: () => void }) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const formRef = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const fault = faultOfReason(reason);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsChecked(true);
    if (fault !== null) return focusFault(formRef.current);
    setIsSending(true);
    setProblem(null);
    const answer = await client[act](playerId, reason.trim());
    setIsSending(false);
    if (answer.ok) onDone(t(`access.${act}Done`));
    else setProblem(answer.problem);
  };
  const isGuestOut = act === "revokeTokens" && account.username === null;
  return (
    <Modal title={t(`access.${act}Ask`, { name: account.display_name })} onClose={onClose}>
      <form
        ref={formRef}
        className="modal-form"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        <p>{t(isGuestOut ? "access.guestOut" : `access.${act}Means`)}</p>
        <ReasonInput value={reason} fault={isChecked ? fault : null} onChange={setReason} />
        {problem !== null && <ProblemNotice problem={problem} />}
        <div className="modal-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("leaveIt")}
          </button>
          <button type="submit" className="button is-danger" disabled={isSending}>
            {t(`access.${act}`)}
          </button>
        </div>
      </form>
    </Modal>
  );
}
