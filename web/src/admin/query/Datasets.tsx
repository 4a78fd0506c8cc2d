/** What can be asked about: each table with its columns; pressed, it is the question. */
import type { DatasetsBody } from "../../../../rpc/http/query.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { When } from "../When.tsx";

export function Datasets({
  datasets,
  onChosen,
}: {
  readonly datasets: DatasetsBody["datasets"];
  readonly onChosen: (name: string) => void;
}) {
  const { t } = useAdminText();
  const { number } = useFormat();
  if (datasets.length === 0) return <p className="empty">{t("query.noDatasets")}</p>;
  return (
    <ul>
      {datasets.map(({ about, columns, exported_at: exportedAt, name, rows }) => (
        <li key={name}>
          <p className="query-dataset">
            <button type="button" className="button is-small mono" onClick={() => onChosen(name)}>
              {name}
            </button>
            <span className="muted">
              {t("query.datasetRows", { count: rows, rows: number(rows) })}
            </span>
          </p>
          <p className="muted">{about}</p>
          <p className="muted">
            {exportedAt === null ? (
              t("query.never")
            ) : (
              <>
                {t("query.exported")} <When at={exportedAt} />
              </>
            )}
          </p>
          <details>
            <summary>{t("query.columns", { count: columns.length })}</summary>
            <dl>
              {columns.map((column) => (
                <div key={column.name}>
                  <dt className="mono">{column.name}</dt>
                  <dd className="mono muted">{column.type}</dd>
                </div>
              ))}
            </dl>
          </details>
        </li>
      ))}
    </ul>
  );
}
