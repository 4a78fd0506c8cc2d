import type { ReactNode } from "react";
import { Modal } from "./Modal.tsx";
import { useAdminText } from "./texts/useAdminText.ts";

/** Asks before what cannot be taken back. Escape and the first button leave everything as it is. */
export function Confirm({
  title,
  children,
  action,
  onConfirm,
  onClose,
}: {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button does, in words. */
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useAdminText();
  return (
    <Modal title={title} onClose={onClose}>
      <div className="modal-text">{children}</div>
      <form method="dialog" className="modal-buttons">
        <button className="button" autoFocus>
          {t("leaveIt")}
        </button>
        <button className="button is-danger" onClick={onConfirm}>
          {action}
        </button>
      </form>
    </Modal>
  );
}
