import { useState } from "react";
import { useTranslation } from "react-i18next";

/** Copies a text; where the browser does not allow it, nothing is offered, for the text stands beside it. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const { t } = useTranslation("verify");
  const [isCopied, setIsCopied] = useState(false);
  if (navigator.clipboard === undefined) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setIsCopied(true);
    } catch {
      setIsCopied(false);
    }
  };
  return (
    <button
      type="button"
      className="button is-quiet is-small copy-button"
      aria-label={t("copyOf", { what })}
      onClick={() => void copy()}
      onBlur={() => setIsCopied(false)}
    >
      {isCopied ? t("copied") : t("copy")}
    </button>
  );
}
