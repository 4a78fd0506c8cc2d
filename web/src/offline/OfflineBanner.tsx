import { useTranslation } from "react-i18next";
import { useIsOffline } from "./useIsOffline.ts";

/** For who has no seat, and so no connection that could tell: the device is without network. */
export function OfflineBanner() {
  const { t } = useTranslation("shell");
  if (!useIsOffline()) return null;
  return (
    <div className="notice shell-banner" role="status" data-banner="offline">
      <p>
        <strong>{t("offline.title")}</strong>
        {t("offline.meaning")}
      </p>
    </div>
  );
}
