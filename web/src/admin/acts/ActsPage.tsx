import "./ActsPage.css";
import { useTitle } from "../../shell/useTitle.ts";
import { ListTable } from "../ListTable.tsx";
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
        <ListTable
          label={t("acts.list")}
          className="acts-table"
          columns={[
            { name: t("acts.when") },
            { name: t("acts.act") },
            { name: t("acts.on") },
            { name: t("acts.reason") },
            { name: t("acts.by") },
            { name: t("acts.outcome") },
            { name: t("acts.details"), isUnseen: true },
          ]}
          onMore={list.nextBefore === null ? null : more}
        >
          {list.acts.map((act) => (
            <ActRow key={act.act_id} act={act} />
          ))}
        </ListTable>
      )}
    </>
  );
}
