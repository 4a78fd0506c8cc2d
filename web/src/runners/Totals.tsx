import { useTranslation } from "react-i18next";
import type { RunnerTotalsBody } from "../../../sdk/src/index.ts";
import { useFormat } from "../i18n/useFormat.ts";
import { useHistory } from "./useHistory.ts";

/** A runner's figures over all its races, and beside them those of another. */
export function Totals({
  name,
  totals,
  rival,
}: {
  readonly name: string;
  readonly totals: RunnerTotalsBody;
  readonly rival: string | null;
}) {
  const { t } = useTranslation("runners");
  return (
    <section className="panel" aria-labelledby="runner-totals">
      <div className="panel-head">
        <h2 id="runner-totals">{t("page.totals")}</h2>
      </div>
      {rival === null ? (
        <TotalsTable columns={[{ name, totals }]} />
      ) : (
        <WithRival name={name} totals={totals} rival={rival} />
      )}
    </section>
  );
}

function WithRival({
  name,
  totals,
  rival,
}: {
  readonly name: string;
  readonly totals: RunnerTotalsBody;
  readonly rival: string;
}) {
  const { history } = useHistory(rival);
  const other = history.kind === "read" ? history.body.totals : null;
  return (
    <TotalsTable
      columns={[
        { name, totals },
        { name: rival, totals: other },
      ]}
    />
  );
}

function TotalsTable({
  columns,
}: {
  readonly columns: readonly { readonly name: string; readonly totals: RunnerTotalsBody | null }[];
}) {
  const { t } = useTranslation("runners");
  const format = useFormat();
  const rows = [
    { key: "starts", of: ({ starts }: RunnerTotalsBody) => format.number(starts) },
    { key: "wins", of: ({ wins }: RunnerTotalsBody) => format.number(wins) },
    { key: "winRate", of: (one: RunnerTotalsBody) => format.percent(one.win_rate) },
    { key: "placeRate", of: (one: RunnerTotalsBody) => format.percent(one.place_rate) },
    { key: "averageOdds", of: (one: RunnerTotalsBody) => format.number(one.average_odds, 2) },
    { key: "returnPerUnit", of: (one: RunnerTotalsBody) => format.number(one.return_per_unit, 2) },
  ] as const;
  return (
    <table className="runner-totals">
      <thead className={columns.length === 1 ? "unseen" : undefined}>
        <tr>
          <td />
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, of }) => (
          <tr key={key} data-row={key}>
            <th scope="row">{t(key)}</th>
            {columns.map(({ name, totals }) => (
              <td key={name} className="figure">
                {totals === null ? "–" : of(totals)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
