import type { ReactNode } from "react";
import { useAdminText } from "./texts/useAdminText.ts";

export interface Column {
  readonly name: string;
  readonly isFigure?: boolean;
  /** For a column whose cells say themselves what they are. */
  readonly isUnseen?: boolean;
}

/** A list that is read page by page, as a table that scrolls by itself where it is wider than the screen; below it, the way to more. */
export function ListTable({
  label,
  className,
  columns,
  isBusy = false,
  onMore,
  children,
}: {
  readonly label: string;
  readonly className: string;
  readonly columns: readonly Column[];
  /** What is shown was asked for before. */
  readonly isBusy?: boolean;
  /** Null on the last page. */
  readonly onMore: (() => void) | null;
  /** The rows. */
  readonly children: ReactNode;
}) {
  const { t } = useAdminText();
  return (
    <>
      <div
        className="panel table-scroll"
        role="region"
        aria-label={label}
        aria-busy={isBusy}
        tabIndex={0}
      >
        <table className={`table ${className}`}>
          <thead>
            <tr>
              {columns.map(({ name, isFigure = false, isUnseen = false }) => (
                <th key={name} scope="col" className={isFigure ? "figure" : undefined}>
                  {isUnseen ? <span className="unseen">{name}</span> : name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
      {onMore !== null && (
        <p className="page-more">
          <button type="button" className="button" onClick={onMore}>
            {t("more")}
          </button>
        </p>
      )}
    </>
  );
}
