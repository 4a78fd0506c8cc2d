import { useRef, useState } from "react";
import type { FormEvent } from "react";
import type { PlayerBody } from "../../../../rpc/http/admin/players.ts";
import type { Problem } from "../../http/request.ts";
import { Modal } from "../Modal.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { focusFault } from "../focusFault.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { ReasonInput } from "./ReasonInput.tsx";
import { faultOfReason } from "./adjustment.ts";

/** Freezes the wallet or lets it go on, with the reason. Twice is as good as once, so it can be asked again without a key. */
export function FreezeWallet({
  player,
  isFrozen,
  onDone,
}: {
  readonly player: PlayerBody;
  readonly isFrozen: boolean;
  readonly onDone: (said: string) => void;
}) {
  const { t } = useAdminText();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <button
        type="button"
        className={isFrozen ? "button is-small" : "button is-small is-danger"}
        onClick={() => setIsAsking(true)}
      >
        {t(isFrozen ? "player.unfreeze" : "player.freeze")}
      </button>
      {isAsking && (
        <Question
          player={player}
          isFrozen={isFrozen}
          onClose={() => setIsAsking(false)}
          onDone={(said) => {
            setIsAsking(false);
            onDone(said);
          }}
        />
      )}
    </>
  );
}

function Question({
  player,
  isFrozen,
  onClose,
  onDone,
}: {
  readonly player: PlayerBody;
  readonly isFrozen: boolean;
  readonly onClose: () => void;
  readonly onDone: (said: string) => void;
}) {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const formRef = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { player_id: playerId, account } = player;
  const fault = faultOfReason(reason);
  const act = isFrozen ? "unfreeze" : "freeze";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending) return;
    setIsChecked(true);
    if (fault !== null) return focusFault(formRef.current);
    setIsSending(true);
    setProblem(null);
    const answer = await client[act](playerId, reason.trim());
    setIsSending(false);
    if (answer.ok) onDone(t(`player.${act}Done`));
    else setProblem(answer.problem);
  };
  return (
    <Modal
      title={t(`player.${act}Ask`, { name: account?.display_name ?? playerId })}
      onClose={onClose}
    >
      <form
        ref={formRef}
        className="modal-form"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        <p>{t(isFrozen ? "player.unfreezeMeans" : "player.frozenMeans")}</p>
        <ReasonInput value={reason} fault={isChecked ? fault : null} onChange={setReason} />
        {problem !== null && <ProblemNotice problem={problem} />}
        <div className="modal-buttons">
          <button type="button" className="button" onClick={onClose}>
            {t("leaveIt")}
          </button>
          <button
            type="submit"
            className={isFrozen ? "button is-main" : "button is-danger"}
            disabled={isSending}
          >
            {t(`player.${act}`)}
          </button>
        </div>
      </form>
    </Modal>
  );
}
