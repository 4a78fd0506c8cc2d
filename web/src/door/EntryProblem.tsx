import { useTranslation } from "react-i18next";
import type { Problem } from "../http/request.ts";
import { entryProblemKey } from "./entryProblems.ts";

/** Why one could not come in, read out at once. */
export function EntryProblem({ problem }: { readonly problem: Problem }) {
  const { t } = useTranslation("door");
  return (
    <div className="notice is-bad" role="alert" data-code={problem.code}>
      <p>{t(`problem.${entryProblemKey(problem.code)}`)}</p>
    </div>
  );
}
