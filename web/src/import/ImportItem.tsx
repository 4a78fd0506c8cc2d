import { useTranslation } from "react-i18next";
import type { ImportedBody, Refusal } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import type { Item } from "./importQueue.ts";
import { useBytes } from "./useBytes.ts";

/** A file: how far it has come, and what came of it. */
export function ImportItem({ item }: { readonly item: Item }) {
  const { t } = useTranslation("handImport");
  const { number } = useFormat();
  const size = useBytes();
  const whyNot = useWhyNot();
  const { bytes, hands, path, state } = item;
  return (
    <li className="import-item" data-file={path} data-state={state.kind}>
      <p className="import-name">
        <strong>{path}</strong>
        <span className="muted figure">
          {size(bytes)}
          {hands !== null && ` · ${t("hands", { count: hands, hands: number(hands) })}`}
        </span>
      </p>
      {state.kind === "sending" && (
        <>
          <progress max={Math.max(1, bytes)} value={state.sentBytes} aria-label={path} />
          <p className="import-state figure">
            {state.isWaiting
              ? t("state.busy")
              : t("state.sending", { sent: size(state.sentBytes), of: size(bytes) })}
          </p>
        </>
      )}
      {state.kind === "waiting" && <p className="import-state muted">{t("state.waiting")}</p>}
      {state.kind === "cancelled" && <p className="import-state muted">{t("state.cancelled")}</p>}
      {state.kind === "failed" && (
        <p className="import-state is-bad" data-code={state.refusal.code}>
          {whyNot(state.refusal)}
        </p>
      )}
      {state.kind === "done" && (
        <p className="import-state">
          {isEmpty(state.result) ? (
            <span className="tag is-note">{t("result.nothing")}</span>
          ) : (
            <span className="tag is-good">
              {t("result.imported", {
                count: state.result.imported,
                hands: number(state.result.imported),
              })}
            </span>
          )}
          {state.result.duplicates > 0 && (
            <span className="tag">
              {t("result.duplicates", {
                count: state.result.duplicates,
                hands: number(state.result.duplicates),
              })}
            </span>
          )}
          {state.result.summaries > 0 && (
            <span className="tag">{t("result.summaries", { count: state.result.summaries })}</span>
          )}
          {state.result.failed_count > 0 && (
            <span className="tag is-bad">
              {t("result.refused", {
                count: state.result.failed_count,
                hands: number(state.result.failed_count),
              })}
            </span>
          )}
        </p>
      )}
    </li>
  );
}

/** Nothing in it is a hand or a tournament's summary: another kind of file. */
const isEmpty = ({ duplicates, failed_count, imported, summaries }: ImportedBody): boolean =>
  duplicates + failed_count + imported + summaries === 0;

/** Why a file did not come through, in the page's language. */
function useWhyNot(): (refusal: Refusal) => string {
  const { t } = useTranslation("handImport");
  return ({ code }) => {
    switch (code) {
      case "offline":
      case "unexpected":
        return t("failed.offline");
      case "unauthorized":
      case "no_session":
        return t("failed.unauthorized");
      case "unreadable":
        return t("failed.unreadable");
      case "rate_limited":
      case "unavailable":
        return t("failed.busy");
      default:
        return t("failed.other", { code });
    }
  };
}
