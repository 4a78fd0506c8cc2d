import "./Elsewhere.css";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { paths } from "../app/paths.ts";
import { Icon } from "../shell/Icon.tsx";

const PLACES = [
  { id: "raffles", href: paths.raffles, icon: "raffles" },
  { id: "hands", href: paths.hands, icon: "hands" },
  { id: "equity", href: paths.equity, icon: "equity" },
] as const;

/** What else there is in the house beside the races, for who has just come. */
export function Elsewhere() {
  const { t } = useTranslation("lobbies");
  const titleId = useId();
  return (
    <section className="elsewhere" aria-labelledby={titleId}>
      <h2 id={titleId}>{t("elsewhere.title")}</h2>
      <ul>
        {PLACES.map(({ href, icon, id }) => (
          <li key={id}>
            <Link href={href} className="panel">
              <span className="elsewhere-sign">
                <Icon name={icon} />
              </span>
              <span>
                <strong>{t(`elsewhere.${id}`)}</strong>
                <span className="muted">{t(`elsewhere.${id}Lead`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
