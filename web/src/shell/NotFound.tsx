import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { useTitle } from "./useTitle.ts";

export function NotFound() {
  const { t } = useTranslation("shell");
  useTitle(t("notFoundTitle"));
  return (
    <main className="unreachable" id="main" tabIndex={-1}>
      <h1>{t("notFoundTitle")}</h1>
      <p>{t("notFound")}</p>
      <Link href={paths.home} className="button is-main">
        {t("toStart")}
      </Link>
    </main>
  );
}
