/** The pages of poker, above each of them. */
import "./PokerNav.css";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { paths } from "../app/paths.ts";

const PAGES = [
  { id: "hands", href: paths.hands },
  { id: "players", href: paths.handPlayers },
  { id: "equity", href: paths.equity },
  { id: "import", href: paths.handImport },
] as const;

export function PokerNav() {
  const { t } = useTranslation("hands");
  const [location] = useLocation();
  const isAt = (href: string) =>
    location === href ||
    (location.startsWith(`${href}/`) && !PAGES.some((page) => page.href === location));
  return (
    <nav className="poker-nav" aria-label={t("nav.label")}>
      <ul>
        {PAGES.map(({ href, id }) => (
          <li key={id}>
            <Link href={href} aria-current={isAt(href) ? "page" : undefined}>
              {t(`nav.${id}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
