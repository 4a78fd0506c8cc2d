import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

/** Says what cancelling means before it is done. */
export function CancelDialog({
  onKeep,
  onCancel,
}: {
  readonly onKeep: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation("checkout");
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className="checkout-dialog"
      aria-labelledby="checkout-dialog-title"
      aria-describedby="checkout-dialog-meaning"
      onCancel={(event) => {
        event.preventDefault();
        onKeep();
      }}
    >
      <h2 id="checkout-dialog-title">{t("cancelTitle")}</h2>
      <p id="checkout-dialog-meaning">{t("cancelMeaning")}</p>
      <div className="checkout-dialog-acts">
        <button type="button" className="button" autoFocus onClick={onKeep}>
          {t("cancelKeep")}
        </button>
        <button type="button" className="button is-main" onClick={onCancel}>
          {t("cancelDo")}
        </button>
      </div>
    </dialog>
  );
}
