import { Dialog } from "@base-ui/react/dialog";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { Icon } from "./Icon.tsx";
import { grouped, isAt } from "./navEntry.ts";
import type { NavEntry } from "./navEntry.ts";
import { openPalette } from "./openPalette.ts";

/** What does not fit the bar of a phone. */
export default function MoreSheet({
  entries,
  isOpen,
  onOpen,
  returnTo,
}: {
  readonly entries: readonly NavEntry[];
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly returnTo: RefObject<HTMLButtonElement | null>;
}) {
  const { t } = useTranslation("shell");
  const [location] = useLocation();
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="sheet" finalFocus={returnTo}>
          <div className="sheet-head">
            <Dialog.Title className="sheet-title">{t("nav.more")}</Dialog.Title>
            <Dialog.Close className="shell-sign" aria-label={t("close")}>
              <Icon name="close" />
            </Dialog.Close>
          </div>
          {grouped(entries).map(({ group, entries }) => (
            <ul key={group} className="sheet-list">
              {entries.map((entry) => (
                <li key={entry.id}>
                  <Link
                    className="sheet-link"
                    href={entry.href}
                    aria-current={isAt(entry, location) ? "page" : undefined}
                    onClick={() => onOpen(false)}
                  >
                    <Icon name={entry.icon} />
                    {entry.label}
                  </Link>
                </li>
              ))}
            </ul>
          ))}
          <button
            type="button"
            className="sheet-link"
            onClick={() => {
              onOpen(false);
              openPalette();
            }}
          >
            <Icon name="search" />
            {t("palette.open")}
          </button>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
