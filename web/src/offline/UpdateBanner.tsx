import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { followUpdates } from "./updates.ts";
import type { Update } from "./updates.ts";

/** Offers a newer console that has been fetched and waits; taking it is the player's choice, for it loads the page anew. */
export function UpdateBanner() {
  const { t } = useTranslation("shell");
  const [update, setUpdate] = useState<Update | null>(null);
  useEffect(() => followUpdates(setUpdate), []);
  if (update === null) return null;
  return (
    <div className="notice is-good shell-banner" role="status" data-banner="update">
      <p>
        <strong>{t("update.title")}</strong>
        {t("update.meaning")}
      </p>
      <button type="button" className="button is-small" onClick={update.take}>
        {t("update.take")}
      </button>
    </div>
  );
}
