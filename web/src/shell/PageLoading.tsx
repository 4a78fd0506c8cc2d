import "./PageLoading.css";
import { useTranslation } from "react-i18next";

/** While a page's code or first data comes: its frame, after a moment in which most pages are there already. */
export function PageLoading() {
  const { t } = useTranslation("shell");
  return (
    <main className="page page-loading" id="main" tabIndex={-1} aria-busy="true">
      <p className="unseen">{t("loading")}</p>
      <div aria-hidden="true" />
      <div aria-hidden="true" />
      <div aria-hidden="true" />
    </main>
  );
}
