import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";

/** What stands below is not as of now: since when, and a way to ask at once. */
export function OldNotice({
  asOfMs,
  onAgain,
}: {
  readonly asOfMs: number;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation("lobbies");
  const { dateTime } = useFormat();
  return (
    <div className="notice lobbies-old" role="status" data-old>
      <p>
        <strong>{t("old.title")}</strong>
        {t("old.meaning", { at: dateTime(asOfMs) })}
      </p>
      <button type="button" className="button is-small" onClick={onAgain}>
        {t("tryAgain", { ns: "shell" })}
      </button>
    </div>
  );
}
