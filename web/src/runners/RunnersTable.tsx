import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { RunnerTotalsBody } from "../../../sdk/src/index.ts";
import { paths } from "../app/paths.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { RunnerMark } from "../race/RunnerMark.tsx";
import { SORT_KEYS, sortBy } from "./sortRunners.ts";
import type { SortKey, Sorting } from "./sortRunners.ts";
import { SORT_TEXTS } from "./sortTexts.ts";

const FIGURES = SORT_KEYS.filter((key): key is Exclude<SortKey, "name"> => key !== "name");

/** A row a runner, to be sorted by any column; on a phone a card each. */
export function RunnersTable({
  runners,
  numbers,
  sorting,
  onSort,
}: {
  readonly runners: readonly RunnerTotalsBody[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}) {
  const { t } = useTranslation("runners");
  const format = useFormat();
  const shown = (key: Exclude<SortKey, "name">, value: number): string => {
    switch (key) {
      case "starts":
      case "wins":
        return format.number(value);
      case "win_rate":
      case "place_rate":
        return format.percent(value);
      case "average_odds":
      case "return_per_unit":
        return format.number(value, 2);
    }
  };

  return (
    <table className="runners-table">
      <thead>
        <tr>
          {SORT_KEYS.map((key) => (
            <th
              key={key}
              scope="col"
              aria-sort={
                sorting.key !== key ? "none" : sorting.isDescending ? "descending" : "ascending"
              }
              title={
                key === "place_rate"
                  ? t("placeRateHint")
                  : key === "return_per_unit"
                    ? t("returnHint")
                    : undefined
              }
            >
              <button type="button" onClick={() => onSort(sortBy(sorting, key))}>
                {t(SORT_TEXTS[key])}
                <span className="runners-arrow" aria-hidden="true" />
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runners.map((runner) => {
          const number = numbers.get(runner.name);
          return (
            <tr key={runner.name} data-runner-name={runner.name}>
              <th scope="row">
                <Link href={paths.runner(runner.name)} className="runners-name">
                  {number !== undefined && <RunnerMark number={number} size={30} />}
                  {runner.name}
                </Link>
              </th>
              {FIGURES.map((key) => (
                <td
                  key={key}
                  className={
                    key === "return_per_unit" && runner[key] > 1 ? "figure is-good" : "figure"
                  }
                  data-column={key}
                >
                  <span className="runners-label">{t(SORT_TEXTS[key])}</span>
                  {shown(key, runner[key])}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
