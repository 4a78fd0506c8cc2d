import { useId } from "react";
import type { ReactNode } from "react";

/** A list of money that moved, under its title: columns and rows, or what stands there when there are none. */
export function MoneyTable({
  title,
  note,
  empty,
  columns,
  rows,
}: {
  readonly title: string;
  readonly note?: string;
  readonly empty: string;
  readonly columns: readonly { readonly name: string; readonly isFigure?: boolean }[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}) {
  const titleId = useId();
  return (
    <section className="panel money-table" aria-labelledby={titleId}>
      <div className="panel-head">
        <h2 id={titleId}>{title}</h2>
        {note !== undefined && <span className="muted">{note}</span>}
      </div>
      {rows.length === 0 ? (
        <p className="empty">{empty}</p>
      ) : (
        <div className="table-scroll" role="region" aria-labelledby={titleId} tabIndex={0}>
          <table className="table">
            <thead>
              <tr>
                {columns.map(({ name, isFigure = false }) => (
                  <th key={name} scope="col" className={isFigure ? "figure" : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, cells }) => (
                <tr key={key} data-row={key}>
                  {cells.map((cell, at) => (
                    <td
                      key={columns[at]?.name}
                      className={columns[at]?.isFigure === true ? "figure" : undefined}
                    >
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
