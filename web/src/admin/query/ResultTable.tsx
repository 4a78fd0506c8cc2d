import type { QueriedBody } from "../../../../rpc/http/query.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useAdminText } from "../texts/useAdminText.ts";

/** More than that nobody reads in a page; the file has them all. */
const MAX_SHOWN = 500;
/** What comes behind them is most often how the machine counts. */
const SIGNIFICANT_DIGITS = 12;
/** DuckDB's types of single numbers; those that JSON has no number for come as text. */
const NUMBER = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/** Values stand as SQL writes them, in every language: a year is no amount, and what is shown can be asked for. */
export function ResultTable({ answer: { columns, rows } }: { readonly answer: QueriedBody }) {
  const { t } = useAdminText();
  const { number } = useFormat();
  const kindOf = (type: string) => (NUMBER.test(type) ? "figure" : undefined);
  return (
    <>
      <div className="table-scroll" role="region" aria-label={t("query.result")} tabIndex={0}>
        <table className="table query-table">
          <thead>
            <tr>
              {columns.map(({ name, type }, column) => (
                // Two columns may have one name. They never move.
                // oxlint-disable-next-line react/no-array-index-key
                <th key={column} scope="col" title={type} className={kindOf(type)}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MAX_SHOWN).map((row, place) => (
              // Rows of an answer have nothing else to tell them apart, and never move.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={place}>
                {columns.map(({ type }, column) => (
                  // oxlint-disable-next-line react/no-array-index-key
                  <td key={column} className={kindOf(type)}>
                    <Value of={row[column]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MAX_SHOWN && (
        <p className="muted">{t("query.shown", { shown: number(MAX_SHOWN) })}</p>
      )}
    </>
  );
}

function Value({ of: value }: { readonly of: unknown }) {
  if (value === null || value === undefined) return <span className="muted">null</span>;
  if (typeof value === "number" && !Number.isInteger(value))
    return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
