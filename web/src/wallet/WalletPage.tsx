/** The player's money: how it stands, what is set aside, and every movement that made it so. */
import "./WalletPage.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTable } from "../app/useTable.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { OldNotice } from "../lobbies/OldNotice.tsx";
import { useTitle } from "../shell/useTitle.ts";
import { statementCsv } from "./csv.ts";
import { Holds } from "./Holds.tsx";
import { purposeKey, subjectsOf } from "./lineWords.ts";
import { StatementTable } from "./StatementTable.tsx";
import { useStatement } from "./useStatement.ts";
import { WalletPicture } from "./WalletPicture.tsx";
import { saveFile } from "../http/saveFile.ts";

const ALL = "all";

export default function WalletPage() {
  const { t } = useTranslation("wallet");
  const { number } = useFormat();
  const { session } = useTable();
  const view = useStatement();
  const { statement, holds, problem, asOfMs, isReadingOlder, readOlder, readAgain } = view;
  const [sort, setSort] = useState<string>(ALL);
  useTitle(t("title"));
  const lines = useMemo(() => statement?.lines ?? [], [statement]);
  const subjects = useMemo(() => subjectsOf(lines, holds), [lines, holds]);
  const sorts = [...new Set(lines.map(({ purpose }) => purposeKey(purpose)))];
  const shown = sort === ALL ? lines : lines.filter(({ purpose }) => purposeKey(purpose) === sort);
  const olderRef = useFocusOnOlder(isReadingOlder);

  return (
    <main className="page wallet" id="main" tabIndex={-1}>
      <h1>{t("title")}</h1>
      <div className="wallet-top">
        <WalletPicture />
        <Holds holds={holds} />
      </div>
      <section className="panel" aria-labelledby="statement-title" ref={olderRef}>
        <div className="panel-head">
          <h2 id="statement-title">{t("statement.title")}</h2>
          <p className="muted">{t("statement.lead")}</p>
        </div>
        {asOfMs !== null && <OldNotice asOfMs={asOfMs} onAgain={readAgain} />}
        <div className="statement-tools">
          <label>
            <span className="field-label">{t("statement.sort")}</span>
            <select
              className="input"
              value={sort}
              onChange={(event) => setSort(event.target.value)}
            >
              <option value={ALL}>{t("statement.all")}</option>
              {sorts.map((key) => (
                <option key={key} value={key}>
                  {t(`purpose.${key}`)}
                </option>
              ))}
            </select>
          </label>
          <p className="muted" role="status">
            {statement !== null &&
              t("statement.shown", { count: lines.length, formatted: number(lines.length) })}
          </p>
          <button
            type="button"
            className="button is-small"
            disabled={lines.length === 0}
            onClick={() => saveAs(t("statement.csvFile"), statementCsv(lines))}
          >
            {t("statement.csv")}
          </button>
        </div>
        {statement === null ? (
          problem === null ? (
            <p className="empty" aria-busy="true">
              …
            </p>
          ) : (
            <div className="notice is-bad" role="alert">
              <p>{t("statement.failed")}</p>
              <button type="button" className="button is-small" onClick={readAgain}>
                {t("statement.again")}
              </button>
            </div>
          )
        ) : shown.length === 0 ? (
          <p className="empty">
            {t(lines.length === 0 ? "statement.none" : "statement.noneOfSort")}
          </p>
        ) : (
          <StatementTable lines={shown} subjects={subjects} playerId={session.playerId} />
        )}
        {statement !== null && asOfMs === null && (
          <div className="statement-foot">
            {statement.nextBefore === null ? (
              <p className="muted">{t("statement.end")}</p>
            ) : (
              <button
                type="button"
                className="button"
                aria-disabled={isReadingOlder}
                onClick={readOlder}
              >
                {t(isReadingOlder ? "statement.loadingOlder" : "statement.older")}
              </button>
            )}
          </div>
        )}
      </section>
    </main>
  );
}

/**
 * When older lines come in above the button that asked for them, reading goes on at the first of them. Returns the ref of
 * what holds the rows.
 */
function useFocusOnOlder(isReading: boolean) {
  const ref = useRef<HTMLElement>(null);
  const before = useRef<number | null>(null);
  useEffect(() => {
    if (isReading) {
      before.current ??= ref.current?.querySelectorAll("[data-line]").length ?? null;
      return;
    }
    const from = before.current;
    before.current = null;
    if (from === null) return;
    const row = ref.current?.querySelectorAll<HTMLElement>("[data-line]")[from];
    row?.setAttribute("tabindex", "-1");
    row?.focus({ preventScroll: true });
  }, [isReading]);
  return ref;
}

function saveAs(name: string, text: string): void {
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  saveFile({ name, type: "text/csv;charset=utf-8", text: `\uFEFF${text}` });
}
