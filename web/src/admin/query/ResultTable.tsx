import type { QueriedBody } from "../../../../rpc/http/query.ts";
import { useFormat } from "../../i18n/useFormat.ts";
import { useAdminText } from "../texts/useAdminText.ts";

/** More than that nobody reads in a page; the file has them all. */
const MAX_SHOWN = 500;
const MAX_FRACTION_DIGITS = 4;

export function ResultTable({ answer: { columns, rows } }: { readonly answer: QueriedBody }) {
  const { t } = useAdminText();
  const format = useFormat();
  const text = (value: unknown): string => {
    if (typeof value === "number")
      return Number.isInteger(value)
        ? format.number(value)
        : format.number(value, MAX_FRACTION_DIGITS);
    if (typeof value === "object" && value !== null) return JSON.stringify(value);
    return String(value);
  };
  return (
    <>
      <div className="table-scroll" role="region" aria-label={t("query.result")} tabIndex={0}>
        <table className="table query-table">
          <thead>
            <tr>
              {columns.map(({ name, type }) => (
                <th key={name} scope="col" title={type}>
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
                {columns.map(({ name }, column) => {
                  const value = row[column];
                  return (
                    <td key={name} className={typeof value === "number" ? "figure" : undefined}>
                      {value === null || value === undefined ? (
                        <span className="muted">null</span>
                      ) : (
                        text(value)
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MAX_SHOWN && (
        <p className="muted">{t("query.shown", { shown: format.number(MAX_SHOWN) })}</p>
      )}
    </>
  );
}
