import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";

export function NotFound() {
  const { t } = useTranslation("shell");
  return (
    <main className="unreachable">
      <p>{t("notFound")}</p>
      <Link href={paths.home} className="button is-main">
        {t("toStart")}
      </Link>
    </main>
  );
}
