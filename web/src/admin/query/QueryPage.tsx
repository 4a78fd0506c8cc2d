/**
 * Questions in SQL over what has been exported. They are read-only and bounded by the server; what was asked last stays in
 * this browser.
 */
import "./QueryPage.css";
import { useEffect, useId, useRef, useState } from "react";
import type { KeyboardEvent } from "react";
import type { DatasetsBody, QueriedBody } from "../../../../rpc/http/query.ts";
import { saveFile } from "../../http/saveFile.ts";
import type { Answer, Problem } from "../../http/request.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useTitle } from "../../shell/useTitle.ts";
import { csvOf } from "../csv.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { useAdminText } from "../texts/useAdminText.ts";
import { useAdmin } from "../useAdmin.ts";
import { Waiting } from "../Waiting.tsx";
import { Datasets } from "./Datasets.tsx";
import { keepSql, keptSql } from "./keptSql.ts";
import { ResultTable } from "./ResultTable.tsx";

const LIMITS = [100, 500, 5_000] as const;

type Answered =
  | { readonly kind: "nothing" | "asking" }
  | { readonly kind: "answered"; readonly body: QueriedBody }
  | { readonly kind: "failed"; readonly problem: Problem };

export function QueryPage() {
  const { client } = useAdmin();
  const { t } = useAdminText();
  const { number, span } = useFormat();
  const [sql, setSql] = useState(keptSql);
  const [limit, setLimit] = useState<number>(LIMITS[1]);
  const [answered, setAnswered] = useState<Answered>({ kind: "nothing" });
  const [read, setRead] = useState<Answer<DatasetsBody> | null>(null);
  const sqlId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useTitle(t("query.title"));

  useEffect(() => {
    let isHere = true;
    const readTables = async () => {
      const answer = await client.datasets();
      if (isHere) setRead(answer);
    };
    void readTables();
    return () => {
      isHere = false;
    };
  }, [client]);

  const ask = async () => {
    if (answered.kind === "asking" || sql.trim() === "") return;
    keepSql(sql);
    setAnswered({ kind: "asking" });
    const answer = await client.query(sql, limit);
    setAnswered(
      answer.ok
        ? { kind: "answered", body: answer.body }
        : { kind: "failed", problem: answer.problem },
    );
  };
  const type = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void ask();
  };
  const save = ({ columns, rows }: QueriedBody) =>
    saveFile({
      name: "query.csv",
      type: "text/csv",
      text: csvOf(
        columns.map(({ name }) => name),
        rows,
      ),
    });

  const told =
    answered.kind !== "answered"
      ? ""
      : [
          t("query.rows", {
            count: answered.body.rows.length,
            rows: number(answered.body.rows.length),
            time: span(answered.body.elapsed_ms),
          }),
          ...(answered.body.truncated ? [t("query.truncated")] : []),
        ].join(" ");

  return (
    <>
      <div className="page-head">
        <h1>{t("query.title")}</h1>
      </div>
      <p className="muted query-lead">{t("query.lead")}</p>
      <div className="query-columns">
        <div className="query-work">
          <form
            className="panel query-form"
            onSubmit={(event) => {
              event.preventDefault();
              void ask();
            }}
          >
            <label className="field-label" htmlFor={sqlId}>
              {t("query.sql")}
            </label>
            <textarea
              ref={field}
              id={sqlId}
              className="input query-sql"
              rows={8}
              spellCheck={false}
              value={sql}
              onChange={(event) => setSql(event.target.value)}
              onKeyDown={type}
            />
            <div className="query-actions">
              <button
                type="submit"
                className="button is-main"
                aria-disabled={answered.kind === "asking"}
              >
                {t(answered.kind === "asking" ? "query.asking" : "query.run")}
              </button>
              <label>
                <span className="muted">{t("query.limit")}</span>
                <select
                  className="input"
                  value={limit}
                  onChange={(event) => setLimit(Number(event.target.value))}
                >
                  {LIMITS.map((rows) => (
                    <option key={rows} value={rows}>
                      {number(rows)}
                    </option>
                  ))}
                </select>
              </label>
              <span className="muted query-keys">{t("query.keys")}</span>
            </div>
          </form>
          {answered.kind === "asking" && <Waiting>{t("query.asking")}</Waiting>}
          {answered.kind === "failed" && (
            <ProblemNotice problem={answered.problem} title={t(titleOf(answered.problem.code))} />
          )}
          <p className="unseen" role="status">
            {told}
          </p>
          {answered.kind === "answered" && (
            <section className="panel query-result" aria-label={t("query.result")}>
              <p className="query-told">
                <span>{told}</span>
                <button
                  type="button"
                  className="button is-small"
                  disabled={answered.body.rows.length === 0}
                  onClick={() => save(answered.body)}
                >
                  {t("query.save")}
                </button>
              </p>
              <ResultTable answer={answered.body} />
            </section>
          )}
        </div>
        <aside className="panel query-datasets" aria-label={t("query.datasets")}>
          <h2>{t("query.datasets")}</h2>
          {read === null ? (
            <Waiting>{t("query.reading")}</Waiting>
          ) : !read.ok ? (
            <ProblemNotice problem={read.problem} />
          ) : (
            <Datasets
              datasets={read.body.datasets}
              onChosen={(name) => {
                setSql(`SELECT *\nFROM ${name}\nLIMIT 20`);
                // Where it is gone on with: changed, or asked with Ctrl and Enter.
                field.current?.focus();
              }}
            />
          )}
        </aside>
      </div>
    </>
  );
}

/** What it comes to, in the page's language; the server's own words follow. */
const titleOf = (code: string) =>
  code === "query_too_long"
    ? "query.tooLong"
    : code === "query_failed"
      ? "query.wrong"
      : "query.failed";
