import "./Unreachable.css";
import { useTranslation } from "react-i18next";

/** In place of a page whose code did not come. */
export function Unreachable() {
  const { t } = useTranslation("shell");
  return (
    <main className="unreachable" id="main" tabIndex={-1}>
      <p>{t("unreachable")}</p>
      <button type="button" className="button is-main" autoFocus onClick={() => location.reload()}>
        {t("tryAgain")}
      </button>
    </main>
  );
}
