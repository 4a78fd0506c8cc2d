import "./Unreachable.css";
import { useTranslation } from "react-i18next";

/** While a page's code or first data comes. */
export function PageLoading() {
  const { t } = useTranslation("shell");
  return (
    <main className="unreachable" id="main" tabIndex={-1} aria-busy="true">
      <p className="muted">{t("loading")}</p>
    </main>
  );
}
