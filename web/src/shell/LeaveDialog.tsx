import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/** Says what leaving means before it is done: a guest cannot come back. */
export function LeaveDialog({
  isOpen,
  isGuest,
  onStay,
  onLeave,
}: {
  readonly isOpen: boolean;
  readonly isGuest: boolean;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation("shell");
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) ref.current?.showModal();
    else ref.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={ref}
      className="leave"
      aria-labelledby="leave-title"
      aria-describedby="leave-meaning"
      onClose={onStay}
    >
      <h2 id="leave-title">{t(isGuest ? "leaveTitle" : "signOutTitle")}</h2>
      <p id="leave-meaning">{t(isGuest ? "leaveGuest" : "signOutMeaning")}</p>
      <div className="leave-acts">
        <button type="button" className="button" autoFocus onClick={onStay}>
          {t("stay")}
        </button>
        <button type="button" className="button is-main" onClick={onLeave}>
          {t(isGuest ? "leave" : "signOut")}
        </button>
      </div>
    </dialog>
  );
}
