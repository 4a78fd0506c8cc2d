import "./CancelDialog.css";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";

/** The protocol's default, where the server does not tell its own. */
const USUAL_FEE_PER_MILLE = 50;

/** Says what cancelling costs before it is done. */
export function CancelDialog({
  bet,
  stakeMinor,
  feePerMille,
  onKeep,
  onCancel,
}: {
  readonly bet: string;
  readonly stakeMinor: number;
  /** Null where the server does not tell. */
  readonly feePerMille: number | null;
  readonly onKeep: () => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation("bets");
  const format = useFormat();
  const dialogRef = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = dialogRef.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  const perMille = feePerMille ?? USUAL_FEE_PER_MILLE;
  // As the server does, in its favour to a whole minor unit.
  const feeMinor = Math.ceil((stakeMinor * perMille) / 1000);
  const words = { bet, stake: format.money(stakeMinor), rate: format.percent(perMille / 1000, 1) };
  return (
    <dialog
      ref={dialogRef}
      className="cancel"
      aria-labelledby="cancel-title"
      onCancel={(event) => {
        event.preventDefault();
        onKeep();
      }}
    >
      <h2 id="cancel-title">{t("mine.cancelTitle")}</h2>
      <p>{feePerMille === null ? t("mine.cancelBodyUsual", words) : t("mine.cancelBody", words)}</p>
      <dl className="figure">
        <div>
          <dt>{t("mine.cancelFee")}</dt>
          <dd>{format.money(feeMinor)}</dd>
        </div>
        <div>
          <dt>{t("mine.cancelBack")}</dt>
          <dd>{format.money(stakeMinor - feeMinor)}</dd>
        </div>
      </dl>
      <div className="cancel-acts">
        <button type="button" className="button" onClick={onKeep}>
          {t("mine.cancelKeep")}
        </button>
        <button type="button" className="button is-main" onClick={onCancel}>
          {t("mine.cancelConfirm")}
        </button>
      </div>
    </dialog>
  );
}
