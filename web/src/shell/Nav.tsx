/** The ways through the console: a rail beside the page where there is room, a bar below it where there is not. */
import "./Nav.css";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Icon } from "./Icon.tsx";
import { grouped, isAt } from "./navEntry.ts";
import type { NavEntry } from "./navEntry.ts";
import { OnDemand } from "./OnDemand.tsx";

export type { NavEntry } from "./navEntry.ts";

/** As many as a thumb tells apart on 360 pixels, one of them being "more" when there are others. */
const MAX_BAR_ENTRIES = 5;

const loadSheet = () => import("./MoreSheet.tsx");

export function Rail({ entries }: { readonly entries: readonly NavEntry[] }) {
  const { t } = useTranslation("shell");
  return (
    <nav className="rail" aria-label={t("nav.label")}>
      {grouped(entries).map(({ group, entries }) => (
        <NavList key={group} entries={entries} />
      ))}
    </nav>
  );
}

export function BottomBar({ entries }: { readonly entries: readonly NavEntry[] }) {
  const { t } = useTranslation("shell");
  const [location] = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  const moreRef = useRef<HTMLButtonElement>(null);
  const isWhole = entries.length <= MAX_BAR_ENTRIES;
  const shown = isWhole ? entries : entries.slice(0, MAX_BAR_ENTRIES - 1);
  const others = isWhole ? [] : entries.slice(MAX_BAR_ENTRIES - 1);
  const isElsewhere = others.some((entry) => isAt(entry, location));
  return (
    <nav className="bottom-bar" aria-label={t("nav.label")}>
      <NavList entries={shown} />
      {others.length > 0 && (
        <button
          ref={moreRef}
          type="button"
          className="nav-link"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          data-here={isElsewhere}
          onClick={() => setIsOpen(true)}
        >
          <Icon name="more" />
          <span>{t("nav.more")}</span>
        </button>
      )}
      <OnDemand
        load={loadSheet}
        isWanted={isOpen}
        with={{ entries: others, isOpen, onOpen: setIsOpen, returnTo: moreRef }}
      />
    </nav>
  );
}

function NavList({ entries }: { readonly entries: readonly NavEntry[] }) {
  const [location] = useLocation();
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.id}>
          <Link
            className="nav-link"
            href={entry.href}
            aria-current={isAt(entry, location) ? "page" : undefined}
          >
            <Icon name={entry.icon} />
            <span>{entry.label}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
