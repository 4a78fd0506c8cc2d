import "./OwnData.css";
import { useId, useState } from "react";
import type { DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { parseClaim } from "./Claim.ts";
import type { Claim } from "./Claim.ts";

/** A race of ten thousand bets takes three million characters. */
const MAX_FILE_BYTES = 20_000_000;

/** Data to paste, drop or edit, and to be checked in place of the house's. */
export function OwnData({
  claim,
  onCheck,
}: {
  /** What is checked now. */
  readonly claim: Claim;
  readonly onCheck: (claim: Claim) => void;
}) {
  const { t } = useTranslation("verify");
  const [written, setWritten] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isOver, setIsOver] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const areaId = useId();
  const fileId = useId();
  const text = written ?? (isOpen ? JSON.stringify(claim, null, 2) : "");
  const check = (json: string) => {
    const read = parseClaim(json);
    if (read.ok) {
      setFault(null);
      setWritten(null);
      onCheck(read.claim);
    } else if (read.fault === null) setFault(t("own.notJson"));
    else setFault(read.fault === "" ? t("own.faultWhole") : t("own.fault", { path: read.fault }));
  };
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    if (file.size > MAX_FILE_BYTES) {
      setFault(t("own.tooLong"));
      return;
    }
    const json = await file.text();
    setWritten(json);
    check(json);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    setIsOpen(true);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <section
      className="panel own-data"
      aria-labelledby="own-data-title"
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    >
      <details open={isOpen} onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
        <summary>
          <h2 id="own-data-title">{t("own.title")}</h2>
        </summary>
        <p className="muted">{t("own.lead")}</p>
        <label className="field-label" htmlFor={areaId}>
          {t("own.label")}
        </label>
        <textarea
          id={areaId}
          className="input"
          rows={12}
          spellCheck={false}
          value={text}
          aria-invalid={fault !== null}
          onChange={({ target }) => {
            setWritten(target.value);
            setFault(null);
          }}
        />
        {fault !== null && (
          <p className="notice is-bad" role="alert">
            {fault}
          </p>
        )}
        <div className="own-data-actions">
          <button type="button" className="button is-main" onClick={() => check(text)}>
            {t("own.check")}
          </button>
          <label className="button" htmlFor={fileId}>
            {t("own.file")}
          </label>
          <input
            id={fileId}
            type="file"
            accept="application/json,.json"
            className="unseen"
            onChange={({ target }) => {
              void take(target.files?.[0]);
              target.value = "";
            }}
          />
        </div>
      </details>
    </section>
  );
}
