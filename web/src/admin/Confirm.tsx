import "./Confirm.css";
import { useEffect, useId, useRef } from "react";
import type { ReactNode } from "react";

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
  const titleId = useId();
  const dialogRef = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialogRef.current?.showModal();
  }, []);
  return (
    <dialog ref={dialogRef} className="confirm" aria-labelledby={titleId} onClose={onClose}>
      <h2 id={titleId}>{title}</h2>
      <div className="confirm-text">{children}</div>
      <form method="dialog">
        <button className="button" autoFocus>
          Leave it
        </button>
        <button className="button is-danger" onClick={onConfirm}>
          {action}
        </button>
      </form>
    </dialog>
  );
}
