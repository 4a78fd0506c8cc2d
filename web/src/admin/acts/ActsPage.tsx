import "./ActsPage.css";
import { useTitle } from "../../shell/useTitle.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Waiting } from "../Waiting.tsx";
import type { ActFilter } from "../route.ts";
import { useAdminText } from "../texts/useAdminText.ts";
import { useSettled } from "../useSettled.ts";
import { ActFilters } from "./ActFilters.tsx";
import { ActRow } from "./ActRow.tsx";
import { SaveActs } from "./SaveActs.tsx";
import { useActs } from "./useActs.ts";

/** Between two keys of someone who types on. */
const PAUSE_MS = 200;

/** What administrators have changed: who, what, on what, why, and what came of it; new acts come by themselves. */
export function ActsPage({ filter }: { readonly filter: ActFilter }) {
  const { t } = useAdminText();
  const by = useSettled(filter.by, PAUSE_MS);
  const { list, problem, more, readAll } = useActs({ ...filter, by });
  const isAll = filter.by === null && filter.act === null && filter.within === null;
  useTitle(t("acts.title"));
  return (
    <>
      <div className="page-head">
        <h1>{t("acts.title")}</h1>
        <SaveActs readAll={readAll} />
      </div>
      <ActFilters filter={filter} />
      {problem !== null && <ProblemNotice problem={problem} />}
      {list === null && problem === null && <Waiting>{t("acts.asking")}</Waiting>}
      {list !== null && (
        <p className="muted figure acts-count" role="status">
          {list.nextBefore === null
            ? t("acts.count", { count: list.acts.length })
            : t("acts.countAndMore", { count: list.acts.length })}
        </p>
      )}
      {list?.acts.length === 0 && (
        <p className="empty">{t(isAll ? "acts.nothing" : "acts.noMatch")}</p>
      )}
      {list !== null && list.acts.length > 0 && (
        <div className="panel table-scroll" role="region" aria-label={t("acts.list")} tabIndex={0}>
          <table className="table acts-table">
            <thead>
              <tr>
                <th scope="col">{t("acts.when")}</th>
                <th scope="col">{t("acts.act")}</th>
                <th scope="col">{t("acts.on")}</th>
                <th scope="col">{t("acts.reason")}</th>
                <th scope="col">{t("acts.by")}</th>
                <th scope="col">{t("acts.outcome")}</th>
                <th scope="col">
                  <span className="unseen">{t("acts.details")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.acts.map((act) => (
                <ActRow key={act.act_id} act={act} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list !== null && list.nextBefore !== null && (
        <p className="page-more">
          <button type="button" className="button" onClick={more}>
            {t("more")}
          </button>
        </p>
      )}
    </>
  );
}
