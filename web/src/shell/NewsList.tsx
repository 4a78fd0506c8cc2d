import { Popover } from "@base-ui/react/popover";
import { useSyncExternalStore } from "react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useFormat } from "../i18n/useFormat.ts";
import { forgetNews, newsStore } from "./notify.ts";
import { useSay } from "./say.ts";

export default function NewsList({
  isOpen,
  onOpen,
  anchor,
}: {
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly anchor: RefObject<HTMLButtonElement | null>;
}) {
  const { t } = useTranslation("shell");
  const { time } = useFormat();
  const say = useSay();
  const { news } = useSyncExternalStore(newsStore.subscribe, newsStore.get);
  return (
    <Popover.Root
      open={isOpen}
      onOpenChange={(open, { event }) => {
        // The bell is not the popup's own, and turns its own click into an end.
        if (!open && event.target instanceof Node && anchor.current?.contains(event.target)) return;
        onOpen(open);
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="end" sideOffset={8} className="popup-place">
          <Popover.Popup className="popup news" finalFocus={anchor}>
            <div className="news-head">
              <Popover.Title className="news-title">{t("news.label")}</Popover.Title>
              {news.length > 0 && (
                <button type="button" className="button is-quiet is-small" onClick={forgetNews}>
                  {t("news.clear")}
                </button>
              )}
            </div>
            {news.length === 0 ? (
              <p className="empty">{t("news.none")}</p>
            ) : (
              <ol className="news-list">
                {news.map(({ id, kind, text, detail, href, atMs, isRead }) => (
                  <li key={id} data-kind={kind} data-unread={!isRead}>
                    <p className="news-text">
                      {!isRead && <span className="unseen">{t("news.unread")}</span>}
                      {say(text)}
                    </p>
                    {detail !== undefined && <p className="muted">{say(detail)}</p>}
                    <p className="news-foot muted">
                      <time dateTime={new Date(atMs).toISOString()}>{time(atMs)}</time>
                      {href !== undefined && (
                        <Link href={href} onClick={() => onOpen(false)}>
                          {t("news.more")}
                        </Link>
                      )}
                    </p>
                  </li>
                ))}
              </ol>
            )}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
