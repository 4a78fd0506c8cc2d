import "./Bell.css";
import { useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";
import { OnDemand } from "./OnDemand.tsx";
import { newsStore, readAllNews } from "./notify.ts";

/** More are "many". */
const MAX_COUNTED = 9;

const loadList = () => import("./NewsList.tsx");
const unread = () => newsStore.get().news.filter(({ isRead }) => !isRead).length;

/** The news since the seat was taken, and how many of them are unread. */
export function Bell() {
  const { t } = useTranslation("shell");
  const count = useSyncExternalStore(newsStore.subscribe, unread);
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const open = (next: boolean) => {
    setIsOpen(next);
    // Read is what was seen, so they are marked when the list is closed.
    if (!next) readAllNews();
  };
  return (
    <>
      <button
        ref={buttonRef}
        type="button"
        className="shell-sign bell"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-label={t("news.bell", { count })}
        data-unread={count}
        onClick={() => open(!isOpen)}
      >
        <Icon name="bell" />
        {count > 0 && (
          <span className="bell-count figure" aria-hidden="true">
            {count > MAX_COUNTED ? `${MAX_COUNTED}+` : count}
          </span>
        )}
      </button>
      <OnDemand
        load={loadList}
        isWanted={isOpen}
        with={{ isOpen, onOpen: open, anchor: buttonRef }}
      />
    </>
  );
}
