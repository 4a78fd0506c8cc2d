import { useTranslation } from "react-i18next";
import type { ChartSpec } from "./ChartSpec.ts";

/** The chart's figures in rows; rows in which no series has a value are left out. */
export function ChartTable({
  spec: { x, series },
  titleId,
}: {
  readonly spec: ChartSpec;
  readonly titleId: string;
}) {
  const { t } = useTranslation("runners");
  const rows = x.values.flatMap((at, row) => {
    const cells = series.map(({ label, values, format }) => {
      const value = values[row] ?? null;
      return { label, text: value === null ? null : format(value) };
    });
    return cells.some(({ text }) => text !== null) ? [{ at, cells }] : [];
  });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keyboards must reach it
    <div className="chart-table" role="region" aria-labelledby={titleId} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{x.label}</th>
            {series.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, cells }) => (
            <tr key={at}>
              <th scope="row" className="figure">
                {x.format(at)}
              </th>
              {cells.map(({ label, text }) => (
                <td key={label} className="figure">
                  {text ?? <span aria-label={t("chart.none")}>–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
