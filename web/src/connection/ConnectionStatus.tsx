import "./ConnectionStatus.css";
import { useTranslation } from "react-i18next";
import { useTable, useTableState } from "../app/useTable.ts";

/** A dot and a word: whether the page is in touch with the table. */
export function ConnectionStatus() {
  const { t } = useTranslation("shell");
  const kind = useTableState((state) => state.connection.kind);
  const text = kind === "online" ? t("live") : t(kind === "refused" ? "signedOut" : "connecting");
  return (
    <p className="connection" data-connection={kind} role="status" title={text}>
      <span>{text}</span>
    </p>
  );
}

/** Says what a lost connection means for the player, and offers not to wait. */
export function ConnectionLost() {
  const { t } = useTranslation("shell");
  const kind = useTableState((state) => state.connection.kind);
  const hasLobby = useTableState((state) => state.lobby.lobby !== null);
  const table = useTable();
  if (kind === "online" || kind === "refused" || (kind === "connecting" && !hasLobby)) return null;
  return (
    <div className="notice shell-banner" role="alert" data-banner="lost">
      <p>
        <strong>{t("interrupted")}</strong>
        {t("interruptedDetail")}
      </p>
      <button type="button" className="button is-small" onClick={() => table.wake()}>
        {t("tryNow")}
      </button>
    </div>
  );
}
