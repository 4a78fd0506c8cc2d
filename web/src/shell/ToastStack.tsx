import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Icon } from "./Icon.tsx";
import { onNews } from "./notify.ts";
import type { KeptNews } from "./notify.ts";
import { useSay } from "./say.ts";

/** As long as two short lines take to read, and to reach the link in them. */
const SHOWN_MS = 7_000;
/** Bad news stay until they are put away. */
const UNTIL_CLOSED_MS = 0;
const MAX_SHOWN = 3;

const manager = Toast.createToastManager<KeptNews>();

export default function ToastStack() {
  useEffect(
    () =>
      onNews((news) =>
        manager.add({
          id: news.id,
          data: news,
          type: news.kind,
          priority: news.kind === "bad" ? "high" : "low",
          timeout: news.kind === "bad" ? UNTIL_CLOSED_MS : SHOWN_MS,
        }),
      ),
    [],
  );
  return (
    <Toast.Provider toastManager={manager} limit={MAX_SHOWN} timeout={SHOWN_MS}>
      <Toast.Portal>
        <Stack />
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Stack() {
  const { toasts } = Toast.useToastManager<KeptNews>();
  const { t } = useTranslation("shell");
  const say = useSay();
  return (
    <Toast.Viewport className="toasts" aria-label={t("news.label")}>
      {toasts.map((toast) => {
        const { data: news } = toast;
        if (news === undefined) return null;
        return (
          <Toast.Root
            key={toast.id}
            toast={toast}
            className="toast"
            data-kind={news.kind}
            swipeDirection={["up", "left", "right"]}
          >
            <Toast.Content className="toast-content">
              <div className="toast-text">
                <Toast.Title className="toast-title">{say(news.text)}</Toast.Title>
                {news.detail !== undefined && (
                  <Toast.Description className="toast-detail">{say(news.detail)}</Toast.Description>
                )}
                {news.href !== undefined && (
                  <Link href={news.href} onClick={() => manager.close(toast.id)}>
                    {t("news.more")}
                  </Link>
                )}
              </div>
              <Toast.Close className="toast-close" aria-label={t("news.close")}>
                <Icon name="close" size={18} />
              </Toast.Close>
            </Toast.Content>
          </Toast.Root>
        );
      })}
    </Toast.Viewport>
  );
}
