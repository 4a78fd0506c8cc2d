import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/useFormat.ts";
import type { Item } from "./importQueue.ts";

/** Hands that could not be read: where they are, and why. All others of the same file are stored. */
export function RefusedHands({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTranslation("handImport");
  const { number } = useFormat();
  const files = items.flatMap(({ id, path, state }) =>
    state.kind === "done" && state.result.failed_count > 0
      ? [{ id, path, failed: state.result.failed, count: state.result.failed_count }]
      : [],
  );
  if (files.length === 0) return null;
  return (
    <section className="panel import-refused" aria-labelledby="import-refused">
      <div className="panel-head">
        <h2 id="import-refused">{t("refused.title")}</h2>
        <span className="muted">{t("refused.lead")}</span>
      </div>
      {files.map(({ count, failed, id, path }) => (
        <details key={id} open={files.length <= 3}>
          <summary>
            <strong>{path}</strong>{" "}
            <span className="tag is-bad">
              {t("result.refused", { count, hands: number(count) })}
            </span>
          </summary>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("refused.line")}</th>
                <th scope="col">{t("refused.hand")}</th>
                <th scope="col">{t("refused.reason")}</th>
              </tr>
            </thead>
            <tbody>
              {failed.map(({ hand_id: handId, line, reason }) => (
                <tr key={`${line} ${handId}`} data-refused={line}>
                  <td className="figure">{number(line)}</td>
                  <td>
                    <code>{handId ?? "–"}</code>
                  </td>
                  {/* The reader gives its reasons in English. */}
                  <td lang="en">{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {count > failed.length && (
            <p className="muted">
              {t("refused.more", {
                count: count - failed.length,
                hands: number(count - failed.length),
              })}
            </p>
          )}
        </details>
      ))}
    </section>
  );
}
